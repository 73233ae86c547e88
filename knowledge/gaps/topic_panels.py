"""The blocks that higher rooms put on the page of a topic: each a template with what it needs."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from app.core.permissions import Actor
from knowledge.gaps.models import Topic

TopicPanel = Callable[[Session, Actor, Topic], tuple[str, Mapping[str, Any]] | None]
"""From a topic to the name of a template and its variables; None where there is nothing to show this reader."""

_sources: list[TopicPanel] = []


def register(source: TopicPanel) -> None:
    """Add what a higher room shows of a topic."""
    if source not in _sources:
        _sources.append(source)


def panels_of(session: Session, actor: Actor, topic: Topic) -> list[tuple[str, Mapping[str, Any]]]:
    """The blocks for this reader. A fixed number of statements for each room."""
    found = (source(session, actor, topic) for source in _sources)
    return [panel for panel in found if panel]
