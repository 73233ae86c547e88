"""Why a document is not taken: a code that `exports.letterhead.wording` puts into words, and the place in the file."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Every reason for which a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PDF = "pdf"
    OLD_WORD = "old_word"
    OPEN_DOCUMENT = "open_document"
    NOT_WORD = "not_word"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    NESTED = "nested"
    MACROS = "macros"
    EMBEDDED = "embedded"
    EXTERNAL = "external"
    REMOTE_TEMPLATE = "remote_template"
    FOREIGN_TEXT = "foreign_text"
    ENTITIES = "entities"
    STRICT = "strict"
    FIELD = "field"
    PICTURE_KIND = "picture_kind"
    PICTURE_BROKEN = "picture_broken"
    PICTURE_SIZE = "picture_size"
    LOGO_LARGE = "logo_large"
    PAGE_NARROW = "page_narrow"
    PAGE_LOW = "page_low"
    FOOTNOTES = "footnotes"
    CONTROL = "control"
    UNCLOSED = "unclosed"
    STRAY_END = "stray_end"
    UNKNOWN = "unknown"
    UNKNOWN_BLOCK = "unknown_block"
    OUTSIDE_BLOCK = "outside_block"
    BLOCK_OPEN = "block_open"
    BLOCK_END = "block_end"
    BLOCK_NESTED = "block_nested"
    BLOCK_PLACE = "block_place"
    CONTENT_ALONE = "content_alone"
    CONTENT_TWICE = "content_twice"
    CONTENT_PLACE = "content_place"
    TOO_MANY = "too_many"
    CONTENT_MISSING = "content_missing"


class Note(StrEnum):
    """What was changed or left out of a file that is taken."""

    BODY_LEFT_OUT = "body_left_out"
    SECTIONS_LEFT_OUT = "sections_left_out"
    NOT_A4 = "not_a4"
    HEADINGS_UNNUMBERED = "headings_unnumbered"
    NO_ALT_TEXT = "no_alt_text"
    CHANGES_ACCEPTED = "changes_accepted"
    STYLES_ADDED = "styles_added"
    NO_HEAD = "no_head"
    FONTS_LEFT_OUT = "fonts_left_out"


@dataclass(frozen=True)
class Place:
    """Where in the file: the part as people call it, the paragraph in it counted from 1, the words around the fault."""

    part: str = ""
    paragraph: int = 0
    around: str = ""


@dataclass(frozen=True)
class Problem:
    """One fault with its place and what it is about (a name, an address, a number)."""

    fault: Fault
    place: Place = Place()
    about: str = ""
    hint: str = ""


class Refused(ValueError):
    """The file is not taken, for these reasons."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.fault for problem in problems))
        self.problems = problems


def refuse(fault: Fault, part: str = "", about: str = "") -> Refused:
    """A refusal for one reason."""
    return Refused(Problem(fault, Place(part), about[:LONGEST_ABOUT]))


LONGEST_ABOUT = 80
