"""The path of a cast ballot: what everybody in a full hall does at once, in a handful of statements for all of them.

Ballots that wait together are laid in one transaction, each judged for itself by the same pure predicates as everywhere
(`policy.py`), so that a wrong one harms no other. What the opening froze is not asked again; state, presence, recusal
and what was cast are read under the hold that closing waits for. Nothing here knows a language: a refusal says its
words where its voter is.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from app.core import audit
from app.core.errors import DomainError, Forbidden, InvalidInput, NotFound
from app.core.i18n import _
from app.core.i18n import lazy as _l
from app.core.permissions import Actor, Verdict
from app.core.prepared import Prepared
from meetings.agenda.models import AgendaItem, Meeting, MeetingGuest
from meetings.agenda.parts import is_public
from meetings.agenda.policy import MeetingAccess
from meetings.bodies.models import Body
from meetings.bodies.policy import BodyAccess
from meetings.room.models import Presence, Recusal
from meetings.room.rules import PresenceInterval, occupants
from meetings.voting import policy
from meetings.voting.answer_words import answer_error_words
from meetings.voting.answers import Answer, answer_errors
from meetings.voting.models import Ballot, Poll, PollEntitlement
from meetings.voting.modes import AlreadyCast
from meetings.voting.policy import PollAccess
from meetings.voting.poll_rule import PollRule, thaw_rule
from meetings.voting.queries import OF_THE_SEAT
from meetings.voting.states import PollMethod, PollState
from meetings.voting.typed_ballots import Fields, typed_answer

frozen_rule = lru_cache(maxsize=64)(thaw_rule)
"""A rule by its text, which never changes once its poll is open."""


class PollNotOpen(DomainError):
    """The ballot came before the opening or after the close."""


class NotPlain(InvalidInput):
    """A ballot that could be cast, but reading it takes more than a look: the form does it and says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class CastingPoll(PollAccess):
    """A poll as casting sees it: where it stands and what was frozen. Who sits where is asked for each ballot."""

    id: int
    title: str
    method: PollMethod
    rule: str
    item_id: int
    item_number: str
    meeting_id: int
    meeting_key: str
    meeting_title: str

    @property
    def ruled(self) -> PollRule:
        """The frozen rule."""
        return frozen_rule(self.rule)

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken."""
        return self.state == PollState.OPEN

    @property
    def channel(self) -> str:
        """The name under which the meeting's live signals are sent."""
        return f"meeting:{self.meeting_id}"


@dataclass(frozen=True)
class Sent:
    """What a browser sent, as it came: it is read when the poll and its rule are known."""

    fields: Fields


@dataclass(frozen=True)
class Cast:
    """A ballot on its way: whose, what it says or what was sent, when it came.

    `once` is the form's one-time key and `location` where its sender goes; a secret ballot has its `slip` instead.
    """

    actor: Actor
    answer: Answer | Sent
    at: datetime
    request_id: str = "-"
    once: str = ""
    location: str = ""
    slip: str = ""

    def read(self, rule: PollRule) -> Answer | None:
        """The answer, None if it takes a form to read it."""
        return self.answer if isinstance(self.answer, Mapping) else typed_answer(rule, self.answer.fields)


@dataclass(frozen=True)
class Laid:
    """A ballot that is in: in which poll, of which seat, where its sender goes.

    `told`: it is recorded and announced, which a changed secret ballot is not. `repeated`: the form had come before.
    """

    poll: CastingPoll
    seat_id: int = 0
    location: str = ""
    told: bool = True
    repeated: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why a ballot was not taken; the words are found where the voter's language is known."""

    kind: type[DomainError]
    words: Callable[[], str]

    def error(self) -> DomainError:
        """The refusal as it is raised."""
        return self.kind(self.words())


CLOSED_WORDS = _l("Die Abstimmung ist nicht mehr geöffnet. Ihre Stimme wurde nicht gezählt.")
TWICE_WORDS = _l("Für diesen Sitz ist schon abgestimmt.")
RELOAD_WORDS = _l("Bitte laden Sie den Stimmzettel neu und geben Sie Ihre Stimme noch einmal ab.")
AGAIN_WORDS = _l("Bitte füllen Sie den Stimmzettel noch einmal aus.")


def refusal(kind: type[DomainError], words: object) -> Refusal:
    """A refusal with a sentence that is translated when it is shown."""
    return Refusal(kind, lambda: str(words))


