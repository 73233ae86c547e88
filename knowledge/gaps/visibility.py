"""How the right to read becomes part of a query: which gaps and topics a statement may touch for one reader.

The right itself is decided in `policy.py`; here it only takes the shape of conditions.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, true
from sqlmodel import col, select

from app.core.permissions import Actor
from app.people.states import Visibility
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.policy import COORDINATION, LEVELS, may_read_evidence, sees
from knowledge.gaps.states import TopicState


@dataclass(frozen=True)
class Reader:
    """For whom figures are made: which levels the person sees, and whether small counts may be shown to them."""

    levels: tuple[Visibility, ...]
    in_coordination: bool
    min_cell: int


def reader(actor: Actor, min_cell: int) -> Reader:
    """The actor as queries and figures need them; `min_cell` is the tenant's smallest count that may be shown."""
    return Reader(visible_levels(actor), bool(may_read_evidence(actor)), min_cell)


def visible_levels(actor: Actor) -> tuple[Visibility, ...]:
    """The levels of visibility that include the person."""
    return tuple(Visibility(level) for level in LEVELS if sees(actor, level))


def readable_gaps(actor: Actor) -> ColumnElement[bool]:
    """The gaps that the person may read; the coordination also reads levels that nobody knows, and merged gaps.

    For everybody else a merged gap is only an address: listed, it would tell of the hidden gap that took it in.
    """
    if sees(actor, COORDINATION):
        return true()
    return and_(col(Gap.visibility).in_(visible_levels(actor)), col(Gap.merged_into_id).is_(None))


def readable_topics(actor: Actor) -> ColumnElement[bool]:
    """A topic is as open as the most closed of its gaps, for its brief speaks of all; a draft is the coordination's."""
    if sees(actor, COORDINATION):
        return true()
    bundled = select(col(Gap.id)).where(col(Gap.topic_id) == col(Topic.id)).correlate(Topic)
    beyond = bundled.where(col(Gap.visibility).not_in(visible_levels(actor)))
    return and_(col(Topic.state) != TopicState.DRAFT, exists(bundled), ~exists(beyond))


def topic_visibility(state: str, levels: list[str]) -> str:
    """The level of a topic from its state and the levels of its gaps; the same rule as `readable_topics`."""
    if state == TopicState.DRAFT or not levels:
        return COORDINATION
    return min(levels, key=lambda level: LEVELS.index(level) if level in LEVELS else -1)
