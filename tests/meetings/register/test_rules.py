"""Months as a calendar shows them; which decision may take another's place; who sees what an organisation owes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.permissions import OFFICE, Actor, SeatHeld
from meetings.register.policy import may_see_duties
from meetings.register.rules import Month, Placed, may_replace, month_of, weeks_of

months = st.builds(Month, st.integers(1901, 2199), st.integers(1, 12))
TODAY = date(2026, 11, 23)


@given(months)
def test_a_month_is_whole_weeks_and_every_day_once(month: Month) -> None:
    days = [day for week in weeks_of(month) for day in week]
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in weeks_of(month))
    assert days == [days[0] + timedelta(days=place) for place in range(len(days))]
    assert next(day for day in days if day.month == month.month) == month.first
    assert month.last in days


@given(months, st.integers(-40, 40))
def test_months_are_counted_over_the_year(month: Month, steps: int) -> None:
    assert month.moved(steps).moved(-steps) == month
    assert month_of(month.key, TODAY) == month


@pytest.mark.parametrize("typed", ["", "2026-13", "2026-00", "9999-12", "gestern", "2026-1", "0000-01"])
def test_nonsense_is_the_present_month(typed: str) -> None:
    assert month_of(typed, TODAY) == Month(2026, 11)


OLD, NEW = Placed(1, 7, date(2025, 6, 1), True), Placed(2, 7, date(2026, 6, 1), True)


@pytest.mark.parametrize(
    ("newer", "older", "links", "fits"),
    [
        (NEW, OLD, [], True),
        (OLD, NEW, [], False),
        (NEW, NEW, [], False),
        (NEW, OLD, [(2, 1)], False),
        (NEW, Placed(1, 8, OLD.date, True), [], False),
        (NEW, Placed(1, 7, OLD.date, False), [], False),
        (NEW, Placed(1, 7, OLD.date, None), [], True),
        (NEW, Placed(1, 7, NEW.date, True), [], True),
    ],
)
def test_a_later_decision_of_the_same_body_replaces_an_earlier_one(
    newer: Placed, older: Placed, links: list[tuple[int, int]], fits: bool
) -> None:
    assert bool(may_replace(newer, older, links)) is fits


def actor(organisation: int, roles: frozenset[str] = frozenset(), seat: str = "") -> Actor:
    seats = (SeatHeld(1, 1, seat, False),) if seat else ()
    return Actor(1, 1, organisation, "", roles, seats, "", "")


def test_what_an_organisation_owes_is_its_own_business_and_the_offices() -> None:
    assert may_see_duties(actor(5), 5)
    assert may_see_duties(actor(4, frozenset({"coordination"})), 5)
    assert may_see_duties(actor(4, seat=OFFICE), 5)
    assert not may_see_duties(actor(4, seat="voting"), 5)
    assert not may_see_duties(actor(4, frozenset({"member", "chair"})), 5)
