"""Which solutions are suggested, and how keys and lines are read."""

from knowledge.solutions.rules import Likeness, Reason, gap_keys, lines, suggested


def test_one_shared_agency_alone_is_no_likeness() -> None:
    assert suggested([Likeness(1, agencies={"jobcenter"})], 5) == []
    assert Likeness(1, agencies={"jobcenter", "abh"}).reasons() == (Reason.INTERFACE,)


def test_more_reasons_come_first_then_more_shared_codes() -> None:
    text = Likeness(1, alike_in_text=True)
    both = Likeness(2, transitions={"move"}, alike_in_text=True)
    more = Likeness(3, transitions={"move", "course_work"}, alike_in_text=True)
    assert [each.solution_id for each in suggested([text, both, more], 5)] == [3, 2, 1]
    assert len(suggested([text, both, more], 2)) == 2


def test_keys_and_lines_are_read_as_people_type_them() -> None:
    assert gap_keys(" f-2025-02; F-2026-01,F-2025-02 ") == ("F-2025-02", "F-2026-01")
    assert gap_keys("") == ()
    assert lines("- erstens\n\n• zweitens\r\n  drittens") == ("erstens", "zweitens", "drittens")
