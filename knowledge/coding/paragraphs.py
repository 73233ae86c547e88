"""Texts in numbered paragraphs, sentences, and pieces between which the marks change. Pure; offsets are code points."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_ENDS_SENTENCE = re.compile(r"""[.!?…]+["“”»)\]]*(?=\s)""")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[a-zA-ZäöüÄÖÜ]|z\.\s?B|d\.\s?h|u\.\s?a|Nr|Abs|Art|Dr|St|Str|ca|bzw|usw|vgl|ggf|evtl|inkl|max|min|"
    r"Mio|Tel|gem|sog|Std|Mon|Jan|Feb|Aug|Sept|Okt|Nov|Dez|\d{1,2})\.$"
)


@dataclass(frozen=True)
class Span:
    """From the code point `start` up to `end`."""

    start: int
    end: int

    def touches(self, other: "Span") -> bool:
        """Whether both have a letter in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Piece:
    """A stretch of text inside which the marks are the same; `marks` are their numbers, those that start here first."""

    start: int
    text: str
    marks: tuple[int, ...]
    beginning: tuple[int, ...]


def paragraphs(text: str) -> list[Span]:
    """The lines that hold something, without white space at their ends."""
    found = []
    for match in _PARAGRAPH.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        found.append(Span(start, match.start() + len(line.rstrip())))
    return found


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences of a paragraph. They cover it but for white space; common abbreviations and dates end none."""
    found, start = [], within.start
    for match in _ENDS_SENTENCE.finditer(text, within.start, within.end):
        if _ABBREVIATION.search(text[start : match.start() + 1]) and match.group() == ".":
            continue
        found.append(Span(start, match.end()))
        start = match.end()
        while start < within.end and text[start].isspace():
            start += 1
    if start < within.end:
        found.append(Span(start, within.end))
    return found


def pieces(text: str, within: Span, marks: Sequence[Span]) -> list[Piece]:
    """The paragraph cut wherever a mark begins or ends, so that overlapping marks can be drawn."""
    inside = [(number, mark) for number, mark in enumerate(marks) if mark.touches(within)]
    cuts = {within.start, within.end}
    for _number, mark in inside:
        cuts |= {max(mark.start, within.start), min(mark.end, within.end)}
    edges = sorted(cuts)
    return [
        Piece(
            start,
            text[start:end],
            tuple(number for number, mark in inside if mark.start <= start and end <= mark.end),
            tuple(number for number, mark in inside if max(mark.start, within.start) == start),
        )
        for start, end in pairwise(edges)
    ]


def touched(units: Iterable[Span], marks: Iterable[Span]) -> list[bool]:
    """For each unit whether one of the marks touches it."""
    all_marks = list(marks)
    return [any(mark.touches(unit) for mark in all_marks) for unit in units]
