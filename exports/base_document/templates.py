"""Whether a template can be filled: every placeholder known, every block closed, everything where it can stand.

All faults are told at once, each with the part, the paragraph and the words around it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import qn
from lxml import etree

from exports.base_document.filling import STORY
from exports.base_document.opening import Node
from exports.base_document.placeholders import CONTENT, MARK, ROW, Line, Mark, lines_of
from exports.base_document.refusals import Fault, Place, Problem, Refused

AROUND = 30
MOST_TOLD = 12
MOST_MARKS = 500
FOREIGN = re.compile(r"\{%|%\}|\{#|#\}")


@dataclass(frozen=True)
class Vocabulary:
    """The names that a template may use: texts, and blocks with the names of their rows.

    `has_content` lets it take the generated text; of `needed` names it must use at least one, if there are any.
    """

    texts: frozenset[str]
    blocks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    has_content: bool = False
    needed: frozenset[str] = frozenset()


@dataclass
class _Reading:
    """What was seen so far of one part."""

    vocabulary: Vocabulary
    part: str
    used: set[str]
    marks: int = 0
    open_block: tuple[Mark, Line, Place] | None = None


def check_placeholders(content: bytes, vocabulary: Vocabulary) -> None:
    """Raises Refused with every fault of a clean package's placeholders."""
    used: set[str] = set()
    with ZipFile(BytesIO(content)) as archive:
        names = sorted(filter(STORY.match, archive.namelist()))
        problems = [
            problem
            for name in names
            for problem in _faults(etree.fromstring(archive.read(name)), name, vocabulary, used)
        ]
    if not problems and vocabulary.needed and not used & vocabulary.needed:
        problems = [Problem(Fault.CONTENT_MISSING, about=", ".join(sorted(vocabulary.needed)))]
    if problems:
        raise Refused(*problems[:MOST_TOLD])


def _faults(root: Node, part: str, vocabulary: Vocabulary, used: set[str]) -> Iterator[Problem]:
    reading = _Reading(vocabulary, part, used)
    for number, line in enumerate(lines_of(root), 1):
        if "{" in line.text or "}" in line.text:
            reading.marks += len(line.marks)
            yield from _faults_in(line, number, reading)
    if reading.marks > MOST_MARKS:
        yield Problem(Fault.TOO_MANY, Place(part))
    if reading.open_block is not None:
        mark, _line, place = reading.open_block
        yield Problem(Fault.BLOCK_OPEN, place, mark.name)


def _faults_in(line: Line, number: int, reading: _Reading) -> Iterator[Problem]:
    def place(begin: int) -> Place:
        around = line.text[max(0, begin - AROUND) : begin + AROUND].replace("\n", " ").strip()
        return Place(reading.part, number, around)

    foreign = FOREIGN.search(line.text)
    if foreign is not None and not any(mark.begin <= foreign.start() < mark.end for mark in line.marks):
        yield Problem(Fault.CONTROL, place(foreign.start()), foreign[0])
    rest = MARK.sub(lambda found: " " * len(found[0]), line.text)
    for sign, fault in (("{{", Fault.UNCLOSED), ("}}", Fault.STRAY_END)):
        if sign in rest:
            yield Problem(fault, place(rest.index(sign)))
    for mark in line.marks:
        problem = _fault_of(mark, line, place(mark.begin), reading)
        if problem is not None:
            yield problem


def _fault_of(mark: Mark, line: Line, place: Place, reading: _Reading) -> Problem | None:
    if mark.sign == "#":
        return _begin_block(mark, line, place, reading)
    if mark.sign == "/":
        return _end_block(mark, line, place, reading)
    if mark.name == CONTENT:
        return _content(line, place, reading)
    return _text(mark, place, reading)


def _begin_block(mark: Mark, line: Line, place: Place, reading: _Reading) -> Problem | None:
    if mark.name not in reading.vocabulary.blocks:
        return Problem(Fault.UNKNOWN_BLOCK, place, mark.name, _close(mark.name, reading.vocabulary.blocks))
    if reading.open_block is not None:
        return Problem(Fault.BLOCK_NESTED, place, mark.name)
    reading.open_block = (mark, line, place)
    return None


def _end_block(mark: Mark, line: Line, place: Place, reading: _Reading) -> Problem | None:
    if reading.open_block is None or reading.open_block[0].name != mark.name:
        return Problem(Fault.BLOCK_END, place, mark.name)
    begun = reading.open_block[1]
    reading.open_block = None
    reading.used.add(mark.name)
    return None if _can_repeat(begun, line) else Problem(Fault.BLOCK_PLACE, place, mark.name)


def _can_repeat(begin: Line, end: Line) -> bool:
    """One paragraph, one row of a table, or what lies between two paragraphs that hold nothing but the marks."""
    if begin.paragraph is end.paragraph:
        return True
    first, last = (next(each.paragraph.iterancestors(ROW), None) for each in (begin, end))
    if first is not None and first is last:
        return True
    beside = begin.paragraph.getparent() is end.paragraph.getparent()
    return beside and begin.alone is not None and end.alone is not None


def _content(line: Line, place: Place, reading: _Reading) -> Problem | None:
    if not reading.vocabulary.has_content:
        return Problem(Fault.UNKNOWN, place, CONTENT)
    if CONTENT in reading.used:
        return Problem(Fault.CONTENT_TWICE, place)
    if reading.open_block is not None or line.paragraph.getparent().tag != qn("w:body"):
        return Problem(Fault.CONTENT_PLACE, place)
    reading.used.add(CONTENT)
    has_section = line.paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    return Problem(Fault.CONTENT_ALONE, place) if line.alone is None or has_section else None


def _text(mark: Mark, place: Place, reading: _Reading) -> Problem | None:
    vocabulary = reading.vocabulary
    reading.used.add(mark.name)
    if mark.name in vocabulary.texts:
        return None
    inside = vocabulary.blocks[reading.open_block[0].name] if reading.open_block else frozenset()
    if mark.name in inside:
        return None
    home = next((name for name, fields in vocabulary.blocks.items() if mark.name in fields), "")
    if home:
        return Problem(Fault.OUTSIDE_BLOCK, place, mark.name, home)
    return Problem(Fault.UNKNOWN, place, mark.name, _close(mark.name, vocabulary.texts | inside))


def _close(name: str, known: frozenset[str] | Mapping[str, object]) -> str:
    return next(iter(get_close_matches(name, list(known), 1)), "")
