"""The thread as a graph: nodes, edges, the walk in both directions, and what is left when nodes are hidden. Pure."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

ORDER = (
    "report", "case", "workshop", "station", "finding", "gap", "topic", "solution", "paper", "agenda_item", "meeting",
    "poll", "decision",
    "mandate", "agreement", "obligation", "consent", "measure", "indicator", "reading", "effect_review", "minutes",
)  # fmt: skip

_RANK: Mapping[str, int] = defaultdict(lambda: len(ORDER), {kind: place for place, kind in enumerate(ORDER)})
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, order=True)
class NodeId:
    """A thing in the thread: its kind and its database id."""

    kind: str
    id: int


@dataclass(frozen=True)
class Node:
    """What the thread shows of a thing. `url` is None where the reader may not open it; `key` orders a day's things."""

    id: NodeId
    title: str
    url: str | None
    date: dt.date | None = None
    detail: str = ""
    key: str = ""


@dataclass(frozen=True)
class Edge:
    """`source` led to `target`."""

    source: NodeId
    target: NodeId


@dataclass(frozen=True)
class Found:
    """What a walk reached: the ids before the start, those after it, and every edge that it took."""

    sources: frozenset[NodeId]
    consequences: frozenset[NodeId]
    edges: frozenset[Edge]


@dataclass(frozen=True)
class Thread:
    """What led to `start`, and what came of it, in the order of the process, as far as one reader may know.

    `edges` run between these nodes only; where a hidden one lies between two of them, they are joined directly.
    """

    start: NodeId
    sources: tuple[Node, ...]
    consequences: tuple[Node, ...]
    edges: frozenset[Edge] = field(default_factory=frozenset)


Neighbours = Callable[[frozenset[NodeId], frozenset[NodeId]], Iterable[Edge]]
"""From the nodes to go on from, and those to go back from, to the edges there."""


def explore(start: NodeId, neighbours: Neighbours, rounds: int) -> Found:
    """What can be reached from `start` forwards and backwards; each round asks once, for both directions together."""
    ahead, behind = {start}, {start}
    onward = back = frozenset({start})
    edges: set[Edge] = set()
    for _round in range(rounds):
        if not onward and not back:
            break
        found = frozenset(neighbours(onward, back))
        edges |= found
        onward = frozenset(edge.target for edge in found if edge.source in onward) - ahead
        back = frozenset(edge.source for edge in found if edge.target in back) - behind
        ahead |= onward
        behind |= back
    return Found(frozenset(behind - {start}), frozenset(ahead - {start}), frozenset(edges))


def contracted(edges: Iterable[Edge], visible: Collection[NodeId]) -> frozenset[Edge]:
    """The edges between visible nodes, joined over hidden ones: how many lay between them cannot be told any more."""
    shown, onward = frozenset(visible), _onward(edges)
    return frozenset(
        Edge(source, target) for source in shown for target in _first_visible(source, onward, shown) - {source}
    )


def _onward(edges: Iterable[Edge]) -> Mapping[NodeId, set[NodeId]]:
    onward: dict[NodeId, set[NodeId]] = defaultdict(set)
    for edge in edges:
        onward[edge.source].add(edge.target)
    return onward


def _first_visible(source: NodeId, onward: Mapping[NodeId, set[NodeId]], shown: frozenset[NodeId]) -> frozenset[NodeId]:
    """The visible nodes that paths from `source` meet first."""
    seen, waiting = set(onward.get(source, ())), list(onward.get(source, ()))
    while waiting:
        node = waiting.pop()
        if node not in shown:
            fresh = onward.get(node, set()) - seen
            seen |= fresh
            waiting.extend(fresh)
    return frozenset(seen & shown)


def in_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes by their place in the process, then by date, then by key (D-08-2 before D-08-10), then by title."""
    return tuple(sorted(nodes, key=_place))


def rank(kind: str) -> int:
    """The place of a kind in the process; unknown kinds come last."""
    return _RANK[kind]


def _place(node: Node) -> tuple[int, dt.date, list[tuple[bool, int, str]], list[tuple[bool, int, str]]]:
    return (_RANK[node.id.kind], node.date or dt.date.max, _natural(node.key), _natural(node.title))


def _natural(text: str) -> list[tuple[bool, int, str]]:
    """The text so that numbers in it sort as numbers."""
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _NUMBER.split(text)]
