"""Counted polls on whose item nothing is decided yet."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Body
from meetings.bodies.policy import BodyAccess
from meetings.bodies.queries import access_of
from meetings.decisions.models import Decision
from meetings.voting.models import Poll
from meetings.voting.states import PollState


@dataclass(frozen=True)
class UndecidedPoll:
    """A counted poll, and where its decision would be recorded."""

    poll: Poll
    body: BodyAccess
    meeting: str
    meeting_key: str
    number: str


def undecided_polls(session: Session) -> list[UndecidedPoll]:
    """The published polls of running meetings whose item has no decision, one per item. One statement."""
    decided = select(col(Decision.item_id)).where(col(Decision.item_id).is_not(None))
    statement = (
        select(Poll, AgendaItem, Meeting, Body)
        .join(AgendaItem, col(AgendaItem.id) == col(Poll.item_id))
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .join(Body, col(Body.id) == col(Meeting.body_id))
        .where(col(Poll.state) == PollState.PUBLISHED, col(AgendaItem.id).not_in(decided))
        .where(col(Meeting.state).in_((MeetingState.RUNNING, MeetingState.PAUSED)), col(AgendaItem.number).is_not(None))
        .order_by(col(Poll.id))
    )
    latest = {item.id: (poll, item, meeting, body) for poll, item, meeting, body in session.exec(statement)}
    return [
        UndecidedPoll(poll, access_of(body), meeting.title, meeting.key, item.number or "")
        for poll, item, meeting, body in latest.values()
    ]
