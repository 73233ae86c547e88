"""Casting a secret ballot, and giving free an urn that two tellers have locked."""

from dataclasses import dataclass

from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.work import Work
from meetings.voting import policy
from meetings.voting.actions import PollNotOpen, count_closed, held_poll, require_valid
from meetings.voting.answers import Answer
from meetings.voting.electing import Voter
from meetings.voting.modes import AlreadyCast, note_cast
from meetings.voting.queries import FoundPoll
from meetings.voting.sealed import tellers, urns
from meetings.voting.sealed.codes import code_of, is_slip, receipt_of
from meetings.voting.sealed.tellers import FoundUrn
from meetings.voting.sealed.urns import Put
from meetings.voting.states import PollMode


@dataclass(frozen=True)
class Receipt:
    """What a voter gets to keep: the control code. It stands nowhere else in the clear before the count.

    `repeated` is a form that had come before. Whether it says the same now nobody can tell: the ballot is sealed, and
    what lies beside it must not know the answer.
    """

    poll_id: int
    title: str
    code: str
    repeated: bool = False


def cast_secretly(work: Work, poll_id: int, answer: Answer | None, slip: str) -> Receipt:
    """Put the ballot of the person's seat into the urn, once for each form however often it is sent.

    `answer` None is a form that was not filled in rightly: only a ballot that is in already is answered then.
    """
    found = held_poll(work, poll_id, shared=True)
    work.require(policy.may_read_poll(work.actor, found))
    seat = policy.seat_to_cast(work.actor, found)
    seat_id, usable = seat.seat_id if seat else 0, found.poll.mode == PollMode.SECRET and is_slip(slip)
    repeated = bool(seat) and usable and _is_in(work, found, seat_id, slip)
    if not repeated:
        _require_open(work, found, seat_id)
        if not usable:
            raise InvalidInput(_("Bitte laden Sie den Stimmzettel neu und geben Sie Ihre Stimme noch einmal ab."))
        if answer is None:
            raise InvalidInput(_("Bitte füllen Sie den Stimmzettel noch einmal aus."))
        require_valid(found.ruled, answer)
        repeated = _put(work, found, seat_id, answer, slip) == Put.REPEATED
    return Receipt(poll_id, found.poll.title, code_of(slip, poll_id, seat_id), repeated)


def _is_in(work: Work, found: FoundPoll, seat_id: int, slip: str) -> bool:
    """Whether the ballot of this very form is in the urn, or was counted already."""
    if found.is_open:
        return urns.receipt_in(work.session, found.id, seat_id) == receipt_of(slip, found.id, seat_id)
    return urns.is_published(work.session, found.id, code_of(slip, found.id, seat_id))


def _require_open(work: Work, found: FoundPoll, seat_id: int) -> None:
    if not found.is_open:
        raise PollNotOpen(_("Die Abstimmung ist nicht mehr geöffnet. Ihre Stimme wurde nicht gezählt."))
    if seat_id in found.cast and not found.revote_allowed:
        raise AlreadyCast(_("Für diesen Sitz ist schon abgestimmt."))
    work.require(policy.may_cast(work.actor, found))


def _put(work: Work, found: FoundPoll, seat_id: int, answer: Answer, slip: str) -> Put:
    """A new ballot is told; a changed one is not, so that nobody sees who changed their mind."""
    put = urns.put(work, found.id, seat_id, slip, dict(answer), may_change=found.revote_allowed)
    if put == Put.REFUSED:
        raise AlreadyCast(_("Für diesen Sitz ist schon abgestimmt."))
    if put == Put.NEW:
        note_cast(work, found.poll, Voter(seat_id, 0))
        work.record("ballot.cast", found.poll, seat=seat_id)
        work.announce(found.where.channel, f"poll-{found.id}")
    return put


def release(work: Work, urn_id: int, passphrase: str) -> FoundUrn:
    """A teller gives the urn free; the last one has it counted at once, so that its key lies open no longer."""
    found = tellers.held_urn(work, urn_id)
    if tellers.release_half(work, found, passphrase) and found.urn.poll_id is not None:
        count_closed(work, held_poll(work, found.urn.poll_id))
    else:
        work.announce(found.where.channel, f"urn-{urn_id}")
    return found
