"""What comes of an agenda item (meetings.md 2.2), and what is taken along to the next meeting. Pure.

A body's decision is recorded with its text and its count in the decisions' room. Everything else that may come of an
item is one of these results, so that no item ends a meeting without one.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from meetings.agenda.states import ItemKind, ItemResult, ItemState

CARRIED_OVER = frozenset({ItemResult.DEFERRED, ItemResult.NOT_REACHED})
"""Results that put an item on the agenda of the next meeting."""

_ASKED = (
    ItemResult.DEFERRED,
    ItemResult.REFERRED,
    ItemResult.WITHDRAWN,
    ItemResult.NO_DECISION,
    ItemResult.NOT_REACHED,
)
_HEARD = (ItemResult.NOTED, ItemResult.DEFERRED, ItemResult.REFERRED, ItemResult.WITHDRAWN, ItemResult.NOT_REACHED)


class Item(Protocol):
    """What the rules look at."""

    kind: ItemKind
    state: ItemState
    result: ItemResult | None


AnyItem = TypeVar("AnyItem", bound=Item)


def needs_result(kind: ItemKind) -> bool:
    """Whether a meeting may not be closed before something came of an item of this kind."""
    return kind in (ItemKind.DECISION, ItemKind.VOTE)


def offered(kind: ItemKind) -> tuple[ItemResult, ...]:
    """The results that may be recorded for an item of this kind; „beschlossen“ comes from a decision alone."""
    return _ASKED if needs_result(kind) else _HEARD


def state_after(result: ItemResult) -> ItemState:
    """Where an item stands when this came of it."""
    return ItemState.POSTPONED if result in CARRIED_OVER else ItemState.DONE


def is_open_end(item: Item, decided: bool) -> bool:
    """Whether the item was put to a decision and nothing came of it."""
    return needs_result(item.kind) and not decided and item.result is None and item.state != ItemState.POSTPONED


def to_carry_over(items: Iterable[AnyItem], *, ended: bool) -> list[AnyItem]:
    """The items that the next meeting takes along; of a meeting that `ended`, also those nobody got to."""
    return [item for item in items if _is_carried(item, ended)]


def _is_carried(item: Item, ended: bool) -> bool:
    if item.kind == ItemKind.PROCEDURAL:
        return False
    never_called = ended and item.state == ItemState.OPEN and item.result is None
    return item.result in CARRIED_OVER or item.state == ItemState.POSTPONED or never_called
