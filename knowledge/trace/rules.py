"""The thread as a graph: nodes, edges, and the walk in both directions. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

ORDER = (
    "report", "case", "workshop", "station", "finding", "gap", "topic", "solution", "agenda_item", "meeting", "poll",
    "decision",
    "mandate", "agreement", "obligation", "consent", "measure", "indicator", "reading", "effect_review", "minutes",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class NodeId:
    """A thing in the thread: its kind and its database id."""

    kind: str
    id: int


@dataclass(frozen=True)
class Node:
    """What the thread shows of a thing. `url` is None where the reader may not open it."""

    id: NodeId
    title: str
    url: str | None
    date: dt.date | None = None
    detail: str = ""


@dataclass(frozen=True)
class Edge:
    """`source` led to `target`."""

    source: NodeId
    target: NodeId


@dataclass(frozen=True)
class Thread:
    """Everything that led to `start`, and everything that came of it, in the order of the process."""

    start: NodeId
    sources: tuple[Node, ...]
    consequences: tuple[Node, ...]


EdgeLoader = Callable[[Iterable[NodeId]], Iterable[Edge]]


def walk(start: NodeId, neighbours: Callable[[frozenset[NodeId]], Iterable[NodeId]], steps: int) -> frozenset[NodeId]:
    """What can be reached from `start` in at most `steps` rounds; each round asks once for all its nodes."""
    reached: set[NodeId] = {start}
    frontier = frozenset({start})
    for _round in range(steps):
        frontier = frozenset(neighbours(frontier)) - reached
        if not frontier:
            break
        reached |= frontier
    return frozenset(reached - {start})


def in_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes by their place in the process, then by date, then by title."""
    rank: Mapping[str, int] = defaultdict(lambda: len(ORDER), {kind: place for place, kind in enumerate(ORDER)})
    return tuple(sorted(nodes, key=lambda node: (rank[node.id.kind], node.date or dt.date.max, node.title)))
