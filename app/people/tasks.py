"""What waits for a person: features register where their tasks come from, the desk shows them in groups."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.core.permissions import Actor


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, why, where to do it, until when."""

    title: str
    detail: str
    url: str
    due: date | None = None
    tone: str = "neutral"


@dataclass(frozen=True)
class TaskGroup:
    """Tasks of one kind, in the order in which they should be looked at; `further` ones are not listed, but counted."""

    title: str
    tasks: tuple[Task, ...]
    empty_text: str
    further: int = 0
    further_url: str | None = None

    @property
    def number(self) -> int:
        """How many tasks there are."""
        return len(self.tasks) + self.further


@dataclass(frozen=True)
class Tile:
    """One number with its meaning."""

    value: str
    label: str
    url: str | None = None


TaskSource = Callable[[Session, Actor, date], TaskGroup | None]
TileSource = Callable[[Session, Actor], list[Tile]]

_sources: list[TaskSource] = []
_tiles: list[TileSource] = []


def register(source: TaskSource) -> None:
    """Add a feature's tasks; None from a source means that this group is not for this person."""
    if source not in _sources:
        _sources.append(source)


def register_tiles(source: TileSource) -> None:
    """Add a feature's numbers."""
    if source not in _tiles:
        _tiles.append(source)


def groups(session: Session, actor: Actor, today: date) -> list[TaskGroup]:
    """All groups for this person, those with tasks first."""
    found = [group for source in _sources if (group := source(session, actor, today)) is not None]
    return sorted(found, key=lambda group: not group.tasks)


def tiles(session: Session, actor: Actor) -> list[Tile]:
    """All numbers for this person."""
    return [tile for source in _tiles for tile in source(session, actor)]
