"""The life of a report, and when what goes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lifecycle import RefusedMove
from knowledge.reports.rules import (
    LIFECYCLE,
    SCALE,
    ReportFacts,
    erasure_after_reply,
    first_erasure,
    months_later,
    told_as,
)
from knowledge.reports.states import Frequency, ReportState

FULL = ReportFacts(has_gap=True, has_reason=True)
ALLOWED = {
    ("held", "received", "coordination"),
    ("received", "in_review", "coordination"),
    *((state, "accepted", "coordination") for state in ("held", "received", "in_review")),
    *((state, "declined", "coordination") for state in ("held", "received", "in_review")),
    ("accepted", "in_review", "coordination"),
    ("declined", "in_review", "coordination"),
    *((state, "withdrawn", "reporter") for state in ReportState if state != "withdrawn"),
}
ROLES = ("coordination", "reporter", "member", "chair", "casemgmt", "admin", "dpo")


@pytest.mark.parametrize("source", list(ReportState))
@pytest.mark.parametrize("role", ROLES)
def test_each_step_belongs_to_one_side_only(source: ReportState, role: str) -> None:
    open_now = {(source.value, target, role) for target in ReportState if LIFECYCLE.check(source, target, {role}, FULL)}
    assert open_now == {step for step in ALLOWED if step[0] == source and step[2] == role}


def test_nothing_follows_a_withdrawal() -> None:
    assert LIFECYCLE.targets("withdrawn") == ()


@pytest.mark.parametrize(("target", "word"), [("accepted", "Fehlstelle"), ("declined", "begründen")])
def test_a_decision_needs_its_gap_or_its_reason(target: str, word: str) -> None:
    with pytest.raises(RefusedMove, match=word):
        LIFECYCLE.require("in_review", target, {"coordination"}, ReportFacts())


def test_that_a_report_was_held_back_is_not_told() -> None:
    assert told_as("held") == "received"
    assert all(told_as(state) == state for state in ReportState if state != "held")


def test_the_address_goes_six_months_after_the_reply_and_a_year_after_all() -> None:
    assert erasure_after_reply(date(2026, 8, 31)) == date(2027, 2, 28)
    assert first_erasure(date(2026, 11, 23)) == date(2027, 11, 23)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 40))
def test_months_later_is_that_month_and_no_later_day(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or day.day > 28


def test_every_frequency_has_a_place_on_the_scale_of_gaps() -> None:
    assert {Frequency(key) for key in SCALE} == set(Frequency)
    assert set(SCALE.values()) == {1, 2, 3, 4}
