"""What a short official document contains, as plain values: a topic's brief today, an invitation or report tomorrow.

Every writer (the page, Word, PDF) reads this one model, so that all say the same. No database, no layout; all texts are
as people are to read them. Minutes, which are longer and stricter, have a model of their own in `docx/content.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from exports.docx.letterhead import HOUSE, Letterhead
from exports.docx.wording import GERMAN, Wording


@dataclass(frozen=True)
class Fact:
    """A named fact: „Frist: 30.06.2027“. Plain text."""

    label: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A thing in a list: its name, and what there is to say about it. Plain text."""

    title: str
    detail: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of plain texts under heads; `numbers` are the places of columns that hold numbers.

    Raises ValueError if a row has another number of cells than there are columns.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("each row of a table needs one cell per column")


@dataclass(frozen=True)
class Section:
    """A part, with a heading if it has a title. What it has is told in this order: `text` (Markdown), facts, the table,
    the list, and room for the signatures of the people named in `signed_by` (plain text, a line each).
    """

    title: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    entries: tuple[Entry, ...] = ()
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One document: whose it is, what kind, who may read it, its parts, and the facts at its end.

    `classification` stands on every page. `issued_at` is the moment that the file itself states, aware. A draft says
    so across every page. `language` is a BCP 47 tag.
    """

    owner: str
    programme: str
    kind: str
    number: str
    title: str
    classification: str
    date: str
    sections: tuple[Section, ...]
    issued_at: datetime
    lead: Fact | None = None
    facts: tuple[Fact, ...] = ()
    is_draft: bool = False
    language: str = "de-DE"
    wording: Wording = GERMAN
    letterhead: Letterhead = HOUSE
