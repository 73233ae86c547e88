"""The parts A (public) and B (non-public) of an agenda: what belongs where, how it is numbered, who sees it. Pure.

A body whose rules say nothing keeps everything in the public part; that is for whoever may read the meeting.
"""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from meetings.agenda.states import ItemPart
from meetings.bodies.states import HiddenPart, PartNumbering

RESTART_LETTER = "N"


class Item(Protocol):
    """What the rules look at."""

    part: ItemPart


class Rules(Protocol):
    """What the rules of procedure say of the parts."""

    part_numbering: PartNumbering
    hidden_part: HiddenPart


Line = TypeVar("Line")


def is_public(item: Item, rules: Rules | None = None) -> bool:
    """Whether the item belongs to part A; the body's rules do not move a single item."""
    del rules
    return item.part == ItemPart.PUBLIC


def shows_heading(item: Item, rules: Rules, *, sees_all: bool) -> bool:
    """Whether the reader learns that there is this item; its text and what came of it are another question."""
    return sees_all or is_public(item) or rules.hidden_part == HiddenPart.HEADINGS


def visible(lines: Iterable[Line], item: Callable[[Line], Item], rules: Rules, *, sees_all: bool) -> list[Line]:
    """The lines of an agenda of which the reader learns."""
    return [line for line in lines if shows_heading(item(line), rules, sees_all=sees_all)]


def letter_of(item: Item, rules: Rules) -> str:
    """What stands before the item's number: „N“ where the non-public part counts anew."""
    restarts = rules.part_numbering == PartNumbering.RESTART and not is_public(item)
    return RESTART_LETTER if restarts else ""
