"""Reading the room: who sits where at a moment, whether the body can decide, who is recused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import VOTING, Actor, SeatHeld
from app.people.models import Organisation, Person
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundItem, FoundMeeting, meeting_by_key
from meetings.agenda.states import ItemState, MeetingState
from meetings.bodies.models import Seat
from meetings.bodies.queries import SeatRow, seat_rows
from meetings.bodies.states import SeatKind
from meetings.room.models import Presence, Recusal
from meetings.room.rules import QUORUM_RULES, PresenceInterval, QuorumStatement, occupants, present_seats, quorum
from meetings.voting.rules import SeatView, voting_units


@dataclass(frozen=True)
class Place:
    """A seat in the room: taken since a moment by a person, or empty."""

    seat: SeatRow
    taken: bool = False
    person_id: int | None = None
    person: str | None = None
    since: datetime | None = None

    @property
    def id(self) -> int:
        """The seat's id, which names the row."""
        return self.seat.seat_id

    @property
    def by_deputy(self) -> bool:
        """Whether somebody other than the holder sits there."""
        return self.taken and self.person_id is not None and self.person_id in [d.person_id for d in self.seat.deputies]


@dataclass(frozen=True)
class Room:
    """The room at a moment: every seat, and the finding about the quorum, in which who is recused counts as absent.

    `attending` counts the recused as well: they sit there, and the count of a vote names them.
    """

    places: tuple[Place, ...]
    quorum: QuorumStatement
    attending: QuorumStatement

    def of_kind(self, kind: str) -> tuple[Place, ...]:
        """The places of a kind."""
        return tuple(place for place in self.places if place.seat.kind == kind)

    def present(self, kind: str = VOTING) -> tuple[Place, ...]:
        """The taken places of a kind."""
        return tuple(place for place in self.of_kind(kind) if place.taken)

    @property
    def taken_by(self) -> dict[int, int | None]:
        """Seat → the person on it."""
        return {place.id: place.person_id for place in self.places if place.taken}


def intervals(session: Session, meeting_id: int, seats: Collection[int] | None = None) -> list[PresenceInterval]:
    """Every presence of a meeting, or of these seats only. One statement."""
    columns: tuple[Any, ...] = (Presence.seat_id, Presence.person_id, Presence.since, Presence.until, Presence.mode)
    statement: Any = sa.select(*columns).where(col(Presence.meeting_id) == meeting_id).order_by(col(Presence.id))
    if seats is not None:
        statement = statement.where(col(Presence.seat_id).in_(seats))
    return [PresenceInterval(*row) for row in session.execute(statement)]


def room_of(session: Session, meeting: FoundMeeting, at: datetime) -> Room:
    """The room at a moment, with the recusals of the item asked about, else of the called one. Four statements."""
    seats = seat_rows(session, meeting.body.body_id, meeting.meeting.date or clock.today())
    here = intervals(session, meeting.id)
    names = _names(session, [each.person_id for each in here if each.person_id])
    taken, began = occupants(here, at), {each.seat_id: each.start for each in here if each.covers(at)}
    places = tuple(_place(seat, taken, names, began) for seat in seats)
    seated, out = frozenset(taken), _recused_in(session, meeting, at)
    return Room(places, quorum_in(meeting, seats, seated - out), quorum_in(meeting, seats, seated))


def _place(
    seat: SeatRow, taken: Mapping[int, int | None], names: Mapping[int, str], began: Mapping[int, datetime]
) -> Place:
    if seat.seat_id not in taken:
        return Place(seat)
    person_id = taken[seat.seat_id]
    return Place(seat, True, person_id, names.get(person_id or 0), began.get(seat.seat_id))


def _names(session: Session, person_ids: list[int]) -> dict[int, str]:
    statement = select(col(Person.id), col(Person.name)).where(col(Person.id).in_(person_ids))
    return {id_ or 0: name for id_, name in session.exec(statement)}


def seat_views(seats: tuple[SeatRow, ...]) -> tuple[SeatView, ...]:
    """Seats as the rules of voting take them."""
    return tuple(SeatView(seat.seat_id, seat.organisation_id, str(seat.kind)) for seat in seats)


