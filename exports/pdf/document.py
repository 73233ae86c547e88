"""A short document (`exports.document`) as PDF."""

from typing import Any, BinaryIO

from exports.document import Document, Fact, Section, Table
from exports.docx.styles import TEXT_WIDTH
from exports.docx.tables import snug_widths
from exports.pdf.glyphs import showable
from exports.pdf.head import head_values
from exports.pdf.markdown import blocks
from exports.pdf.typesetting import typeset

TEMPLATE = "document.typ"
SECTION_LEVEL = 1


def write_document(document: Document, target: BinaryIO) -> None:
    """Write the document as PDF/UA-1 and PDF/A-2a to a binary stream. Equal content gives equal bytes."""
    typeset(TEMPLATE, content_of(document), document.issued_at, target)


def content_of(document: Document) -> dict[str, Any]:
    """The document as the template reads it: plain values, every text showable."""
    language, _dash, region = document.language.partition("-")
    plain = ("owner", "programme", "kind", "number", "title", "classification", "date")
    return {
        **{name: showable(getattr(document, name)) for name in plain},
        "lead": _fact(document.lead) if document.lead else None,
        "sections": [_section(section) for section in document.sections],
        "facts": [_fact(fact) for fact in document.facts],
        "draft": document.wording.draft.upper() if document.is_draft else None,
        "language": language,
        "region": region or None,
        "page": document.wording.page,
        "of": document.wording.page_of,
        "head": head_values(document.letterhead),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": showable(section.title),
        "blocks": blocks(section.text, below=SECTION_LEVEL),
        "facts": [_fact(fact) for fact in section.facts],
        "table": _table(section.table) if section.table else None,
        "entries": [{"title": showable(entry.title), "detail": showable(entry.detail)} for entry in section.entries],
        "signed_by": [showable(line) for line in section.signed_by],
    }


def _fact(fact: Fact) -> dict[str, str]:
    return {"label": showable(fact.label), "text": showable(fact.text)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": showable(table.caption),
        "head": [showable(title) for title in table.columns],
        "rows": [[showable(cell) for cell in row] for row in table.rows],
        "aligns": ["right" if place in table.numbers else "left" for place in range(len(table.columns))],
        "widths": snug_widths(table.columns, table.rows, TEXT_WIDTH),
    }
