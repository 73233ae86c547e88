"""Which solutions are suggested, and how keys and lines are read."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.solutions.rules import Likeness, Reason, gap_keys, lines, next_key, suggested


def test_one_shared_agency_alone_is_no_likeness() -> None:
    assert suggested([Likeness(1, agencies={"jobcenter"})], 5) == []
    assert Likeness(1, agencies={"jobcenter", "abh"}).reasons() == (Reason.INTERFACE,)


def test_more_reasons_come_first_then_more_shared_codes() -> None:
    text = Likeness(1, alike_in_text=True)
    both = Likeness(2, transitions={"move"}, alike_in_text=True)
    more = Likeness(3, transitions={"move", "course_work"}, alike_in_text=True)
    assert [each.solution_id for each in suggested([text, both, more], 5)] == [3, 2, 1]
    assert len(suggested([text, both, more], 2)) == 2


def test_the_next_key_follows_the_highest_of_its_year() -> None:
    assert next_key(2026, []) == "L-2026-01"
    assert next_key(2026, ["L-2026-01", "L-2026-07", "L-2025-30", "L-2026-alt"]) == "L-2026-08"
    assert next_key(2026, [f"L-2026-{number:02d}" for number in range(1, 100)]) == "L-2026-100"


@given(st.lists(st.integers(2020, 2030), max_size=30))
def test_keys_are_never_given_twice(years: list[int]) -> None:
    taken: list[str] = []
    for year in years:
        taken.append(next_key(year, taken))
    assert len(set(taken)) == len(taken)


def test_keys_and_lines_are_read_as_people_type_them() -> None:
    assert gap_keys(" f-2025-02; F-2026-01,F-2025-02 ") == ("F-2025-02", "F-2026-01")
    assert gap_keys("") == ()
    assert lines("- erstens\n\n• zweitens\r\n  drittens") == ("erstens", "zweitens", "drittens")
