"""Moving a meeting along its life, and calling its items."""

from datetime import date

from sqlmodel import col, select

from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from meetings.agenda import policy
from meetings.agenda.locking import locked_item, locked_meeting
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.rules import MEETING_LIFECYCLE, held_number
from meetings.agenda.states import ItemState, MeetingState
from meetings.agenda.steps import facts_of
from meetings.bodies.models import Body
from meetings.bodies.policy import roles_in
from meetings.circular.reporting import report_to
from meetings.room.actions import AGENDA
from meetings.room.spans import enter_item, follow_meeting

MEETING = "meeting"
"""Name of the live signal: the meeting's state changed."""


def move_meeting(work: Work, key: str, target: str, invited_on: date | None = None, urgency: str = "") -> Meeting:
    """Take the meeting one step on, if its lifecycle allows.

    `invited_on` is the day of the invitation, `urgency` why it went out later than the rules of procedure ask.
    """
    meeting = locked_meeting(work, key)
    work.require(policy.may_read_meeting(work.actor, meeting))
    facts = facts_of(work.session, meeting, invited_on, urgency)
    MEETING_LIFECYCLE.require(meeting.state, target, roles_in(work.actor, meeting.body), facts)
    _carry_out(work, meeting, MeetingState(target), invited_on)
    if target == MeetingState.INVITED:
        meeting.meeting.urgency = urgency.strip() or meeting.meeting.urgency
    work.record("meeting.moved", meeting.meeting, source=str(meeting.state), target=target)
    work.announce(meeting.channel, MEETING)
    return meeting.meeting


def _carry_out(work: Work, meeting: FoundMeeting, target: MeetingState, invited_on: date | None) -> None:
    row = meeting.meeting
    row.state = target
    if target == MeetingState.INVITED:
        row.invited_on = invited_on or row.invited_on
    if target == MeetingState.HELD:
        row.held_number = _next_held_number(work, row)
        report_to(work.session, meeting.id, row.body_id)
    work.session.add(row)
    follow_meeting(work, meeting, target)


def _next_held_number(work: Work, row: Meeting) -> int:
    """The number that the meeting counts as; its body is held, so that two that end at once count one after another.

    (docs/decisions/0023: the announced number says how the meeting was called, this one how it is counted.)
    """
    work.session.exec(select(col(Body.id)).where(col(Body.id) == row.body_id).with_for_update()).one()
    given = work.session.exec(select(Meeting.held_number).where(col(Meeting.body_id) == row.body_id)).all()
    return row.held_number or held_number(row.number, given)


def call_item(work: Work, key: str, number: str) -> FoundItem:
    """Make an item the current one; the one before it is done."""
    item = locked_item(work, key, number)
    work.require(policy.may_conduct_meeting(work.actor, item))
    if item.state != MeetingState.RUNNING:
        raise RefusedMove(_("Aufgerufen wird ein Tagesordnungspunkt nur in laufender Sitzung."))
    for other in _current_items(work, item.id):
        other.state = ItemState.DONE
        work.session.add(other)
    item.item.state = ItemState.CURRENT
    work.session.add(item.item)
    enter_item(work, item)
    work.record("item.called", item.meeting, item=item.item.id)
    work.announce(item.channel, AGENDA)
    return item


def _current_items(work: Work, meeting_id: int) -> list[AgendaItem]:
    statement = select(AgendaItem).where(
        col(AgendaItem.meeting_id) == meeting_id, col(AgendaItem.state) == ItemState.CURRENT
    )
    return list(work.session.exec(statement))
