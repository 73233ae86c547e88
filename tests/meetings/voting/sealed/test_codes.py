"""Control codes: the same form gives the same code, another form another one, and they survive being written down."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.voting.sealed.codes import (
    ALPHABET,
    LENGTH,
    code_of,
    fresh_slip,
    grouped,
    is_slip,
    normal,
    receipt_of,
)

slips = st.text(min_size=1, max_size=64)
numbers = st.integers(min_value=1, max_value=2**31)


@given(slips, numbers, numbers)
def test_a_code_is_ten_letters_that_nobody_confuses(slip: str, poll_id: int, seat_id: int) -> None:
    code = code_of(slip, poll_id, seat_id)
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert code == code_of(slip, poll_id, seat_id)


def test_another_seat_poll_or_slip_gives_another_code_and_receipt() -> None:
    slip, other = fresh_slip(), fresh_slip()
    of = [(slip, 1, 2), (slip, 2, 1), (slip, 1, 12), (slip, 11, 2), (other, 1, 2)]
    assert len({code_of(*each) for each in of}) == len(of)
    assert len({receipt_of(*each) for each in of}) == len(of)


def test_ten_thousand_codes_are_all_different() -> None:
    assert len({code_of(str(number), 1, 1) for number in range(10_000)}) == 10_000


def test_what_people_write_down_is_understood() -> None:
    code = code_of("slip", 1, 1)
    assert normal(grouped(code)) == code
    assert normal(f" {grouped(code).lower()} ") == code
    assert normal("o0-il1") == "00111"
    assert normal("Übel? ✗") == "BE1"


def test_only_what_may_be_a_slip_is_taken_for_one() -> None:
    assert all(is_slip(fresh_slip()) for _each in range(50))
    for wrong in ("", "a" * 31, "a" * 33, "ä" * 32, "a" * 31 + "\n", "²" * 32, "<" * 32):
        assert not is_slip(wrong)
