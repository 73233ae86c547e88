"""Reading bodies: the seats that a person occupies, one body with its rules, its seats, mandate and neighbours."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Date, and_, bindparam, or_
from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import SeatHeld
from app.core.prepared import Prepared
from app.people.models import Organisation, Person
from knowledge.gaps.models import Topic
from meetings.bodies.models import Body, BodyChange, BodyRules, Mandate, MandatePoint, Seat, SeatHolder, TopicMandate
from meetings.bodies.policy import BodyAccess
from meetings.bodies.states import BodyKind, MandatePointKind, SeatKind


@dataclass(frozen=True, kw_only=True)
class FoundBody(BodyAccess):
    """A body as its page needs it; also what the predicates ask for."""

    body: Body


@dataclass(frozen=True)
class Holder:
    """A person on a seat; `rank` 0 holds it, 1 and up are deputies."""

    person_id: int
    name: str
    rank: int


@dataclass(frozen=True)
class SeatRow:
    """A seat of a body with its organisation and the people who may sit on it."""

    seat_id: int
    organisation_id: int
    organisation: str
    kind: SeatKind
    holders: tuple[Holder, ...] = ()

    @property
    def holder(self) -> Holder | None:
        """Who holds the seat, if anybody does."""
        return next((each for each in self.holders if each.rank == 0), None)

    @property
    def deputies(self) -> tuple[Holder, ...]:
        """Who may stand in, in their order."""
        return tuple(each for each in self.holders if each.rank)


def valid_on(table: type[Seat] | type[SeatHolder], day: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition that a row's period includes the day; an open end is no limit."""
    return and_(
        or_(col(table.valid_from).is_(None), col(table.valid_from) <= day),
        or_(col(table.valid_to).is_(None), col(table.valid_to) >= day),
    )


def seats_of(session: Session, person_id: int, today: date) -> tuple[SeatHeld, ...]:
    """The seats that the person occupies today, as holder or deputy. One statement."""
    rows = _SEATS_OF.rows(session, person=person_id, today=today)
    return tuple(SeatHeld(row.id, row.body_id, str(row.kind), row.rank > 0) for row in rows)


_TODAY: BindParameter[date] = bindparam("today", type_=Date)
_SEATS_OF = Prepared(
    select(col(Seat.id), col(Seat.body_id), col(Seat.kind), col(SeatHolder.rank))
    .join(SeatHolder, col(SeatHolder.seat_id) == col(Seat.id))
    .where(col(SeatHolder.person_id) == bindparam("person"), valid_on(Seat, _TODAY), valid_on(SeatHolder, _TODAY))
    .order_by(col(SeatHolder.rank), col(Seat.id))
)


def access_of(body: Body) -> BodyAccess:
    """What the predicates ask of a body; a project group is chaired by its lead."""
    return BodyAccess(body.id or 0, body.chair_id or body.lead_id, body.moderation_id)


def body_by_key(session: Session, key: str) -> FoundBody | None:
    """The body with this key. One statement."""
    body = session.exec(select(Body).where(col(Body.key) == key)).first()
    return FoundBody(**vars(access_of(body)), body=body) if body else None


def rules_of(session: Session, bodies: Collection[Body]) -> dict[int, BodyRules]:
    """The rules of procedure by body: its own, else its parent's, else the shipped ones. One statement."""
    wanted = {id_ for body in bodies for id_ in (body.id, body.parent_id) if id_}
    found = {row.body_id: row for row in session.exec(select(BodyRules).where(col(BodyRules.body_id).in_(wanted)))}
    return {
        body.id or 0: found.get(body.id or 0) or found.get(body.parent_id or 0) or BodyRules(body_id=body.id or 0)
        for body in bodies
    }


def seat_rows(session: Session, body_id: int, day: date) -> tuple[SeatRow, ...]:
    """The seats of a body on a day, in the body's own order, with their people. One statement."""
    statement = (
        select(Seat, Organisation, SeatHolder, Person)
        .join(Organisation, col(Organisation.id) == col(Seat.organisation_id))
        .outerjoin(SeatHolder, and_(col(SeatHolder.seat_id) == col(Seat.id), valid_on(SeatHolder, day)))
        .outerjoin(Person, col(Person.id) == col(SeatHolder.person_id))
        .where(col(Seat.body_id) == body_id, valid_on(Seat, day))
        .order_by(col(Seat.position), col(Seat.id), col(SeatHolder.rank))
    )
    return _grouped(session.exec(statement).all())


