"""Who may send a circular, answer it and read it. Pure predicates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.permissions import VOTING, Actor, SeatHeld, Verdict, all_of, allowed_if
from meetings.bodies.policy import BodyAccess, is_member, runs_meetings_of


@dataclass(frozen=True)
class CircularAccess:
    """What the predicates need to know: the body, the state, and which seats may answer, with who has."""

    body: BodyAccess
    state: str = "running"
    answers: Mapping[int, str | None] = field(default_factory=dict)


def may_send_circular(actor: Actor, body: BodyAccess) -> Verdict:
    """Chair and office."""
    return allowed_if(runs_meetings_of(actor, body), "Umlaufbeschlüsse versenden Vorsitz und Geschäftsstelle.")


def may_steer_circular(actor: Actor, circular: CircularAccess) -> Verdict:
    """Chair and office count and withdraw."""
    return may_send_circular(actor, circular.body)


def may_read_circulars(actor: Actor, body: BodyAccess) -> Verdict:
    """Those who belong to the body; guests do not."""
    return allowed_if(
        is_member(actor, body) or runs_meetings_of(actor, body), "Umlaufbeschlüsse lesen die Mitglieder des Gremiums."
    )


def may_read_circular(actor: Actor, circular: CircularAccess) -> Verdict:
    """Like the list."""
    return may_read_circulars(actor, circular.body)


def seat_to_answer(actor: Actor, circular: CircularAccess) -> SeatHeld | None:
    """The seat for which the person answers: one that they hold before one that they deputise."""
    seats = [seat for seat in actor.seats if seat.kind == VOTING and seat.seat_id in circular.answers]
    return min(seats, key=lambda seat: seat.deputy, default=None)


def may_answer(actor: Actor, circular: CircularAccess) -> Verdict:
    """One answer for each voting seat while the circular runs; holder and deputies share it."""
    seat = seat_to_answer(actor, circular)
    return all_of(
        may_read_circular(actor, circular),
        allowed_if(circular.state == "running", "Dieser Umlauf ist zu Ende."),
        allowed_if(seat is not None, "In diesem Umlauf haben Sie keine Stimme."),
        allowed_if(seat is None or circular.answers[seat.seat_id] is None, "Für diesen Sitz ist schon geantwortet."),
    )
