"""Who has to be told what about a meeting, and who may answer for a seat. Pure: no database, no clock, no wording."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from meetings.invitations.states import AnswerKind, LetterKind


@dataclass(frozen=True)
class Place:
    """A seat that somebody holds (rank 0) or deputises on."""

    seat_id: int
    organisation: str
    kind: str
    rank: int


@dataclass(frozen=True)
class Receiver:
    """Somebody who is to be invited. `whole`: also the non-public part; `problem` says that no mail can reach them."""

    person_id: int
    name: str
    email: str
    language: str = "de"
    places: tuple[Place, ...] = ()
    whole: bool = True
    reachable: bool = True


@dataclass(frozen=True)
class Told:
    """What somebody was told last."""

    receiver: Receiver
    kind: LetterKind
    sequence: int
    plan: str
    supplements: int


@dataclass(frozen=True)
class Stand:
    """What there is to tell: the plan's fingerprint, the supplements so far, whether the meeting was called off."""

    plan: str
    supplements: int = 0
    cancelled: bool = False


@dataclass(frozen=True)
class Letter:
    """A letter that is due."""

    receiver: Receiver
    kind: LetterKind
    sequence: int


@dataclass(frozen=True)
class Post:
    """All letters that are due, and those to whom none can go."""

    letters: tuple[Letter, ...] = ()
    unreachable: tuple[Receiver, ...] = field(default=())

    def number(self, kind: LetterKind) -> int:
        """How many of this kind."""
        return sum(letter.kind == kind for letter in self.letters)


def fingerprint(
    starts_at: datetime | None, ends_at: datetime | None, place: str | None, title: str, dial_in: str = ""
) -> str:
    """What a calendar knows of a meeting, as one short word; another word means that it has to be told."""
    told = "|".join((str(starts_at), str(ends_at), place or "", title, *filter(None, [dial_in])))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def letters_due(receivers: Sequence[Receiver], told: Mapping[int, Told], stand: Stand) -> Post:
    """Who is to be told what, from what everybody was told last, by person.

    Nobody is told the same twice. Whoever is not invited any more, and everybody when the meeting is called off, gets
    a cancellation. A sequence only ever rises, so that calendars take the newest for true (RFC 5545).
    """
    wanted = {} if stand.cancelled else {each.person_id: each for each in receivers}
    due = [letter for id_, each in wanted.items() if each.reachable and (letter := _letter(each, told.get(id_), stand))]
    gone = [
        Letter(last.receiver, LetterKind.CANCELLATION, last.sequence + 1)
        for id_, last in told.items()
        if id_ not in wanted and last.kind != LetterKind.CANCELLATION
    ]
    return Post((*due, *gone), tuple(each for each in wanted.values() if not each.reachable))


def _letter(receiver: Receiver, last: Told | None, stand: Stand) -> Letter | None:
    if last is None:
        return Letter(receiver, LetterKind.INVITATION, 0)
    if last.kind == LetterKind.CANCELLATION:
        return Letter(receiver, LetterKind.INVITATION, last.sequence + 1)
    if last.plan != stand.plan:
        return Letter(receiver, LetterKind.CHANGE, last.sequence + 1)
    if last.supplements < stand.supplements:
        return Letter(receiver, LetterKind.SUPPLEMENT, last.sequence)
    return None


@dataclass(frozen=True)
class Sitter:
    """Somebody who may sit on a seat; rank 0 holds it."""

    person_id: int
    rank: int


TWO_SEATS, NO_DEPUTY, NOT_ON_SEAT = "two_seats", "no_deputy", "not_on_seat"
"""Why an answer does not fit the seat."""


@dataclass(frozen=True)
class Coming:
    """The answer that fits: its kind, and who sits there or stays away."""

    kind: AnswerKind
    person_id: int


def fitting_answer(
    sitters: Sequence[Sitter], kind: AnswerKind, person_id: int, expected_elsewhere: Collection[int]
) -> Coming | str:
    """The answer as it is kept, or why it does not fit (the seat rule).

    Only the holder and the ordered deputies sit on a seat, and nobody sits on two seats of one meeting
    (`expected_elsewhere` are those who said that they come for another seat). A deputy who accepts stands in.
    """
    rank = next((each.rank for each in sitters if each.person_id == person_id), None)
    if rank is None:
        return NO_DEPUTY if kind == AnswerKind.DEPUTY else NOT_ON_SEAT
    if kind == AnswerKind.DECLINED:
        return Coming(kind, person_id)
    if kind == AnswerKind.DEPUTY and rank == 0:
        return NO_DEPUTY
    if person_id in expected_elsewhere:
        return TWO_SEATS
    return Coming(AnswerKind.DEPUTY if rank else AnswerKind.ACCEPTED, person_id)


def deputy_may_say(present: Coming | None, deputy_id: int, kind: AnswerKind) -> bool:
    """Whether a deputy may say this for the seat: a word of the member or of another deputy is not theirs to change."""
    if present is not None and present.person_id == deputy_id:
        return True
    silent = present is None or present.kind == AnswerKind.DECLINED
    return silent and kind != AnswerKind.DECLINED


@dataclass(frozen=True)
class Tally:
    """How many seats accepted, send a deputy, declined, have not answered."""

    accepted: int
    deputies: int
    declined: int
    silent: int


def tally(kinds: Iterable[AnswerKind | None]) -> Tally:
    """The answers counted; None is a seat that has not answered."""
    given = list(kinds)
    return Tally(
        given.count(AnswerKind.ACCEPTED),
        given.count(AnswerKind.DEPUTY),
        given.count(AnswerKind.DECLINED),
        given.count(None),
    )