def _grouped(rows: Iterable[tuple[Seat, Organisation, SeatHolder | None, Person | None]]) -> tuple[SeatRow, ...]:
    seats: dict[int, SeatRow] = {}
    people: dict[int, list[Holder]] = {}
    for seat, organisation, holder, person in rows:
        seat_id = seat.id or 0
        seats.setdefault(seat_id, SeatRow(seat_id, seat.organisation_id, organisation.name, seat.kind))
        if holder is not None and person is not None:
            people.setdefault(seat_id, []).append(Holder(holder.person_id, person.name, holder.rank))
    return tuple(
        SeatRow(id_, row.organisation_id, row.organisation, row.kind, tuple(people.get(id_, ())))
        for id_, row in seats.items()
    )


@dataclass(frozen=True, kw_only=True)
class FoundSeat(FoundBody):
    """A seat in its body; who may edit the body may edit the seat."""

    row: SeatRow


def seat_in_body(session: Session, key: str, seat_id: int) -> FoundSeat | None:
    """The seat with this id as it is today, if it belongs to the body with this key. Two statements."""
    found = body_by_key(session, key)
    rows = seat_rows(session, found.body_id, clock.today()) if found else ()
    row = next((each for each in rows if each.seat_id == seat_id), None)
    return FoundSeat(**vars(found), row=row) if found and row else None


@dataclass(frozen=True)
class ChangeRow:
    """A change of a body: who, when, what."""

    change: BodyChange
    by: str | None
    changes: tuple[tuple[str, str, str], ...]


def changes_of(session: Session, body_id: int) -> list[ChangeRow]:
    """Every change of a body, the newest first. One statement."""
    statement = (
        select(BodyChange, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(BodyChange.person_id))
        .where(col(BodyChange.body_id) == body_id)
        .order_by(col(BodyChange.id).desc())
    )
    return [
        ChangeRow(change, name, tuple((field, before, after) for field, before, after in json.loads(change.changes)))
        for change, name in session.exec(statement)
    ]


@dataclass(frozen=True)
class MandateView:
    """A project group's mandate with its lists and the topics that it was given."""

    mandate: Mandate
    points: dict[MandatePointKind, tuple[str, ...]]


def mandate_of(session: Session, body_id: int) -> MandateView | None:
    """What the body was asked to do, if anything. One statement."""
    statement = (
        select(Mandate, MandatePoint)
        .outerjoin(MandatePoint, col(MandatePoint.mandate_id) == col(Mandate.id))
        .where(col(Mandate.body_id) == body_id)
        .order_by(col(MandatePoint.position))
    )
    rows = session.exec(statement).all()
    points: dict[MandatePointKind, tuple[str, ...]] = {}
    for _mandate, point in rows:
        if point is not None:
            points[point.kind] = (*points.get(point.kind, ()), point.text)
    return MandateView(rows[0][0], points) if rows else None


def topics_given_to(session: Session, body_id: int, readable: ColumnElement[bool]) -> list[Topic]:
    """The topics that were given to the body, as far as the reader may read them. One statement."""
    statement = (
        select(Topic)
        .join(TopicMandate, col(TopicMandate.topic_id) == col(Topic.id))
        .where(col(TopicMandate.body_id) == body_id, readable)
        .order_by(col(Topic.key))
    )
    return list(session.exec(statement))


@dataclass(frozen=True)
class People:
    """Who leads a body: names of chair, lead and moderation, and of the organisation that runs its office."""

    chair: str | None = None
    lead: str | None = None
    moderation: str | None = None
    office: str | None = None


def leading_people(session: Session, body: Body) -> People:
    """The names behind a body's references. Two statements."""
    ids = [id_ for id_ in (body.chair_id, body.lead_id, body.moderation_id) if id_]
    names = dict(session.exec(select(col(Person.id), col(Person.name)).where(col(Person.id).in_(ids))).all())
    office = session.exec(select(col(Organisation.name)).where(col(Organisation.id) == (body.office_id or 0))).first()
    return People(
        names.get(body.chair_id or 0), names.get(body.lead_id or 0), names.get(body.moderation_id or 0), office
    )


def neighbours(session: Session, body: Body) -> list[Body]:
    """The body it belongs to and the bodies below it, the parent first. One statement."""
    below = col(Body.parent_id) == body.id
    statement = select(Body).where(or_(col(Body.id) == (body.parent_id or 0), below)).order_by(below, col(Body.name))
    return list(session.exec(statement))


def all_bodies(session: Session) -> list[Body]:
    """Every body, those that steer first. One statement."""
    rows = session.exec(select(Body).order_by(col(Body.established), col(Body.name))).all()
    return sorted(rows, key=lambda body: body.kind != BodyKind.STEERING)
