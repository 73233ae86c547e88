"""What changed between two texts, who is named in one, and when news are due. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\w+(?:[-’']\w+)*|\n|[^\S\n]+|\*\*|__|~~|[^\w\s]")
_SMALL = 20_000
"""How many pairs of words difflib may compare in one stretch; longer stretches are cut at words that occur once."""
_DEEPEST = 40
_FOLDED_FROM, _SHOWN_AROUND = 70, 25
MAY_FOLLOW_NAME = re.compile(r"[\w-]")


class Change(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Stretch:
    """A stretch of text and what became of it."""

    change: Change
    text: str


def stamp_of(text: str) -> str:
    """What a form keeps of the text that it showed, to see whether it is still the saved one."""
    return hashlib.sha256(text.strip().encode("utf-8", "replace")).hexdigest()[:16]


def words(text: str) -> list[str]:
    """The text as words, blanks, line breaks, marks and signs; joined again they are the text."""
    return _TOKEN.findall(text)


def differences(old: str, new: str) -> tuple[Stretch, ...]:
    """How the new text came from the old one, word by word.

    Without the GONE stretches it is the new text, without the NEW ones the old text. Between words that occur exactly
    once in both texts („patience diff“) difflib compares the rest, so long texts stay quick.
    """
    if old == new:
        return (Stretch(Change.SAME, new),) if new else ()
    before, after = words(old), words(new)
    parts = [Stretch(change, "".join(piece)) for change, piece in _compare(before, after, 0) if piece]
    return tuple(_readable(parts))


_Part = tuple[Change, Sequence[str]]


def _compare(before: Sequence[str], after: Sequence[str], depth: int) -> Iterator[_Part]:
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    yield Change.SAME, before[:head]
    yield from _compare_middle(before[head : len(before) - tail], after[head : len(after) - tail], depth)
    yield Change.SAME, before[len(before) - tail :]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _compare_middle(before: Sequence[str], after: Sequence[str], depth: int) -> Iterator[_Part]:
    if not before or not after:
        yield Change.GONE, before
        yield Change.NEW, after
    elif len(before) * len(after) <= _SMALL:
        yield from _with_difflib(before, after)
    else:
        anchors = _anchors(before, after) if depth < _DEEPEST else []
        if not anchors:
            yield Change.GONE, before
            yield Change.NEW, after
            return
        start, begin = 0, 0
        for left, right in [*anchors, (len(before), len(after))]:
            yield from _compare(before[start:left], after[begin:right], depth + 1)
            yield Change.SAME, before[left : left + 1]
            start, begin = left + 1, right + 1


def _with_difflib(before: Sequence[str], after: Sequence[str]) -> Iterator[_Part]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Change.SAME, before[a:b]
        else:
            yield Change.GONE, before[a:b]
            yield Change.NEW, after[c:d]


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Places of words that occur once on both sides, in the longest run that keeps the order of both."""
    once = {word for word, count in Counter(before).items() if count == 1}
    once &= {word for word, count in Counter(after).items() if count == 1}
    place = {word: index for index, word in enumerate(after) if word in once}
    pairs = [(index, place[word]) for index, word in enumerate(before) if word in once]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, rising on the left already, that rises on the right too."""
    ends: list[int] = []
    lowest: list[int] = []
    before: list[int] = []
    for number, (_left, right) in enumerate(pairs):
        length = _place(lowest, right)
        lowest[length : length + 1] = [right]
        ends[length : length + 1] = [number]
        before.append(ends[length - 1] if length else -1)
    run: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _place(lowest: Sequence[int], value: int) -> int:
    low, high = 0, len(lowest)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if lowest[middle] < value else (low, middle)
    return low


def _readable(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours joined; a lone blank between two changes belongs to both, so that a phrase reads as one."""
    gone: list[str] = []
    new: list[str] = []
    same: list[str] = []

    def changes() -> Iterator[Stretch]:
        if gone:
            yield Stretch(Change.GONE, "".join(gone))
        if new:
            yield Stretch(Change.NEW, "".join(new))
        gone.clear()
        new.clear()

    for part in parts:
        if part.change == Change.SAME:
            same.append(part.text)
            continue
        between = "".join(same)
        if between and (gone or new) and between.isspace() and "\n" not in between:
            gone.append(between)
            new.append(between)
        elif between:
            yield from changes()
            yield Stretch(Change.SAME, between)
        same.clear()
        (gone if part.change == Change.GONE else new).append(part.text)
    yield from changes()
    if same:
        yield Stretch(Change.SAME, "".join(same))


@dataclass(frozen=True)
class Passage:
    """Stretches to be shown, or an unchanged text of `folded` words that is folded away."""

    stretches: tuple[Stretch, ...]
    folded: int = 0


def passages(stretches: Sequence[Stretch]) -> tuple[Passage, ...]:
    """The stretches with long unchanged ones folded, a few words of them left at either side."""
    shown: list[Stretch] = []
    found: list[Passage] = []
    for number, stretch in enumerate(stretches):
        pieces = words(stretch.text) if stretch.change == Change.SAME else []
        if sum(piece[0].isalnum() for piece in pieces) < _FOLDED_FROM:
            shown.append(stretch)
            continue
        head = "" if number == 0 else "".join(pieces[: 2 * _SHOWN_AROUND])
        tail = "" if number == len(stretches) - 1 else "".join(pieces[-2 * _SHOWN_AROUND :])
        middle = stretch.text[len(head) : len(stretch.text) - len(tail)]
        found += [Passage((*shown, Stretch(Change.SAME, head)))] if shown or head else []
        folded = sum(piece[0].isalnum() for piece in words(middle))
        found.append(Passage((Stretch(Change.SAME, middle),), folded))
        shown = [Stretch(Change.SAME, tail)] if tail else []
    return (*found, Passage(tuple(shown))) if shown else tuple(found)


def named(text: str, people: Mapping[int, str]) -> frozenset[int]:
    """Who is named in a text as „@Vorname Nachname“; of two people of one name, both."""
    lowered = text.casefold()
    return frozenset(person for person, name in people.items() if name.strip() and _names(lowered, name.casefold()))


def _names(text: str, name: str) -> bool:
    start = text.find(f"@{name}")
    while start >= 0:
        end = start + 1 + len(name)
        if end == len(text) or not MAY_FOLLOW_NAME.match(text[end]):
            return True
        start = text.find(f"@{name}", end)
    return False


def without_named(text: str, names: Iterable[str]) -> str:
    """The text with blanks for every „@Vorname Nachname“ of these, so that calling a colleague is no finding."""
    longest_first = sorted((re.escape(name.strip()) for name in names if name.strip()), key=len, reverse=True)
    if not longest_first:
        return text
    called = re.compile(rf"@(?:{'|'.join(longest_first)})(?![\w-])", re.IGNORECASE)
    return called.sub(lambda match: " " * len(match.group()), text)


REMINDED = (7, 1)
"""How many days before a deadline the people who follow a thing are reminded."""


def is_reminded(deadline: date, after: date, until: date) -> bool:
    """Whether a reminder falls into the days after `after` up to `until`; each falls into one digest."""
    return any(after < deadline - timedelta(days=days) <= until for days in REMINDED)


def is_due(rhythm: str, last: date | None, today: date) -> bool:
    """Whether a digest is due: daily once a day, weekly on Mondays, or a week after the last one if that was missed."""
    if rhythm == "daily":
        return last is None or last < today
    if rhythm == "weekly":
        return (today.weekday() == 0 and (last is None or last < today)) or (
            last is not None and today - last >= timedelta(days=7)
        )
    return False
