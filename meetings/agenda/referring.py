"""Handing an item over to another body: where it came from, where it went, and how it stands there."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import FoundItem, found_item, found_meetings
from meetings.agenda.states import ItemResult, ItemState, MeetingState
from meetings.bodies.models import Body
from meetings.decisions.models import Decision


@dataclass(frozen=True)
class Place:
    """The same matter on another agenda. Who may not read it there learns the body, the day and the state alone."""

    body: str
    day: dt.date | None
    state: ItemState
    result: ItemResult | None
    decided: bool
    readable: bool
    key: str
    number: str | None


@dataclass(frozen=True)
class Echo:
    """Where an item came from, to which body it was handed over, and where it went."""

    origin: Place | None = None
    referred_to: str | None = None
    taken_up: Place | None = None


def echo_of(session: Session, actor: Actor, found: FoundItem) -> Echo:
    """What an item's page tells of its way through the bodies. At most seven statements."""
    item = found.item
    onward = select(AgendaItem).where(col(AgendaItem.carried_from_id) == item.id)
    rows = list(session.exec(onward.order_by(col(AgendaItem.id).desc())).all())
    origin = session.get(AgendaItem, item.carried_from_id) if item.carried_from_id else None
    body = session.get(Body, item.referred_to_id) if item.referred_to_id else None
    places = _places(session, actor, [*rows, *([origin] if origin else [])])
    went = next((places[row.id] for row in rows if row.id in places), None)
    return Echo(places.get(origin.id) if origin else None, body.name if body else None, went)


def _places(session: Session, actor: Actor, rows: list[AgendaItem]) -> dict[int | None, Place]:
    """Those of the items whose meeting was not called off."""
    if not rows:
        return {}
    ids = {row.meeting_id for row in rows}
    standing = found_meetings(session, col(Meeting.id).in_(ids), col(Meeting.state) != MeetingState.CANCELLED)
    meetings = {meeting.id: meeting for meeting in standing}
    decided = set(
        session.exec(select(col(Decision.item_id)).where(col(Decision.item_id).in_([row.id for row in rows])))
    )
    found = [(row, found_item(meetings[row.meeting_id], row)) for row in rows if row.meeting_id in meetings]
    return {
        row.id: Place(
            body=there.body_row.name,
            day=there.meeting.date,
            state=row.state,
            result=row.result,
            decided=row.id in decided,
            readable=bool(may_read_meeting(actor, there)),
            key=there.meeting.key,
            number=row.number,
        )
        for row, there in found
    }
