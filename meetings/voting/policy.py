"""Who may open a poll, cast a ballot and read the result. Pure predicates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.permissions import ALLOWED, VOTING, Actor, SeatHeld, Verdict, all_of, allowed_if
from meetings.agenda.policy import MeetingAccess, may_conduct_meeting, may_read_meeting

_ANSWERED = ("closed", "published", "voided")
BY_OFFICE = ("entered", "paper")
"""Modes in which nobody casts on the screen."""


@dataclass(frozen=True)
class PollAccess:
    """What the predicates need to know of a poll: the frozen electorate, who is recused, who sits where now.

    `occupants` is seat → person present on it, None if only the seat was recorded; `cast` are the seats whose ballot
    is in.
    """

    meeting: MeetingAccess
    state: str
    electorate: frozenset[int]
    recused: frozenset[int] = frozenset()
    occupants: Mapping[int, int | None] = field(default_factory=dict)
    cast: frozenset[int] = frozenset()
    revote_allowed: bool = False
    mode: str = "unnamed"


def seat_to_cast(actor: Actor, poll: PollAccess) -> SeatHeld | None:
    """The seat for which the person may cast: theirs or the one they deputise, which they occupy in this meeting."""
    return next((seat for seat in actor.seats if _entitles(seat, actor, poll)), None)


def _entitles(seat: SeatHeld, actor: Actor, poll: PollAccess) -> bool:
    return (
        seat.kind == VOTING
        and seat.body_id == poll.meeting.body.body_id
        and seat.seat_id in poll.electorate
        and seat.seat_id not in poll.recused
        and seat.seat_id in poll.occupants
        and poll.occupants[seat.seat_id] in (None, actor.person_id)
    )


def may_cast(actor: Actor, poll: PollAccess) -> Verdict:
    """One ballot for one entitled, present, not recused seat while the poll is open; again only if the rule allows."""
    readable = may_read_meeting(actor, poll.meeting)
    if not readable:
        return readable
    seat = seat_to_cast(actor, poll)
    done = seat is not None and seat.seat_id in poll.cast and not poll.revote_allowed
    return all_of(
        allowed_if(poll.state == "open", "Diese Abstimmung ist nicht geöffnet."),
        allowed_if(poll.mode not in BY_OFFICE, "Die Geschäftsstelle trägt ein, wie abgestimmt wurde."),
        allowed_if(not _is_recused(actor, poll), "Wegen Befangenheit wirken Sie an dieser Abstimmung nicht mit."),
        allowed_if(seat is not None, "Sie sind hier nicht stimmberechtigt oder nicht als anwesend erfasst."),
        allowed_if(not done, "Für diesen Sitz ist bereits abgestimmt."),
    )


def _is_recused(actor: Actor, poll: PollAccess) -> bool:
    return any(
        seat.seat_id in poll.recused and poll.occupants.get(seat.seat_id) in (None, actor.person_id)
        for seat in actor.seats
    )


def may_bring_ballot(actor: Actor) -> Verdict:
    """Everybody who is signed in may bring one; whether it is taken is asked where it is laid (`may_cast`)."""
    del actor
    return ALLOWED


def may_prepare_poll(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Chair and office draw up the question and its rule."""
    return may_conduct_meeting(actor, meeting)


def may_open_poll(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Chair and office; the lifecycle checks quorum, rule and electorate."""
    return may_conduct_meeting(actor, meeting)


def may_close_poll(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Chair and office close, publish and void."""
    return may_conduct_meeting(actor, meeting)


def may_void_poll(actor: Actor, meeting: MeetingAccess) -> Verdict:
    """Chair and office, with a reason; what was decided on it stands and keeps its poll."""
    return may_conduct_meeting(actor, meeting)


def may_enter_votes(actor: Actor, poll: PollAccess) -> Verdict:
    """Chair and office, while an entered poll or one on paper is open."""
    return all_of(
        may_conduct_meeting(actor, poll.meeting),
        allowed_if(poll.state == "open", "Diese Abstimmung ist nicht geöffnet."),
        allowed_if(poll.mode in BY_OFFICE, "In dieser Abstimmung stimmt jede und jeder selbst ab."),
    )


def may_read_running(actor: Actor, poll: PollAccess) -> Verdict:
    """How each seat voted while the vote runs: only in an open vote, where everyone would see the hands."""
    return all_of(
        may_read_meeting(actor, poll.meeting),
        allowed_if(poll.mode == "open", "Das Ergebnis ist bis zum Schluss der Abstimmung verdeckt."),
    )


def may_read_poll(actor: Actor, poll: PollAccess) -> Verdict:
    """Question, rule and turnout: whoever may read the meeting."""
    return may_read_meeting(actor, poll.meeting)


def may_read_result(actor: Actor, poll: PollAccess) -> Verdict:
    """Nobody before the close, not even the chair; then chair and office, and everyone once it is published."""
    return all_of(
        may_read_meeting(actor, poll.meeting),
        allowed_if(poll.state in _ANSWERED, "Das Ergebnis ist bis zum Schluss der Abstimmung verdeckt."),
        allowed_if(
            poll.state in ("published", "voided") or bool(may_conduct_meeting(actor, poll.meeting)),
            "Das Ergebnis ist noch nicht bekanntgegeben.",
        ),
    )
