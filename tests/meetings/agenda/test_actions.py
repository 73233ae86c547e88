"""A meeting moves along its life, one guarded step at a time."""

from datetime import date

import pytest
from sqlmodel import col, select

from app.core.errors import Forbidden, NotFound
from app.core.lifecycle import RefusedMove
from app.core.records import AuditEntry, LiveEvent
from meetings.agenda import actions
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import ItemState, MeetingState
from meetings.room.models import Presence
from tests.meetings.walk import (
    CHAIR,
    INVITED_ON,
    MEMBER,
    OFFICE,
    OUTSIDER,
    PLANNER,
    invite,
    open_dots,
    run_with_everyone,
)
from tests.support.demo import Demo


def meeting(demo: Demo) -> Meeting:
    with demo.session() as session:
        return session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()


def states(demo: Demo) -> dict[str, ItemState]:
    with demo.session() as session:
        rows = session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting(demo).id))
        return {row.number or "": row.state for row in rows}


@pytest.mark.parametrize("person", [OFFICE, CHAIR, PLANNER])
def test_those_who_plan_set_the_date(demo: Demo, person: str) -> None:
    demo.perform(person, actions.move_meeting, "LG-09", "scheduled")
    assert meeting(demo).state == MeetingState.SCHEDULED


def test_a_member_does_not_move_the_meeting(demo: Demo) -> None:
    with pytest.raises(RefusedMove, match="steht Ihrer Rolle nicht zu"):
        demo.perform(MEMBER, actions.move_meeting, "LG-09", "scheduled")


def test_an_outsider_does_not_learn_that_the_meeting_exists(demo: Demo) -> None:
    with pytest.raises(NotFound):
        demo.perform(OUTSIDER, actions.move_meeting, "LG-09", "scheduled")


def test_a_coordination_without_a_seat_here_does_not_invite(demo: Demo) -> None:
    demo.perform(PLANNER, actions.move_meeting, "LG-09", "scheduled")
    with pytest.raises(RefusedMove, match="steht Ihrer Rolle nicht zu"):
        demo.perform(PLANNER, actions.move_meeting, "LG-09", "invited", INVITED_ON)


def test_an_invitation_in_time_is_noted_with_its_day(demo: Demo) -> None:
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "scheduled")
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "invited", date(2026, 11, 26))
    assert (meeting(demo).state, meeting(demo).invited_on) == (MeetingState.INVITED, date(2026, 11, 26))


def test_an_invitation_one_day_too_late_does_not_go_out(demo: Demo) -> None:
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "scheduled")
    with pytest.raises(RefusedMove, match="Ladungsfrist ist nicht gewahrt"):
        demo.perform(OFFICE, actions.move_meeting, "LG-09", "invited", date(2026, 11, 27))
    assert meeting(demo).state == MeetingState.SCHEDULED


def test_no_step_is_left_out(demo: Demo) -> None:
    with pytest.raises(RefusedMove, match="nicht vorgesehen"):
        demo.perform(OFFICE, actions.move_meeting, "LG-09", "running")


def test_what_does_not_exist_is_not_found(demo: Demo) -> None:
    with pytest.raises(NotFound):
        demo.perform(OFFICE, actions.move_meeting, "LG-99", "scheduled")


def test_an_open_poll_keeps_the_meeting_open(demo: Demo) -> None:
    run_with_everyone(demo)
    open_dots(demo)
    with pytest.raises(RefusedMove, match="Es läuft noch eine Abstimmung"):
        demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")


def test_the_end_of_a_meeting_ends_every_presence(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(CHAIR, actions.move_meeting, "LG-09", "held")
    with demo.session() as session:
        rows = session.exec(select(Presence)).all()
    assert len(rows) == 16
    assert all(row.until is not None for row in rows)


def test_a_held_meeting_without_its_decisions_is_not_put_away(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")
    with pytest.raises(RefusedMove, match="fehlt noch das Ergebnis"):
        demo.perform(OFFICE, actions.move_meeting, "LG-09", "closed")


def test_every_step_is_recorded_and_told(demo: Demo) -> None:
    invite(demo)
    with demo.session() as session:
        acts = session.exec(select(AuditEntry.facts).where(col(AuditEntry.action) == "meeting.moved")).all()
        signals = session.exec(select(LiveEvent.channel, LiveEvent.name)).all()
    assert ['"target":"scheduled"' in acts[0], '"target":"invited"' in acts[1]] == [True, True]
    assert set(signals) == {(f"meeting:{meeting(demo).id}", "meeting")}


def test_one_item_is_current_and_the_one_before_is_done(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, actions.call_item, "LG-09", "1")
    demo.perform(CHAIR, actions.call_item, "LG-09", "6")
    assert (states(demo)["1"], states(demo)["6"], states(demo)["2"]) == (
        ItemState.DONE,
        ItemState.CURRENT,
        ItemState.OPEN,
    )


def test_an_item_is_called_only_in_a_running_meeting(demo: Demo) -> None:
    with pytest.raises(RefusedMove, match="nur in laufender Sitzung"):
        demo.perform(OFFICE, actions.call_item, "LG-09", "1")


def test_a_member_does_not_call_items(demo: Demo) -> None:
    run_with_everyone(demo)
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, actions.call_item, "LG-09", "1")
