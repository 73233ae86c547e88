"""Reading letterheads: which one holds for a document, what a place has, and one version."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from app.people.models import Person
from exports.letterhead.models import BaseDocument, PageHead
from exports.letterhead.states import Purpose


def slot_of(purpose: Purpose, body_id: int | None) -> str:
    """What a document in use occupies."""
    return f"{purpose.value}/{body_id}" if body_id else purpose.value


def head_slot(body_id: int | None) -> str:
    """What a page head in use occupies."""
    return f"head/{body_id}" if body_id else "head"


def base_in_use(session: Session, purpose: Purpose, body_id: int | None) -> BaseDocument | None:
    """The template of the body or county, else the letterhead of the body or county. One statement."""
    purposes = dict.fromkeys((purpose, Purpose.LETTERHEAD))
    slots = [slot_of(each, body) for each in purposes for body in dict.fromkeys((body_id, None))]
    statement = select(BaseDocument).where(col(BaseDocument.slot).in_(slots))
    found = {row.slot: row for row in session.exec(statement)}
    return next((found[slot] for slot in slots if slot in found), None)


def head_in_use(session: Session, body_id: int | None) -> PageHead | None:
    """The page head that holds: the body's own, else the county's. One statement."""
    slots = [head_slot(body) for body in dict.fromkeys((body_id, None))]
    statement = select(PageHead).where(col(PageHead.slot).in_(slots))
    found = {row.slot: row for row in session.exec(statement)}
    return next((found[slot] for slot in slots if slot in found), None)


@dataclass(frozen=True)
class Version:
    """A version of a document with who uploaded it; its content is not loaded."""

    row: BaseDocument
    by: str

    @property
    def notes(self) -> list[str]:
        """The codes of what was left out."""
        return self.row.notes.split()


def _of_place(body_id: int | None) -> ColumnElement[bool]:
    return col(BaseDocument.body_id) == body_id if body_id else col(BaseDocument.body_id).is_(None)


def versions(session: Session, purpose: Purpose, body_id: int | None) -> list[Version]:
    """Every version for a place, the newest first. One statement."""
    statement = (
        select(BaseDocument, Person.name)
        .options(defer(BaseDocument.content))  # type: ignore[arg-type]
        .join(Person, col(Person.id) == col(BaseDocument.by_id), isouter=True)
        .where(col(BaseDocument.purpose) == purpose, _of_place(body_id))
        .order_by(col(BaseDocument.id).desc())
    )
    return [Version(row, name or "") for row, name in session.exec(statement)]


def in_use(session: Session, body_id: int | None) -> dict[Purpose, Version]:
    """What a place has of its own, by purpose. One statement."""
    statement = (
        select(BaseDocument, Person.name)
        .options(defer(BaseDocument.content))  # type: ignore[arg-type]
        .join(Person, col(Person.id) == col(BaseDocument.by_id), isouter=True)
        .where(col(BaseDocument.slot).is_not(None), _of_place(body_id))
    )
    return {row.purpose: Version(row, name or "") for row, name in session.exec(statement)}


def bodies_with_own(session: Session) -> set[int]:
    """The bodies that have something of their own in use. One statement."""
    statement = select(BaseDocument.body_id).where(
        col(BaseDocument.slot).is_not(None), col(BaseDocument.body_id).is_not(None)
    )
    return {body_id for body_id in session.exec(statement.distinct()) if body_id}


def version_by_id(session: Session, purpose: Purpose, body_id: int | None, version_id: int) -> BaseDocument | None:
    """One version, if it belongs to this place and purpose."""
    statement = select(BaseDocument).where(
        col(BaseDocument.id) == version_id, col(BaseDocument.purpose) == purpose, _of_place(body_id)
    )
    return session.exec(statement).first()


def own_head(session: Session, body_id: int | None) -> PageHead | None:
    """The head that a place has of its own. One statement."""
    return session.exec(select(PageHead).where(col(PageHead.slot) == head_slot(body_id))).first()
