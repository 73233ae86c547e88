"""Reading documents: the list by kind of paper, and one."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from app.core.permissions import Actor
from app.people.models import Person
from knowledge.documents.models import Document
from knowledge.documents.states import PaperKind
from knowledge.gaps.visibility import visible_levels

PER_PAGE = 30


@dataclass(frozen=True)
class DocumentLine:
    """A document of the list, without its text."""

    key: str
    title: str
    paper: PaperKind
    dated: Any
    source_name: str


def document_by_key(session: Session, key: str) -> Document | None:
    """The document of this key."""
    return session.exec(select(Document).where(col(Document.key) == key)).first()


def importer_name(session: Session, document: Document) -> str:
    """Who took the document in."""
    return session.exec(select(Person.name).where(col(Person.id) == document.imported_by_id)).first() or ""


def counts_by_paper(session: Session, actor: Actor) -> dict[PaperKind, int]:
    """How many documents of each kind the reader may read. One statement."""
    statement = (
        select(Document.paper, func.count(col(Document.id)))
        .where(col(Document.visibility).in_(visible_levels(actor)))
        .group_by(col(Document.paper))
    )
    return {PaperKind(paper): number for paper, number in session.exec(statement)}


def documents(session: Session, actor: Actor, paper: PaperKind | None, page: int) -> list[DocumentLine]:
    """One page of what the reader may read, the newest paper first. One statement."""
    statement = (
        select(Document.key, Document.title, Document.paper, Document.dated, Document.source_name)  # type: ignore[call-overload]
        .where(col(Document.visibility).in_(visible_levels(actor)))
        .order_by(col(Document.dated).desc().nulls_last(), col(Document.id))
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    if paper is not None:
        statement = statement.where(col(Document.paper) == paper)
    return [DocumentLine(*row) for row in session.exec(statement)]
