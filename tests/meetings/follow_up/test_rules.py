"""The traffic light, reminders and the life of a task."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.permissions import Actor, SeatHeld
from meetings.bodies.policy import BodyAccess
from meetings.follow_up.policy import TaskAccess, may_read_task, may_report, may_steer_task, roles_at
from meetings.follow_up.rules import (
    LISTED,
    TASK_LIFECYCLE,
    Light,
    TaskFacts,
    is_overdue,
    light,
    needs_reminder,
    next_key,
)
from meetings.follow_up.states import TaskState

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
BODY = BodyAccess(9, chair_person_id=2)
TASK = TaskAccess(BODY, organisation_id=7)


def person(person_id: int, *roles: str, kind: str | None = None, organisation: int = 1) -> Actor:
    seats = (SeatHeld(person_id, 9, kind, False),) if kind else ()
    return Actor(person_id, 1, organisation, "drk", frozenset(roles), seats, "T", "DRK")


CHAIR, OFFICE, MEMBER = person(2, kind="voting"), person(3, kind="office"), person(4, kind="voting")
IN_CHARGE, COORDINATION, OUTSIDER = person(5, organisation=7), person(6, "coordination"), person(8, "admin")
GUEST = person(9, kind="guest")


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        ("open", None, Light.RED),
        ("in_progress", TOMORROW, Light.YELLOW),
        ("in_progress", YESTERDAY, Light.RED),
        ("continuous", TOMORROW, Light.YELLOW),
        ("blocked", TOMORROW, Light.RED),
        ("done_reported", YESTERDAY, Light.GREEN),
        ("closed_noted", YESTERDAY, Light.GREY),
        ("superseded", None, Light.GREY),
    ],
)
def test_the_light_tells_where_a_task_stands(state: str, due: date | None, expected: Light) -> None:
    assert light(state, due, TODAY) == expected


@given(st.sampled_from(list(TaskState)), st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_what_is_overdue_is_red_and_reminded_of_once(state: TaskState, due: date | None) -> None:
    if is_overdue(state, due, TODAY):
        assert light(state, due, TODAY) == Light.RED
        assert needs_reminder(state, due, None, TODAY)
    assert not needs_reminder(state, due, due, TODAY)


def test_a_task_leaves_the_list_only_when_the_body_took_note() -> None:
    office, charge = frozenset({"office"}), frozenset({"charge"})
    noted, not_noted = TaskFacts(meeting_given=True), TaskFacts()
    assert TASK_LIFECYCLE.check("done_reported", "closed_noted", office, noted)
    assert not TASK_LIFECYCLE.check("done_reported", "closed_noted", office, not_noted)
    assert not TASK_LIFECYCLE.check("done_reported", "closed_noted", charge, noted)
    for state in set(LISTED) - {"done_reported"}:
        assert not TASK_LIFECYCLE.check(state, "closed_noted", office, noted)
    assert not TASK_LIFECYCLE.check("open", "continuous", charge, TaskFacts(has_next_date=False))
    assert TASK_LIFECYCLE.check("open", "done_reported", charge, TaskFacts())


def test_keys_count_within_a_year() -> None:
    assert next_key(2026, []) == "A-2026-01"
    assert next_key(2026, ["A-2026-09", "A-2025-40", "A-2026-x"]) == "A-2026-10"


def test_the_body_and_those_in_charge_read_a_task_and_nobody_else() -> None:
    assert all(may_read_task(actor, TASK) for actor in (CHAIR, OFFICE, MEMBER, IN_CHARGE, COORDINATION))
    assert all(may_read_task(actor, TASK).hidden for actor in (OUTSIDER, GUEST))


def test_those_in_charge_report_and_the_office_steers() -> None:
    assert all(may_report(actor, TASK) for actor in (IN_CHARGE, OFFICE, CHAIR))
    assert not any(may_report(actor, TASK) for actor in (MEMBER, COORDINATION, OUTSIDER))
    assert all(may_steer_task(actor, TASK) for actor in (OFFICE, CHAIR))
    assert not any(may_steer_task(actor, TASK) for actor in (IN_CHARGE, MEMBER, COORDINATION))
    assert roles_at(IN_CHARGE, TASK) == {"charge"}
