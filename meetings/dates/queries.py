"""Reading searches for a date: one with its grid, and those that wait for an answer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import Actor
from app.people.models import Person
from meetings.agenda.models import Meeting
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of, rules_of, seat_rows
from meetings.bodies.states import SeatKind, VoteUnit
from meetings.dates.models import DateAnswer, DateOption, DatePoll
from meetings.dates.policy import DatePollAccess
from meetings.dates.rules import DayCount, SeatPeople, best, day_count
from meetings.dates.states import DateChoice, DatePollState
from meetings.room.rules import QUORUM_RULES


@dataclass(frozen=True, kw_only=True)
class FoundPoll(DatePollAccess):
    """A search for a date with its body."""

    poll: DatePoll
    body_row: Body


@dataclass(frozen=True)
class Row:
    """A person of the body with what they say to each option, in the options' order."""

    person_id: int
    name: str
    organisation: str
    deputy: bool
    choices: tuple[DateChoice | None, ...]


@dataclass(frozen=True)
class Grid:
    """A search for a date as its page shows it; `meeting_key` is the meeting that came of it."""

    found: FoundPoll
    options: list[DateOption]
    rows: list[Row]
    counts: dict[int, DayCount]
    best: set[int]
    own: dict[int, DateChoice]
    meeting_key: str

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.found.poll.state == DatePollState.OPEN


def poll_by_id(session: Session, poll_id: int) -> FoundPoll | None:
    """The search with this id. One statement."""
    statement = select(DatePoll, Body).join(Body, col(Body.id) == col(DatePoll.body_id))
    row = session.exec(statement.where(col(DatePoll.id) == poll_id)).first()
    return FoundPoll(body=access_of(row[1]), poll=row[0], body_row=row[1]) if row else None


def options_of(session: Session, poll_id: int) -> list[DateOption]:
    """The proposed days in their order. One statement."""
    statement = select(DateOption).where(col(DateOption.poll_id) == poll_id)
    return list(session.exec(statement.order_by(col(DateOption.starts_at))))


def grid_of(session: Session, actor: Actor, found: FoundPoll) -> Grid:
    """Who can when, and whether that is enough. Six statements."""
    options = options_of(session, found.poll.id or 0)
    said = _said(session, options)
    rules = rules_of(session, [found.body_row])[found.body_row.id or 0]
    seats = seat_rows(session, found.body.body_id, clock.today())
    by_organisation = rules.vote_unit == VoteUnit.ORGANISATION
    places = [
        SeatPeople(
            seat.organisation_id if by_organisation else seat.seat_id,
            seat.kind == SeatKind.VOTING,
            tuple(each.person_id for each in seat.holders),
        )
        for seat in seats
    ]
    rule = QUORUM_RULES[rules.quorum]
    counts = {each.id or 0: day_count(places, said[each.id or 0], rule) for each in options}
    named = {each.person_id: each for seat in seats for each in reversed(seat.holders)}
    homes = {each.person_id: seat.organisation for seat in reversed(seats) for each in seat.holders}
    rows = [
        Row(id_, each.name, homes[id_], each.rank > 0, tuple(said[option.id or 0].get(id_) for option in options))
        for id_, each in named.items()
    ]
    others = {id_ for choices in said.values() for id_ in choices} - named.keys()
    rows += [
        Row(id_, name, "", False, tuple(said[option.id or 0].get(id_) for option in options))
        for id_, name in _names(session, others)
    ]
    shown = [row for row in rows if not row.deputy or any(row.choices)]
    own = {id_: choices[actor.person_id] for id_, choices in said.items() if actor.person_id in choices}
    return Grid(found, options, shown, counts, best(counts), own, _meeting_key(session, found))


def _said(session: Session, options: Sequence[DateOption]) -> dict[int, dict[int, DateChoice]]:
    ids = [each.id or 0 for each in options]
    said: dict[int, dict[int, DateChoice]] = defaultdict(dict)
    for row in session.exec(select(DateAnswer).where(col(DateAnswer.option_id).in_(ids))):
        said[row.option_id][row.person_id] = row.choice
    return said


def _names(session: Session, ids: set[int]) -> list[tuple[int, str]]:
    rows = session.exec(select(col(Person.id), col(Person.name)).where(col(Person.id).in_(ids)))
    return [(id_ or 0, name) for id_, name in rows]


def _meeting_key(session: Session, found: FoundPoll) -> str:
    statement = select(Meeting.key).where(col(Meeting.id) == (found.poll.meeting_id or 0))
    return session.exec(statement).first() or ""


def open_polls(session: Session) -> list[FoundPoll]:
    """Every search that is open. One statement."""
    statement = (
        select(DatePoll, Body)
        .join(Body, col(Body.id) == col(DatePoll.body_id))
        .where(col(DatePoll.state) == DatePollState.OPEN)
        .order_by(col(DatePoll.id))
    )
    return [FoundPoll(body=access_of(body), poll=poll, body_row=body) for poll, body in session.exec(statement)]


def answered_by(session: Session, person_id: int, poll_ids: Sequence[int]) -> set[int]:
    """The searches to which this person has said anything. One statement."""
    statement = (
        select(col(DateOption.poll_id))
        .join(DateAnswer, col(DateAnswer.option_id) == col(DateOption.id))
        .where(col(DateAnswer.person_id) == person_id, col(DateOption.poll_id).in_(poll_ids))
    )
    return set(session.exec(statement))
