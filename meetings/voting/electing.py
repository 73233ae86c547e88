"""Who may vote on an item at a moment: from presence, recusal and the vote unit. Frozen when the poll opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from meetings.agenda.queries import FoundItem
from meetings.room.queries import Room, recused_seats, room_of, seat_views
from meetings.voting import rules
from meetings.voting.models import PollEntitlement
from meetings.voting.poll_rule import PollKind

__all__ = ["PollKind", "Voter", "electorate", "electorate_in", "frozen_electorate", "frozen_voter"]


@dataclass(frozen=True)
class Voter:
    """A seat that may vote: whose it is, who sat there when it was frozen (if known), how many votes it has."""

    seat_id: int
    organisation_id: int
    person_id: int | None = None
    weight: int = 1


def electorate(session: Session, item: FoundItem, now: datetime) -> tuple[Voter, ...]:
    """Who may vote on the item at this moment: present, not recused, one per vote unit. Five statements."""
    room = room_of(session, item, now)
    return electorate_in(room, recused_seats(session, item.item.id or 0), str(item.rules.vote_unit))


def electorate_in(
    room: Room, recused: frozenset[int], vote_unit: str, weights: Mapping[int, int] | None = None
) -> tuple[Voter, ...]:
    """Who may vote in a room; `weights` by seat, one vote where none is named."""
    seats = rules.electorate(seat_views(tuple(p.seat for p in room.places)), room.taken_by, recused, vote_unit)
    return tuple(
        Voter(seat.seat_id, seat.organisation_id, room.taken_by.get(seat.seat_id), (weights or {}).get(seat.seat_id, 1))
        for seat in seats
    )


def frozen_voter(session: Session, poll_id: int, seat_id: int) -> Voter | None:
    """One of the frozen electorate, None if the seat may not vote. One statement."""
    row = session.exec(
        select(PollEntitlement).where(PollEntitlement.poll_id == poll_id, PollEntitlement.seat_id == seat_id)
    ).first()
    return Voter(row.seat_id, row.organisation_id, row.person_id, row.weight) if row else None


def frozen_electorate(session: Session, poll_id: int) -> tuple[Voter, ...]:
    """The electorate as it was frozen when the poll opened. One statement."""
    rows = session.exec(
        select(PollEntitlement).where(PollEntitlement.poll_id == poll_id).order_by(col(PollEntitlement.id))
    )
    return tuple(Voter(row.seat_id, row.organisation_id, row.person_id, row.weight) for row in rows)
