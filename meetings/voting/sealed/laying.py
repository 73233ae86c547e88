"""Laying secret ballots: a whole group of them in one transaction, each sealed for its poll and its seat.

Beside an envelope stands only that its seat has voted; a changed ballot leaves no trace of the change. A group is
written in the order of its seats: who pressed first within it cannot be told from where its envelopes lie.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from app.core import audit
from app.core.prepared import Prepared, add_rows
from app.core.work import Done
from meetings.voting import policy
from meetings.voting.answers import Answer
from meetings.voting.casting import (
    AGAIN,
    CLOSED,
    GONE,
    RELOAD,
    TWICE,
    TWICE_WORDS,
    Cast,
    CastingPoll,
    Hall,
    Laid,
    Refusal,
    hall_of,
    held_for_casting,
    invalid,
    refused_by,
    signal_of,
    told,
)
from meetings.voting.models import Ballot
from meetings.voting.modes import AlreadyCast
from meetings.voting.sealed import envelopes
from meetings.voting.sealed.codes import code_of, is_slip, receipt_of
from meetings.voting.sealed.models import Envelope, Paper, Urn
from meetings.voting.sealed.states import UrnState
from meetings.voting.states import PollMode

_OF_SEATS: Any = bindparam("seats", expanding=True)
_URN = Prepared(
    select(Urn.public_key, Urn.paper_size).where(
        col(Urn.poll_id) == bindparam("poll_id"), col(Urn.state) == UrnState.OPEN
    )
)
_RECEIPTS = Prepared(
    select(Envelope.seat_id, Envelope.receipt).where(
        col(Envelope.poll_id) == bindparam("poll_id"), col(Envelope.seat_id).in_(_OF_SEATS)
    )
)
_PUBLISHED = Prepared(
    select(Paper.code).where(
        col(Paper.poll_id) == bindparam("poll_id"), col(Paper.code).in_(bindparam("codes", expanding=True))
    )
)
_CHANGE = Prepared(
    update(Envelope)
    .where(col(Envelope.poll_id) == bindparam("poll"), col(Envelope.seat_id) == bindparam("seat"))
    .values(sealed=bindparam("box"), receipt=bindparam("form"))
)


def cast_together(session: Session, poll_id: int, casts: Sequence[Cast]) -> Done[Laid | Refusal]:
    """Put the ballots of a group into the urn, once for each form however often it is sent."""
    poll = held_for_casting(session, poll_id)
    if poll is None:
        return Done([GONE for _cast in casts])
    hall = hall_of(session, poll, [cast.actor for cast in casts])
    box = _Box(session, hall)
    outcomes = [box.take(cast) for cast in casts]
    box.put_in(casts, outcomes)
    acts = told(outcomes, casts, poll)
    if acts:
        audit.append(session, acts)
    return Done(outcomes, [signal_of(poll)] if acts else [])


@dataclass(frozen=True)
class _Urn:
    """What sealing needs."""

    public: bytes
    paper_size: int


class _Box:
    """The urn while a group puts its ballots in."""

    def __init__(self, session: Session, hall: Hall) -> None:
        self.hall, self.poll = hall, hall.poll
        self._session = session
        seats = sorted(hall.electorate)
        receipts = _RECEIPTS.rows(session, poll_id=self.poll.id, seats=seats)
        self._receipts = {row.seat_id: row.receipt for row in receipts}
        rows = _URN.rows(session, poll_id=self.poll.id)
        self._urn = _Urn(bytes.fromhex(rows[0].public_key), rows[0].paper_size) if rows else None
        self._new: dict[int, Mapping[str, Any]] = {}
        self._changed: dict[int, Mapping[str, Any]] = {}

    def take(self, cast: Cast) -> Laid | Refusal:
        """Judge a ballot and seal it; it is written by `put_in`.

        `repeated`: whether a form that came twice says the same now nobody can tell, the ballot is sealed.
        """
        access = self.hall.access(cast.actor, cast.at)
        unreadable = refused_by(policy.may_read_poll(cast.actor, access))
        if unreadable:
            return unreadable
        seat = policy.seat_to_cast(cast.actor, access)
        seat_id, usable = seat.seat_id if seat else 0, self.poll.mode == PollMode.SECRET and is_slip(cast.slip)
        if seat and usable and self._is_in(cast.slip, seat_id):
            return Laid(self.poll, seat_id, told=False, repeated=True)
        if not self.poll.is_open:
            return CLOSED
        before = seat_id in self.hall.cast
        if before and not self.poll.revote_allowed:
            return TWICE
        return refused_by(policy.may_cast(cast.actor, access)) or self._sealed(cast, seat_id, usable, before)

    def _is_in(self, slip: str, seat_id: int) -> bool:
        """Whether the ballot of this very form is in the urn, or was counted already."""
        if self.poll.is_open:
            return self._receipts.get(seat_id) == receipt_of(slip, self.poll.id, seat_id)
        codes = [code_of(slip, self.poll.id, seat_id)]
        return bool(_PUBLISHED.rows(self._session, poll_id=self.poll.id, codes=codes))

    def _sealed(self, cast: Cast, seat_id: int, usable: bool, before: bool) -> Laid | Refusal:
        if not usable:
            return RELOAD
        answer = cast.read(self.poll.ruled)
        if answer is None:
            return AGAIN
        if self._urn is None:
            return CLOSED
        wrong = invalid(self.poll.ruled, answer)
        if wrong:
            return wrong
        self._seal(self._urn, cast, seat_id, answer)
        return Laid(self.poll, seat_id, told=not before)

    def _seal(self, urn: _Urn, cast: Cast, seat_id: int, answer: Answer) -> None:
        paper = envelopes.Paper(code_of(cast.slip, self.poll.id, seat_id), dict(answer))
        sealed = envelopes.seal(urn.public, paper, urn.paper_size, self.poll.id, seat_id)
        receipt = receipt_of(cast.slip, self.poll.id, seat_id)
        pile = self._changed if seat_id in self._receipts and seat_id not in self._new else self._new
        pile[seat_id] = {"poll_id": self.poll.id, "seat_id": seat_id, "sealed": sealed, "receipt": receipt}
        self._receipts[seat_id] = receipt
        self.hall.cast.setdefault(seat_id, 0)

    def put_in(self, casts: Sequence[Cast], outcomes: Sequence[Laid | Refusal]) -> None:
        """Write the envelopes and that their seats have voted; the database itself refuses a second one of a seat."""
        came = {
            outcome.seat_id: cast
            for cast, outcome in zip(casts, outcomes, strict=True)
            if isinstance(outcome, Laid) and outcome.told
        }
        notes = [note(self.poll, came[seat_id], seat_id) for seat_id in sorted(came)]
        try:
            add_rows(self._session, Envelope, [self._new[seat_id] for seat_id in sorted(self._new)])
            add_rows(self._session, Ballot, notes)
        except IntegrityError:
            raise AlreadyCast(str(TWICE_WORDS)) from None
        for seat_id in sorted(self._changed):
            row = self._changed[seat_id]
            _CHANGE.run(self._session, poll=self.poll.id, seat=seat_id, box=row["sealed"], form=row["receipt"])


def note(poll: CastingPoll, cast: Cast, seat_id: int) -> dict[str, Any]:
    """That a seat has voted, and by whom; not how."""
    return {"poll_id": poll.id, "seat_id": seat_id, "cast_by_id": cast.actor.person_id, "cast_at": cast.at}