GONE = refusal(NotFound, _l("Diese Abstimmung gibt es nicht."))
CLOSED, TWICE, RELOAD, AGAIN = (
    refusal(PollNotOpen, CLOSED_WORDS),
    refusal(AlreadyCast, TWICE_WORDS),
    refusal(InvalidInput, RELOAD_WORDS),
    refusal(NotPlain, AGAIN_WORDS),
)


def refused_by(verdict: Verdict) -> Refusal | None:
    """What a predicate says against it, None if it allows."""
    if verdict.allowed:
        return None
    return Refusal(NotFound if verdict.hidden else Forbidden, lambda: _(verdict.reason))


def invalid(rule: PollRule, answer: Answer) -> Refusal | None:
    """What is wrong with a ballot, a sentence for each thing; None if the rule takes it."""
    errors = answer_errors(rule, answer)
    if not errors:
        return None
    return Refusal(InvalidInput, lambda: " ".join(dict.fromkeys(answer_error_words(error, rule) for error in errors)))


_POLL: Any = (
    select(  # type: ignore[call-overload]
        Poll.id,
        Poll.title,
        Poll.method,
        Poll.mode,
        Poll.state,
        Poll.rule,
        col(AgendaItem.id).label("item_id"),
        col(AgendaItem.number).label("item_number"),
        AgendaItem.part,
        col(Meeting.id).label("meeting_id"),
        col(Meeting.key).label("meeting_key"),
        col(Meeting.title).label("meeting_title"),
        col(Meeting.state).label("meeting_state"),
        Meeting.body_id,
        Body.chair_id,
        Body.lead_id,
        Body.moderation_id,
    )
    .join(AgendaItem, col(AgendaItem.id) == col(Poll.item_id))
    .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
    .join(Body, col(Body.id) == col(Meeting.body_id))
    .where(col(Poll.id) == bindparam("poll_id"))
)
_FOUND = Prepared(_POLL)
_HELD = Prepared(_POLL.with_for_update(read=True, of=Poll))
_GUESTS = Prepared(select(MeetingGuest.person_id).where(col(MeetingGuest.meeting_id) == bindparam("meeting_id")))
_OF_SEATS: Any = bindparam("seats", expanding=True)
_SEATS = Prepared(
    select(PollEntitlement.seat_id, col(Ballot.id).label("ballot_id"))
    .outerjoin(Ballot, OF_THE_SEAT)
    .where(col(PollEntitlement.poll_id) == bindparam("poll_id"), col(PollEntitlement.seat_id).in_(_OF_SEATS))
)
_TURNOUT = Prepared(
    select(func.count(col(PollEntitlement.id)).label("entitled"), func.count(col(Ballot.id)).label("cast"))
    .select_from(PollEntitlement)
    .outerjoin(Ballot, OF_THE_SEAT)
    .where(col(PollEntitlement.poll_id) == bindparam("poll_id"))
)
_RECUSED = Prepared(
    select(Recusal.seat_id).where(
        col(Recusal.item_id) == bindparam("item_id"), col(Recusal.until).is_(None), col(Recusal.seat_id).in_(_OF_SEATS)
    )
)
_PRESENT = Prepared(
    select(Presence.seat_id, Presence.person_id, Presence.since, Presence.until)
    .where(col(Presence.meeting_id) == bindparam("meeting_id"), col(Presence.seat_id).in_(_OF_SEATS))
    .order_by(col(Presence.id))
)


def casting_poll(session: Session, poll_id: int) -> CastingPoll | None:
    """The poll for what all who watch ask at once: its turnout. Two statements."""
    return _poll_in(session, _FOUND.rows(session, poll_id=poll_id))


def turnout(session: Session, poll_id: int) -> tuple[int, int]:
    """How many have cast, and how many may. One statement."""
    row = _TURNOUT.rows(session, poll_id=poll_id)[0]
    return row.cast, row.entitled


def held_for_casting(session: Session, poll_id: int) -> CastingPoll | None:
    """The poll, held until the transaction ends: casting shares the hold, closing waits for all who cast.

    The county's chain of acts is held as well, so what is read afterwards of ballots and keys stays true. Three
    statements.
    """
    found = _poll_in(session, _HELD.rows(session, poll_id=poll_id))
    audit.hold(session)
    return found


