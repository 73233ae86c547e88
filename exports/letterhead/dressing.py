"""The one way for a document to get the county's look: `dressed(session, document, purpose, body_id, filling)`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from sqlmodel import Session

from exports.document import Document
from exports.docx.content import MinutesDocument
from exports.docx.letterhead import Filling, Head, Letterhead
from exports.letterhead.models import PageHead
from exports.letterhead.queries import base_in_use, head_in_use
from exports.letterhead.states import Purpose
from exports.letterhead.values import document_texts, minutes_filling

AnyDocument = TypeVar("AnyDocument", bound=Document | MinutesDocument)
NOTHING = Filling()


def dressed(
    session: Session,
    document: AnyDocument,
    body_id: int | None = None,
    purpose: Purpose = Purpose.LETTERHEAD,
    filling: Filling = NOTHING,
) -> AnyDocument:
    """The document in the look of the body, or of the county. Two statements; without either it stays as it is."""
    base, row = base_in_use(session, purpose, body_id), head_in_use(session, body_id)
    if base is None and row is None:
        return document
    is_template = base is not None and base.purpose is not Purpose.LETTERHEAD
    look = Letterhead(base.content if base else b"", is_template, filling, None if row is None else head_of(row))
    return wearing(document, look)


def dressed_minutes(session: Session, minutes: MinutesDocument, body_id: int | None) -> MinutesDocument:
    """Minutes in the look of their body; the placeholders know nothing but what the document itself says."""
    return dressed(session, minutes, body_id, Purpose.MINUTES, minutes_filling(minutes))


def wearing(document: AnyDocument, look: Letterhead) -> AnyDocument:
    """The document in this look; the placeholders of every document are filled beside those of the look."""
    texts: Mapping[str, str] = {**document_texts(document), **look.filling.texts}
    return replace(document, letterhead=replace(look, filling=Filling(texts, look.filling.blocks)))


def head_of(row: PageHead) -> Head:
    """The values of a row."""
    return Head(tuple(row.lines.splitlines()), tuple(row.footer.splitlines()), row.logo or b"", row.logo_words)
