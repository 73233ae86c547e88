"""The list of blocks that other rooms put on the page of a meeting and on the page of an item.

A room registers under a name once, with its place in the order; its block is a template with what it needs. The pages
render the blocks in order and know nothing more of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.core.permissions import Actor
from meetings.agenda.queries import FoundItem, FoundMeeting


@dataclass(frozen=True)
class Panel:
    """A block: its template, and what that reads as variables; `above` the rest if it waits for the reader."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    above: bool = False


MeetingPanel = Callable[[Session, Actor, FoundMeeting, datetime], Panel | None]
ItemPanel = Callable[[Session, Actor, FoundItem, datetime], Panel | None]


@dataclass(frozen=True)
class _Slot:
    order: int
    name: str
    meeting: MeetingPanel | None
    item: ItemPanel | None


_slots: dict[str, _Slot] = {}


def register_panel(
    name: str, *, order: int, meeting: MeetingPanel | None = None, item: ItemPanel | None = None
) -> None:
    """Put a room's blocks in their place; the same name again replaces it."""
    _slots[name] = _Slot(order, name, meeting, item)


def _in_order() -> list[_Slot]:
    return sorted(_slots.values(), key=lambda slot: (slot.order, slot.name))


def meeting_panels(session: Session, actor: Actor, meeting: FoundMeeting, now: datetime) -> list[Panel]:
    """The blocks on the page of a meeting. A fixed number of statements for each room."""
    found = (slot.meeting(session, actor, meeting, now) for slot in _in_order() if slot.meeting)
    return [panel for panel in found if panel]


def item_panels(session: Session, actor: Actor, item: FoundItem, now: datetime) -> list[Panel]:
    """The blocks on the page of an item. A fixed number of statements for each room."""
    found = (slot.item(session, actor, item, now) for slot in _in_order() if slot.item)
    return [panel for panel in found if panel]
