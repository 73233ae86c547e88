"""What a screen says of its own reader: the seat, whether they are there, whether they wait for the floor."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import ItemState
from meetings.room.models import MeetingRoom, Recusal, Speech
from meetings.room.policy import may_ask_for_floor, may_record_presence
from meetings.room.queries import Place, own_seat, room_of
from meetings.room.setup import setup_of
from meetings.room.states import SpeechKind


@dataclass(frozen=True)
class Me:
    """The reader in the room."""

    place: Place | None
    present: bool
    taken_by_other: bool
    recused: bool
    asked: frozenset[SpeechKind]
    speaking: bool
    reports: bool
    asks: bool
    opens_on: date | None
    setup: MeetingRoom


def me_in(session: Session, actor: Actor, meeting: FoundMeeting, at: datetime) -> Me:
    """The reader at a moment. Seven statements."""
    room = room_of(session, meeting, at)
    seat = own_seat(actor, meeting.body.body_id)
    here = next((place for place in room.places if place.taken and place.person_id == actor.person_id), None)
    place = here or next((each for each in room.places if seat and each.id == seat.seat_id), None)
    opens_on = None if room.taken_by else meeting.opens_later(at)
    speeches = _speeches(session, meeting.id, actor.person_id)
    return Me(
        place=place,
        present=here is not None,
        taken_by_other=bool(place and place.taken and here is None),
        recused=bool(place) and _recused(session, meeting.id, place.id if place else 0),
        asked=frozenset(row.kind for row in speeches if row.began_at is None),
        speaking=any(row.began_at is not None for row in speeches),
        reports=not opens_on and bool(may_record_presence(actor, meeting, actor.person_id)),
        asks=bool(may_ask_for_floor(actor, meeting)),
        opens_on=opens_on,
        setup=setup_of(session, meeting.id),
    )


def _speeches(session: Session, meeting_id: int, person_id: int) -> list[Speech]:
    statement = select(Speech).where(
        col(Speech.meeting_id) == meeting_id,
        col(Speech.person_id) == person_id,
        col(Speech.ended_at).is_(None),
        col(Speech.gone).is_(False),
    )
    return list(session.exec(statement))


def _recused(session: Session, meeting_id: int, seat_id: int) -> bool:
    """Whether the seat takes no part in the item that is called."""
    statement = (
        select(col(Recusal.id))
        .join(AgendaItem, col(AgendaItem.id) == col(Recusal.item_id))
        .where(
            col(AgendaItem.meeting_id) == meeting_id,
            col(AgendaItem.state) == ItemState.CURRENT,
            col(Recusal.seat_id) == seat_id,
            col(Recusal.until).is_(None),
        )
    )
    return session.exec(statement).first() is not None
