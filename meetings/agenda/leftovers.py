"""What earlier meetings left for later ones: put off, not reached, or referred to another body."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.ordering import entries_of, placed
from meetings.agenda.results import to_carry_over
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Body

ENDED = (MeetingState.HELD, MeetingState.CLOSED)


def last_meeting(session: Session, body_id: int) -> Meeting | None:
    """The body's latest meeting that has ended. One statement."""
    statement = select(Meeting).where(col(Meeting.body_id) == body_id, col(Meeting.state).in_(ENDED))
    return session.exec(statement.order_by(col(Meeting.date).desc(), col(Meeting.id).desc())).first()


def left_over(session: Session, meeting_id: int) -> list[AgendaItem]:
    """The items of an ended meeting that no other one has taken up yet, in their order. Two statements."""
    rows = session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting_id)).all()
    taken = taken_up(session, [item.id or 0 for item in rows])
    order = {each.id: each.position for each in placed(entries_of(rows))}
    left = [item for item in to_carry_over(rows, ended=True) if item.id not in taken]
    return sorted(left, key=lambda each: order[each.id or 0])


def taken_up(session: Session, item_ids: list[int]) -> set[int | None]:
    """Those of the items that another one goes on with, in a meeting that was not called off. One statement."""
    statement = (
        select(AgendaItem.carried_from_id)
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(col(AgendaItem.carried_from_id).in_(item_ids), col(Meeting.state) != MeetingState.CANCELLED)
    )
    return set(session.exec(statement))


@dataclass(frozen=True)
class Referred:
    """An item that another body handed over."""

    item: AgendaItem
    meeting: Meeting
    body: Body


def referred_to(session: Session, body_id: int) -> list[Referred]:
    """What other bodies handed over to this one and no meeting of it has taken up. Two statements."""
    statement = (
        select(AgendaItem, Meeting, Body)
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .join(Body, col(Body.id) == col(Meeting.body_id))
        .where(col(AgendaItem.referred_to_id) == body_id)
        .order_by(col(Meeting.date), col(AgendaItem.position))
    )
    found = [Referred(item, meeting, body) for item, meeting, body in session.exec(statement)]
    taken = taken_up(session, [each.item.id or 0 for each in found])
    return [each for each in found if each.item.id not in taken]
