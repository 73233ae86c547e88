"""A county's own look for a document: its Word document to write into, what fills the placeholders there, and what
stands in the head of a PDF.

Values only. Where they come from is the matter of `exports.letterhead`; without them documents look like the house's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Row = Mapping[str, str]


@dataclass(frozen=True)
class Filling:
    """What placeholders stand for: texts by name, and for each block its rows, whose names are those of its items."""

    texts: Mapping[str, str] = field(default_factory=dict)
    blocks: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """What a county says of itself at the top and at the bottom of a page; `logo` is PNG or JPEG, empty if none."""

    lines: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    logo: bytes = b""
    logo_words: str = ""


@dataclass(frozen=True)
class Letterhead:
    """`package` is a clean DOCX to write into, empty for the house's own; a template keeps its text."""

    package: bytes = b""
    is_template: bool = False
    filling: Filling = Filling()
    head: Head | None = None


HOUSE = Letterhead()
