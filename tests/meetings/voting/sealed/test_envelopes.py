"""Envelopes: only the key opens them, for their seat and poll only, and from outside they tell nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.voting.sealed.envelopes import (
    STEP,
    CannotOpen,
    Paper,
    TooLong,
    answer_bytes,
    new_key,
    open_envelope,
    paper_size,
    public_half,
    seal,
)

KEY = new_key()
answers = st.one_of(
    st.fixed_dictionaries({"answer": st.sampled_from(["yes", "no", "abstain"])}),
    st.fixed_dictionaries({"points": st.dictionaries(st.text(max_size=4), st.integers(0, 9), max_size=6)}),
    st.fixed_dictionaries({"ranking": st.lists(st.lists(st.text(max_size=3), max_size=3), max_size=5)}),
)


@given(answers, st.integers(1, 10**9), st.integers(1, 10**9))
def test_what_was_sealed_comes_out_again(answer: object, poll_id: int, seat_id: int) -> None:
    size = paper_size(len(answer_bytes(answer)))
    paper = Paper("ABCDE12345", answer)
    assert open_envelope(KEY.private, seal(KEY.public, paper, size, poll_id, seat_id), poll_id, seat_id) == paper


@given(st.lists(answers, min_size=2, max_size=8))
def test_all_envelopes_of_a_poll_have_one_length(given_answers: list[object]) -> None:
    size = paper_size(max(len(answer_bytes(each)) for each in given_answers))
    assert size % STEP == 0
    assert len({len(seal(KEY.public, Paper("A" * 10, each), size, 1, 1)) for each in given_answers}) == 1


def test_the_same_ballot_sealed_twice_looks_different() -> None:
    paper = Paper("A" * 10, {"answer": "yes"})
    assert seal(KEY.public, paper, 256, 1, 1) != seal(KEY.public, paper, 256, 1, 1)


@pytest.mark.parametrize(("poll_id", "seat_id"), [(1, 3), (2, 2), (12, 2)])
def test_an_envelope_cannot_be_moved_to_another_seat_or_poll(poll_id: int, seat_id: int) -> None:
    envelope = seal(KEY.public, Paper("A" * 10, {"answer": "no"}), 256, 1, 2)
    with pytest.raises(CannotOpen):
        open_envelope(KEY.private, envelope, poll_id, seat_id)


@given(st.integers(0, 255), st.integers(1, 255))
def test_a_changed_envelope_does_not_open(place: int, flip: int) -> None:
    envelope = bytearray(seal(KEY.public, Paper("A" * 10, {"answer": "no"}), 256, 1, 2))
    envelope[place] ^= flip
    with pytest.raises(CannotOpen):
        open_envelope(KEY.private, bytes(envelope), 1, 2)


def test_another_key_opens_nothing() -> None:
    envelope = seal(KEY.public, Paper("A" * 10, {"answer": "no"}), 256, 1, 2)
    with pytest.raises(CannotOpen):
        open_envelope(new_key().private, envelope, 1, 2)
    with pytest.raises(CannotOpen):
        open_envelope(KEY.private, b"", 1, 2)


def test_the_public_half_can_be_had_from_the_private_one() -> None:
    assert public_half(KEY.private) == KEY.public


def test_an_answer_that_is_too_long_is_a_fault_of_ours() -> None:
    with pytest.raises(TooLong):
        seal(KEY.public, Paper("A" * 10, {"answer": "x" * 256}), 256, 1, 2)
