"""Reading what was signed, objected to and kept of minutes."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from meetings.agenda.models import AgendaItem, Meeting
from meetings.decisions.models import Decision
from meetings.minutes.models import KeptFile, Minutes, MinutesObjection, MinutesSignature
from meetings.minutes.states import FilePurpose


@dataclass(frozen=True)
class Objection:
    """An objection with the number of its item and the meeting whose minutes it is about."""

    row: MinutesObjection
    number: str
    meeting: str

    @property
    def id(self) -> int:
        """The objection's id, which names its row."""
        return self.row.id or 0


def signatures_of(session: Session, minutes_id: int | None) -> tuple[MinutesSignature, ...]:
    """The signatures and refusals, in the order in which they were given. One statement."""
    statement = select(MinutesSignature).where(col(MinutesSignature.minutes_id) == minutes_id)
    return tuple(session.exec(statement.order_by(col(MinutesSignature.at))))


def objections_to(session: Session, minutes_id: int | None) -> tuple[Objection, ...]:
    """The objections to these minutes. One statement."""
    return _objections(session, col(MinutesObjection.minutes_id) == minutes_id)


def objections_treated_in(session: Session, meeting_id: int | None) -> tuple[Objection, ...]:
    """The objections to earlier minutes that this meeting treated: its own minutes print them. One statement."""
    return _objections(session, col(MinutesObjection.treated_in_id) == meeting_id)


def _objections(session: Session, condition: ColumnElement[bool]) -> tuple[Objection, ...]:
    rows = session.exec(
        select(MinutesObjection, AgendaItem.number, Meeting.title)
        .join(Minutes, col(Minutes.id) == col(MinutesObjection.minutes_id))
        .join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(MinutesObjection.item_id))
        .where(condition)
        .order_by(col(MinutesObjection.id))
    )
    return tuple(Objection(row, number or "", title) for row, number, title in rows)


@dataclass(frozen=True)
class FileLine:
    """A kept file without its content."""

    id: int
    purpose: FilePurpose
    name: str
    sha256: str
    size: int
    decision_id: int | None
    decision: str


def files_of(session: Session, minutes_id: int | None) -> tuple[FileLine, ...]:
    """The files that are kept of these minutes, their content left where it is. One statement."""
    statement = (
        select(KeptFile, Decision.key)
        .options(defer(KeptFile.content))  # type: ignore[arg-type]
        .outerjoin(Decision, col(Decision.id) == col(KeptFile.decision_id))
        .where(col(KeptFile.minutes_id) == minutes_id)
        .order_by(col(KeptFile.id))
    )
    return tuple(
        FileLine(row.id or 0, row.purpose, row.name, row.sha256, row.size, row.decision_id, key or "")
        for row, key in session.exec(statement)
    )


@dataclass(frozen=True)
class Known:
    """A file of the register: what it is, of which meeting, since when."""

    name: str
    meeting: str
    meeting_key: str
    file: KeptFile


def known_file(session: Session, sha256: str, purposes: Collection[FilePurpose] = tuple(FilePurpose)) -> Known | None:
    """The kept file with these very bytes that serves one of these purposes. One statement."""
    row = session.exec(
        select(KeptFile, Meeting.title, Meeting.key)
        .join(Minutes, col(Minutes.id) == col(KeptFile.minutes_id))
        .join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
        .where(col(KeptFile.sha256) == sha256, col(KeptFile.purpose).in_(purposes))
        .order_by(col(KeptFile.id))
        .limit(1)
    ).first()
    return Known(row[0].name, row[1], row[2], row[0]) if row else None