def _poll_in(session: Session, rows: Sequence[Any]) -> CastingPoll | None:
    if not rows:
        return None
    row = rows[0]
    guests = frozenset(person_id for (person_id,) in _GUESTS.rows(session, meeting_id=row.meeting_id))
    body = BodyAccess(row.body_id, row.chair_id or row.lead_id, row.moderation_id)
    return CastingPoll(
        meeting=MeetingAccess(body, row.meeting_state, guests, non_public=not is_public(row)),
        state=row.state,
        electorate=frozenset(),
        revote_allowed=frozen_rule(row.rule).revote,
        mode=row.mode,
        id=row.id,
        title=row.title,
        method=row.method,
        rule=row.rule,
        item_id=row.item_id,
        item_number=row.item_number,
        meeting_id=row.meeting_id,
        meeting_key=row.meeting_key,
        meeting_title=row.meeting_title,
    )


@dataclass
class Hall:
    """The seats of those who cast together, as they are under the hold. `cast` grows while their ballots are laid."""

    poll: CastingPoll
    electorate: frozenset[int]
    recused: frozenset[int]
    present: Mapping[int, list[PresenceInterval]]
    cast: dict[int, int]
    """Seat → its ballot."""

    def access(self, actor: Actor, at: datetime) -> PollAccess:
        """What the predicates ask for one voter; whether a ballot may be replaced is another question."""
        mine = [seat.seat_id for seat in actor.seats if seat.seat_id in self.present]
        here = occupants((each for seat_id in mine for each in self.present[seat_id]), at)
        return PollAccess(
            self.poll.meeting,
            self.poll.state,
            self.electorate,
            self.recused,
            here,
            frozenset(),
            revote_allowed=True,
            mode=self.poll.mode,
        )


def hall_of(session: Session, poll: CastingPoll, actors: Collection[Actor]) -> Hall:
    """The seats of these people. Three statements."""
    seats = sorted({seat.seat_id for actor in actors for seat in actor.seats})
    rows = _SEATS.rows(session, poll_id=poll.id, seats=seats)
    present: dict[int, list[PresenceInterval]] = {}
    for row in _PRESENT.rows(session, meeting_id=poll.meeting_id, seats=seats):
        present.setdefault(row.seat_id, []).append(PresenceInterval(row.seat_id, row.person_id, row.since, row.until))
    return Hall(
        poll,
        frozenset(row.seat_id for row in rows),
        frozenset(seat for (seat,) in _RECUSED.rows(session, item_id=poll.item_id, seats=seats)),
        present,
        {row.seat_id: row.ballot_id for row in rows if row.ballot_id is not None},
    )


@dataclass(frozen=True)
class Judged:
    """A ballot that may be laid: for which seat, and what it says."""

    seat_id: int
    answer: Answer


def judge(hall: Hall, cast: Cast) -> Judged | Refusal:
    """For which seat a ballot that the server knows by seat may be laid, or why not."""
    access = hall.access(cast.actor, cast.at)
    unreadable = refused_by(policy.may_read_poll(cast.actor, access))
    if unreadable or not hall.poll.is_open:
        return unreadable or CLOSED
    seat = policy.seat_to_cast(cast.actor, access)
    if seat is not None and seat.seat_id in hall.cast and not hall.poll.revote_allowed:
        return TWICE
    forbidden = refused_by(policy.may_cast(cast.actor, access))
    if forbidden or seat is None:
        return forbidden or GONE
    answer = cast.read(hall.poll.ruled)
    if answer is None:
        return AGAIN
    return invalid(hall.poll.ruled, answer) or Judged(seat.seat_id, answer)


def act_of(poll: CastingPoll, cast: Cast, seat_id: int) -> audit.Signed:
    """That a seat has cast, for the chain: never how."""
    act = audit.Act("ballot.cast", "poll", str(poll.id), {"seat": seat_id})
    actor = cast.actor
    return audit.Signed(act, cast.at, actor.person_id or None, actor.organisation_id or None, cast.request_id)


def signal_of(poll: CastingPoll) -> tuple[str, str]:
    """What a group of ballots tells those who watch: once, that the number has changed."""
    return poll.channel, f"poll-{poll.id}"


def told(outcomes: Sequence[Laid | Refusal], casts: Sequence[Cast], poll: CastingPoll) -> list[audit.Signed]:
    """The acts of the ballots that were laid, in their order."""
    return [
        act_of(poll, cast, outcome.seat_id)
        for outcome, cast in zip(outcomes, casts, strict=True)
        if isinstance(outcome, Laid) and outcome.told
    ]
