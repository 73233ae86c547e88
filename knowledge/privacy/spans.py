"""Stretches of a text that were marked, none overlapping. Pure."""

from bisect import bisect_left

from knowledge.privacy.patterns import Kind

Span = tuple[int, int, Kind]


class Spans:
    """What was taken so far, in the order of the text. Whatever comes first keeps its place; names grow together."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._taken: list[Span] = []

    def in_order(self) -> list[Span]:
        """Start, end and kind of what was taken."""
        return self._taken

    def take(self, kind: Kind, start: int, end: int) -> None:
        """Mark a stretch. One that is taken already is left alone, but a name takes what is free of its stretch."""
        first, last = self._neighbours(start, end)
        near = self._taken[first:last]
        if kind != Kind.NAME:
            if not any(_overlap(each, start, end) for each in near):
                place = bisect_left(self._taken, (start,))
                self._taken.insert(place, (start, end, kind))
            return
        for each in near:
            if each[2] != Kind.NAME and _overlap(each, start, end):
                start, end = (each[1], end) if each[0] <= start else (start, each[0])
        while start < end and self._text[start].isspace():
            start += 1
        while start < end and self._text[end - 1].isspace():
            end -= 1
        if end - start > 1:
            self._grow(start, end)

    def _grow(self, start: int, end: int) -> None:
        """A name, together with the names that it overlaps or that only a blank parts from it."""
        first, last = self._neighbours(start, end)
        near = self._taken[first:last]
        names = [each for each in near if each[2] == Kind.NAME]
        whole = (
            min(start, *(each[0] for each in names), start),
            max(end, *(each[1] for each in names), end),
            Kind.NAME,
        )
        self._taken[first:last] = sorted([whole, *(each for each in near if each[2] != Kind.NAME)])

    def _neighbours(self, start: int, end: int) -> tuple[int, int]:
        """From where to where in the list stretches overlap this one or stand one blank beside it."""
        first = last = bisect_left(self._taken, (start,))
        if first and (self._taken[first - 1][1] > start or self._one_blank(self._taken[first - 1][1], start)):
            first -= 1
        while last < len(self._taken) and (self._taken[last][0] < end or self._one_blank(end, self._taken[last][0])):
            last += 1
        return first, last

    def _one_blank(self, end: int, start: int) -> bool:
        return start == end + 1 and self._text[end] == " "


def _overlap(each: Span, start: int, end: int) -> bool:
    return each[0] < end and start < each[1]
