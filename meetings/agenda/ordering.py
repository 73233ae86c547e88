"""The order of an agenda: a tree of at most three levels, moved among siblings, numbered as it is printed. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from meetings.agenda.parts import is_public
from meetings.agenda.rules import number_items
from meetings.agenda.states import ItemPart

LEVELS = 3


@dataclass(frozen=True)
class Entry:
    """An item as its order sees it; `section` is 0 for the public part, 1 for the non-public one behind it."""

    id: int
    parent_id: int | None
    position: int
    section: int = 0


class Item(Protocol):
    """What the order of an agenda looks at."""

    id: int | None
    parent_id: int | None
    position: int
    part: ItemPart


def entries_of(items: Iterable[Item]) -> list[Entry]:
    """The items as their order sees them."""
    return [Entry(each.id or 0, each.parent_id, each.position, int(not is_public(each))) for each in items]


@dataclass(frozen=True)
class Placed:
    """An item at its place: `position` counts the whole agenda from 0, `depth` is 0 for a main item."""

    id: int
    position: int
    depth: int
    section: int = 0


def placed(entries: Collection[Entry]) -> list[Placed]:
    """All items in reading order: each main item, then what hangs on it. An item without a parent is a main item."""
    known = {entry.id for entry in entries}
    children: dict[int | None, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.section, each.position, each.id)):
        parent = entry.parent_id if entry.parent_id in known else None
        children.setdefault(parent, []).append(entry)
    found: list[tuple[int, int, int]] = []
    for main in children.get(None, ()):
        found.append((main.id, 0, main.section))
        _walk(children, main.id, 1, main.section, found)
    return [Placed(id_, position, depth, section) for position, (id_, depth, section) in enumerate(found)]


def _walk(
    children: dict[int | None, list[Entry]], parent: int, depth: int, section: int, found: list[tuple[int, int, int]]
) -> None:
    """What hangs on an item, in the part of its main item."""
    for entry in children.get(parent, ()):
        found.append((entry.id, depth, section))
        _walk(children, entry.id, depth + 1, section, found)


def moved(entries: Sequence[Entry], item_id: int, steps: int) -> list[Entry]:
    """The entries after one of them went so many places up (negative) or down among its siblings of the same part.

    What hangs on it goes along. At the end of its level it stays.
    """
    wanted = next(entry for entry in entries if entry.id == item_id)
    level = siblings(entries, wanted)
    at = level.index(wanted)
    level.insert(max(0, at + steps), level.pop(at))
    order = {entry.id: place for place, entry in enumerate(level)}
    return [replace(entry, position=order[entry.id]) if entry.id in order else entry for entry in entries]


def siblings(entries: Iterable[Entry], wanted: Entry) -> list[Entry]:
    """The items of the same level and, among main items, of the same part, in their order."""
    main = wanted.parent_id is None
    level = (e for e in entries if e.parent_id == wanted.parent_id and (not main or e.section == wanted.section))
    return sorted(level, key=lambda each: (each.position, each.id))


def numbers(places: Iterable[Placed], restart_with: str = "") -> dict[int, str]:
    """The printed number of each item, „6“ or „6.1“, in reading order.

    With `restart_with` the non-public part begins anew, as „N1“; without it the numbers go on.
    """
    in_order = list(places)
    if not restart_with:
        return _counted(in_order)
    second = _counted([each for each in in_order if each.section])
    return _counted([each for each in in_order if not each.section]) | {
        id_: f"{restart_with}{number}" for id_, number in second.items()
    }


def _counted(in_order: Sequence[Placed]) -> dict[int, str]:
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
