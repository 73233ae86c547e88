"""Laying ballots that the server knows by seat: a whole group of them in one transaction, each form once.

Secret ballots are laid by `sealed/laying.py`, what the office enters by `modes.py`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from app.core import audit
from app.core.prepared import Prepared, add_numbered, add_rows
from app.core.records import UsedKey
from app.core.work import Done, Work
from meetings.voting.answers import Answer
from meetings.voting.casting import (
    GONE,
    RELOAD,
    TWICE_WORDS,
    Cast,
    CastingPoll,
    Hall,
    Laid,
    Refusal,
    act_of,
    hall_of,
    held_for_casting,
    judge,
    signal_of,
    told,
)
from meetings.voting.models import Ballot, BallotPoint
from meetings.voting.modes import AlreadyCast
from meetings.voting.states import PollMethod, PollMode

_USED = Prepared(
    select(UsedKey.person_id, UsedKey.key, UsedKey.location).where(
        col(UsedKey.person_id).in_(bindparam("people", expanding=True)),
        col(UsedKey.key).in_(bindparam("keys", expanding=True)),
    )
)
_REPLACE = Prepared(
    update(Ballot)
    .where(col(Ballot.id) == bindparam("ballot_id"))
    .values(cast_by_id=bindparam("by_id"), cast_at=bindparam("now"), answer=bindparam("text"))
)
_DROP_POINTS = Prepared(delete(BallotPoint).where(col(BallotPoint.ballot_id) == bindparam("ballot_id")))


def cast_together(session: Session, poll_id: int, casts: Sequence[Cast]) -> Done[Laid | Refusal]:
    """Take the ballots of a group in order; the first one of a seat stands, or the last where the rule allows."""
    poll = held_for_casting(session, poll_id)
    if poll is None:
        return Done([GONE for _cast in casts])
    hall = hall_of(session, poll, [cast.actor for cast in casts])
    forms = Forms(session, casts)
    pile = Pile(session, hall)
    outcomes = [forms.before(poll, cast) or forms.note(cast, _lay(pile, cast)) for cast in casts]
    pile.put_in()
    acts = told(outcomes, casts, poll)
    forms.remember()
    if acts:
        audit.append(session, acts)
    return Done(outcomes, [signal_of(poll)] if acts else [])


def cast_answer(work: Work, poll_id: int, answer: Answer) -> Laid:
    """Take one ballot within a work: that of the seat that the person occupies."""
    poll = held_for_casting(work.session, poll_id)
    if poll is None:
        raise GONE.error()
    hall = hall_of(work.session, poll, [work.actor])
    pile = Pile(work.session, hall)
    outcome = _lay(pile, Cast(work.actor, answer, work.now))
    if isinstance(outcome, Refusal):
        raise outcome.error()
    pile.put_in()
    work.acts.append(act_of(poll, Cast(work.actor, answer, work.now), outcome.seat_id).act)
    work.announce(*signal_of(poll))
    return outcome


def _lay(pile: "Pile", cast: Cast) -> Laid | Refusal:
    judged = judge(pile.hall, cast)
    if isinstance(judged, Refusal):
        return judged
    if pile.hall.poll.mode == PollMode.SECRET:
        return RELOAD
    pile.lay(replace(cast, answer=judged.answer), judged.seat_id)
    return Laid(pile.hall.poll, judged.seat_id)


class Forms:
    """The forms that a group was sent with: one that came before, in this group or earlier, is answered as it was."""

    def __init__(self, session: Session, casts: Sequence[Cast]) -> None:
        self._session = session
        sent = [cast for cast in casts if cast.once]
        people, keys = {cast.actor.person_id for cast in sent}, {cast.once for cast in sent}
        rows = _USED.rows(session, people=sorted(people), keys=sorted(keys)) if sent else []
        self._known = {(row.person_id, row.key): row.location for row in rows}
        self._fresh: list[Cast] = []

    def before(self, poll: CastingPoll, cast: Cast) -> Laid | None:
        """What became of this form when it came first, None if this is the first time."""
        location = self._known.get((cast.actor.person_id, cast.once)) if cast.once else None
        return Laid(poll, location=location, told=False, repeated=True) if location is not None else None

    def note(self, cast: Cast, outcome: Laid | Refusal) -> Laid | Refusal:
        """Remember that this form was answered, unless it was refused."""
        if isinstance(outcome, Laid) and cast.once:
            self._known[cast.actor.person_id, cast.once] = cast.location
            self._fresh.append(cast)
        return outcome

    def remember(self) -> None:
        """Keep the keys with the places they led to."""
        add_rows(
            self._session,
            UsedKey,
            [
                {"person_id": each.actor.person_id, "key": each.once, "location": each.location, "at": each.at}
                for each in self._fresh
            ],
        )


class Pile:
    """Ballots that are laid into the box together; a replaced one waits until those before it are in."""

    def __init__(self, session: Session, hall: Hall) -> None:
        self.hall = hall
        self._session = session
        self._new: dict[int, Cast] = {}
        self._points: list[dict[str, Any]] = []

    def lay(self, cast: Cast, seat_id: int) -> None:
        """Add the ballot of a seat; where there is one, it is replaced."""
        if seat_id in self._new:
            self.put_in()
        if seat_id in self.hall.cast:
            self._replace(cast, self.hall.cast[seat_id])
        else:
            self._new[seat_id] = cast
            self.hall.cast[seat_id] = 0

    def put_in(self) -> None:
        """Write the new ballots; the database itself refuses a second one of a seat."""
        rows = [
            {
                "poll_id": self.hall.poll.id,
                "seat_id": seat_id,
                "cast_by_id": cast.actor.person_id,
                "cast_at": cast.at,
                "answer": self._text(cast),
            }
            for seat_id, cast in self._new.items()
        ]
        for (seat_id, cast), ballot_id in zip(self._new.items(), self._numbered(rows), strict=True):
            self.hall.cast[seat_id] = ballot_id
            self._points_of(cast, ballot_id)
        self._new.clear()
        add_rows(self._session, BallotPoint, self._points)
        self._points = []

    def _numbered(self, rows: list[dict[str, Any]]) -> list[int]:
        try:
            return add_numbered(self._session, Ballot, rows)
        except IntegrityError:
            raise AlreadyCast(str(TWICE_WORDS)) from None

    def _replace(self, cast: Cast, ballot_id: int) -> None:
        """A changed ballot takes the place of the one before it."""
        values = {"by_id": cast.actor.person_id, "now": cast.at, "text": self._text(cast)}
        _REPLACE.run(self._session, ballot_id=ballot_id, **values)
        _DROP_POINTS.run(self._session, ballot_id=ballot_id)
        self._points_of(cast, ballot_id)

    @property
    def _is_dots(self) -> bool:
        """Dots are points, so that they can be summed up where they lie."""
        return self.hall.poll.method == PollMethod.DOTS

    def _text(self, cast: Cast) -> str | None:
        return None if self._is_dots else json.dumps(cast.answer, sort_keys=True)

    def _points_of(self, cast: Cast, ballot_id: int) -> None:
        answer = cast.answer if isinstance(cast.answer, Mapping) and self._is_dots else {}
        given: Mapping[str, int] = answer.get("points", {})
        self._points += [
            {"ballot_id": ballot_id, "option_id": int(option), "points": number}
            for option, number in given.items()
            if number
        ]