def quorum_in(meeting: FoundMeeting, seats: tuple[SeatRow, ...], present: frozenset[int]) -> QuorumStatement:
    """The finding about the quorum by the body's rule and its vote unit."""
    unit, views = meeting.rules.vote_unit, seat_views(seats)
    here = [view for view in views if view.seat_id in present]
    return quorum(
        QUORUM_RULES[meeting.rules.quorum],
        voting_units(views, unit),
        voting_units(here, unit),
        all_invited=meeting.meeting.invited_on is not None,
    )


def quorum_now(session: Session, meeting: FoundMeeting, at: datetime, item_id: int | None = None) -> QuorumStatement:
    """The finding at a moment; at an item its recused seats count as absent (VwVfG § 20 Abs. 4). Four statements."""
    seats = seat_rows(session, meeting.body.body_id, meeting.meeting.date or clock.today())
    here = present_seats(intervals(session, meeting.id), at)
    return quorum_in(meeting, seats, here - (recused_at(session, item_id, at) if item_id else frozenset()))


def recused_seats(session: Session, item_id: int) -> frozenset[int]:
    """The seats that take no part in an item: their recusal was not lifted. One statement."""
    statement = select(col(Recusal.seat_id)).where(col(Recusal.item_id) == item_id, col(Recusal.until).is_(None))
    return frozenset(session.exec(statement))


def recused_at(session: Session, item_id: int, moment: datetime) -> frozenset[int]:
    """The seats that took no part in an item at a moment. One statement."""
    statement = select(col(Recusal.seat_id)).where(
        col(Recusal.item_id) == item_id,
        col(Recusal.declared_at) <= moment,
        or_(col(Recusal.until).is_(None), col(Recusal.until) > moment),
    )
    return frozenset(session.exec(statement))


def _recused_in(session: Session, meeting: FoundMeeting, moment: datetime) -> frozenset[int]:
    """The seats that take no part in the item in question: the one that is asked about, else the called one."""
    called = (col(AgendaItem.meeting_id) == meeting.id) & (col(AgendaItem.state) == ItemState.CURRENT)
    asked = col(AgendaItem.id) == meeting.item.id if isinstance(meeting, FoundItem) else called
    statement = (
        select(col(Recusal.seat_id))
        .join(AgendaItem, col(AgendaItem.id) == col(Recusal.item_id))
        .where(asked, col(Recusal.declared_at) <= moment)
        .where(or_(col(Recusal.until).is_(None), col(Recusal.until) > moment))
    )
    return frozenset(session.exec(statement))


def recused_organisations(session: Session, item_id: int) -> list[str]:
    """The organisations whose seats take no part in an item. One statement."""
    statement = (
        select(col(Organisation.name))
        .join(Seat, col(Seat.organisation_id) == col(Organisation.id))
        .join(Recusal, col(Recusal.seat_id) == col(Seat.id))
        .where(col(Recusal.item_id) == item_id, col(Recusal.until).is_(None))
        .order_by(col(Seat.position))
    )
    return list(session.exec(statement))


def own_seat(actor: Actor, body_id: int) -> SeatHeld | None:
    """The seat that the person has in the body: one that they hold before one that they deputise."""
    seats = [seat for seat in actor.seats if seat.body_id == body_id and seat.kind != SeatKind.GUEST]
    return min(seats, key=lambda seat: seat.deputy, default=None)


SHOWN = (MeetingState.INVITED, MeetingState.RUNNING, MeetingState.PAUSED)
"""States in which the room is open and its quorum is worth a sentence."""


def seats_to_recuse(room: Room, already: frozenset[int]) -> list[SeatRow]:
    """The voting seats that the office may still take out of an item."""
    return [place.seat for place in room.of_kind("voting") if place.id not in already]


def may_be_called(session: Session, meeting: FoundMeeting) -> dict[int, str]:
    """Who belongs to the meeting, by name: holders, deputies and invited guests. Two statements."""
    seats = seat_rows(session, meeting.body.body_id, meeting.meeting.date or clock.today())
    people = {each.person_id: each.name for seat in seats for each in seat.holders}
    return {**people, **_names(session, list(meeting.guest_person_ids))}


def meeting_at(session: Session, key: str, **_address: object) -> FoundMeeting | None:
    """The meeting with this key, for addresses that say more than it. Three statements."""
    return meeting_by_key(session, key)
