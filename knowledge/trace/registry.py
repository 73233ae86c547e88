"""Where features say which of their things follow from which, for a set of ids at a time.

A thread therefore costs a fixed number of statements, however many nodes it has.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from app.core.permissions import Actor
from knowledge.trace.rules import Edge, Node, NodeId

EdgeSource = Callable[[Session, Collection[int]], Collection[tuple[int, int]]]
NodeSource = Callable[[Session, Actor, Collection[int]], Collection[Node]]


@dataclass(frozen=True)
class EdgeKind:
    """How to find the edges between two kinds of things: from the ids of either end to pairs (source, target)."""

    source: str
    target: str
    from_sources: EdgeSource
    from_targets: EdgeSource


@dataclass
class Registry:
    """All edges and nodes that features told."""

    edges: list[EdgeKind] = field(default_factory=list)
    nodes: dict[str, NodeSource] = field(default_factory=dict)

    def register_edges(self, kind: EdgeKind) -> None:
        """Add a kind of edge once."""
        self.edges = [known for known in self.edges if (known.source, known.target) != (kind.source, kind.target)]
        self.edges.append(kind)

    def register_nodes(self, kind: str, load: NodeSource) -> None:
        """Say how nodes of a kind are loaded; the loader leaves out what the reader must not learn of."""
        self.nodes[kind] = load


registry = Registry()


def following(session: Session, ids: Collection[NodeId], known: Registry = registry) -> set[Edge]:
    """The edges that lead on from these things."""
    return _edges(session, ids, known, forward=True)


def preceding(session: Session, ids: Collection[NodeId], known: Registry = registry) -> set[Edge]:
    """The edges that led to these things."""
    return _edges(session, ids, known, forward=False)


def _edges(session: Session, ids: Collection[NodeId], known: Registry, *, forward: bool) -> set[Edge]:
    by_kind = _by_kind(ids)
    found: set[Edge] = set()
    for kind in known.edges:
        wanted = by_kind.get(kind.source if forward else kind.target)
        if wanted:
            load = kind.from_sources if forward else kind.from_targets
            pairs = load(session, wanted)
            found |= {Edge(NodeId(kind.source, s), NodeId(kind.target, t)) for s, t in pairs}
    return found


def _by_kind(ids: Collection[NodeId]) -> Mapping[str, list[int]]:
    by_kind: dict[str, list[int]] = {}
    for node in ids:
        by_kind.setdefault(node.kind, []).append(node.id)
    return by_kind
