"""The order of an agenda: a tree of at most three levels, moved among siblings, numbered as it is printed. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from meetings.agenda.rules import number_items

LEVELS = 3


@dataclass(frozen=True)
class Entry:
    """An item as its order sees it."""

    id: int
    parent_id: int | None
    position: int


@dataclass(frozen=True)
class Placed:
    """An item at its place: `position` counts the whole agenda from 0, `depth` is 0 for a main item."""

    id: int
    position: int
    depth: int


def placed(entries: Collection[Entry]) -> list[Placed]:
    """All items in reading order: each main item, then what hangs on it. An item without a parent is a main item."""
    known = {entry.id for entry in entries}
    children: dict[int | None, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.position, each.id)):
        parent = entry.parent_id if entry.parent_id in known else None
        children.setdefault(parent, []).append(entry)
    found: list[tuple[int, int]] = []
    _walk(children, None, 0, found)
    return [Placed(id_, position, depth) for position, (id_, depth) in enumerate(found)]


def _walk(
    children: dict[int | None, list[Entry]], parent: int | None, depth: int, found: list[tuple[int, int]]
) -> None:
    for entry in children.get(parent, ()):
        found.append((entry.id, depth))
        _walk(children, entry.id, depth + 1, found)


def moved(entries: Sequence[Entry], item_id: int, steps: int) -> list[Entry]:
    """The entries after one of them changed places with its neighbour, `steps` -1 up or +1 down.

    What hangs on it goes along. At the end of its level it stays where it is.
    """
    wanted = next(entry for entry in entries if entry.id == item_id)
    level = sorted((e for e in entries if e.parent_id == wanted.parent_id), key=lambda each: (each.position, each.id))
    at = level.index(wanted)
    to = at + steps
    if not 0 <= to < len(level):
        return list(entries)
    level[at], level[to] = level[to], level[at]
    order = {entry.id: place for place, entry in enumerate(level)}
    return [Entry(e.id, e.parent_id, order[e.id]) if e.id in order else e for e in entries]


def numbers(places: Iterable[Placed]) -> dict[int, str]:
    """The printed number of each item, „6“ or „6.1“, in reading order."""
    in_order = list(places)
    return dict(zip((each.id for each in in_order), number_items([each.depth for each in in_order]), strict=True))


def depth_of(entries: Collection[Entry], item_id: int | None) -> int:
    """How deep an item stands; -1 for none, so that a new item below `item_id` stands one deeper."""
    if item_id is None:
        return -1
    return next((each.depth for each in placed(entries) if each.id == item_id), -1)


def supplement_number(after: str, given: Collection[str | None]) -> str:
    """The number of an item that is added behind another one after the invitation: „4a“, then „4b“ (Nachtrag).

    A number that was ever given does not come again; behind „4a“ comes „4b“.
    """
    stem = after.rstrip("abcdefghijklmnopqrstuvwxyz") or after
    taken = {number for number in given if number}
    letters = (f"{stem}{letter}" for letter in _letters())
    return next(number for number in letters if number not in taken)


def _letters() -> Iterable[str]:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    yield from alphabet
    yield from (first + second for first in alphabet for second in alphabet)
