"""What was captured on the spot, as the minutes print it: notes, tasks, motions from the floor; and interruptions."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.people.models import Organisation, Person
from meetings.agenda.models import AgendaItem
from meetings.room.models import CapturedRow, Interruption
from meetings.room.states import CapturedKind, MotionResult


@dataclass(frozen=True)
class Captured:
    """A note, a task (`person`: who, `due`: until when) or a motion (`person`: who moved it, `result`, votes)."""

    id: int
    kind: CapturedKind
    at: datetime
    text: str
    item_id: int | None = None
    item_number: str | None = None
    person_id: int | None = None
    person: str | None = None
    organisation: str | None = None
    due: date | None = None
    result: MotionResult | None = None
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    version: int = 1


def captured_of(session: Session, item_id: int) -> list[Captured]:
    """What was captured at an item, in the order of the moments. One statement."""
    return _captured(session, col(CapturedRow.item_id) == item_id)


def captured_in(session: Session, meeting_id: int) -> list[Captured]:
    """What was captured in a meeting, in the order of the moments. One statement."""
    return _captured(session, col(CapturedRow.meeting_id) == meeting_id)


def _captured(session: Session, *conditions: ColumnElement[bool]) -> list[Captured]:
    statement = (
        select(CapturedRow, col(AgendaItem.number), col(Person.name), col(Organisation.name))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(CapturedRow.item_id))
        .outerjoin(Person, col(Person.id) == col(CapturedRow.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(CapturedRow.dropped).is_(False), *conditions)
        .order_by(col(CapturedRow.at), col(CapturedRow.id))
    )
    return [_one(row, number, name, organisation) for row, number, name, organisation in session.exec(statement)]


def _one(row: CapturedRow, number: str | None, name: str | None, organisation: str | None) -> Captured:
    return Captured(
        id=row.id or 0,
        kind=row.kind,
        at=row.at,
        text=row.text,
        item_id=row.item_id,
        item_number=number,
        person_id=row.person_id,
        person=name,
        organisation=organisation,
        due=row.due,
        result=row.result,
        in_favour=row.in_favour,
        against=row.against,
        abstained=row.abstained,
        version=row.version,
    )


def interruptions_of(session: Session, meeting_id: int) -> list[Interruption]:
    """The interruptions of a meeting with their reasons, in their order. One statement."""
    statement = select(Interruption).where(col(Interruption.meeting_id) == meeting_id)
    return list(session.exec(statement.order_by(col(Interruption.since))))
