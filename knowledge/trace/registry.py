"""Where features say which of their things follow from which, and how they are loaded for a set of ids at a time.

A thread therefore costs a fixed number of statements, however many nodes it has: one per round of the walk, whatever
kinds it meets, and what each kind needs to load its nodes once.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from app.core.permissions import Actor
from knowledge.trace.rules import Edge, Node, NodeId

NodeSource = Callable[[Session, Actor, Collection[int]], Collection[Node]]
"""Loads the nodes of one kind; leaves out what the reader must not learn of."""

NodesSource = Callable[[Session, Actor, Mapping[str, Collection[int]]], Collection[Node]]
"""The same for several kinds that ask for the same rights: from kinds to ids."""


@dataclass(frozen=True)
class EdgeKind:
    """The edges between two kinds of things: `pairs` selects two columns, the id of the source and of the target.

    Where one kind leads to another in several ways, `way` tells them apart.
    """

    source: str
    target: str
    pairs: Any
    way: str = ""


@dataclass
class Registry:
    """All edges and nodes that features told."""

    edges: list[EdgeKind] = field(default_factory=list)
    nodes: dict[tuple[str, ...], NodesSource] = field(default_factory=dict)

    def register_edges(self, kind: EdgeKind) -> None:
        """Add a kind of edge once."""
        ends = (kind.source, kind.target, kind.way)
        self.edges = [known for known in self.edges if (known.source, known.target, known.way) != ends]
        self.edges.append(kind)

    def register_pairs(self, source: str, target: str, pairs: Any, way: str = "") -> None:
        """Add the edges of a statement that selects two columns: the id of the source, the id of the target."""
        self.register_edges(EdgeKind(source, target, pairs, way))

    def register_nodes(self, kind: str, load: NodeSource) -> None:
        """Say how nodes of a kind are loaded; the loader leaves out what the reader must not learn of."""
        self.nodes[(kind,)] = lambda session, actor, ids: load(session, actor, ids[kind])

    def register_nodes_together(self, kinds: tuple[str, ...], load: NodesSource) -> None:
        """Say how nodes of several kinds are loaded at once; the loader gets all of these kinds, some without ids."""
        self.nodes[kinds] = load


registry = Registry()


def adjoining(
    session: Session, onward: Collection[NodeId], back: Collection[NodeId], known: Registry = registry
) -> frozenset[Edge]:
    """The edges that lead on from the nodes `onward`, and those that led to the nodes `back`.

    One statement for all kinds of edges together; none where no kind of edge begins or ends there.
    """
    parts = [*_parts(known, onward, forward=True), *_parts(known, back, forward=False)]
    if not parts:
        return frozenset()
    statement: Any = sa.union_all(*parts) if len(parts) > 1 else parts[0]
    return frozenset(
        Edge(NodeId(known.edges[place].source, source), NodeId(known.edges[place].target, target))
        for source, target, place in session.exec(statement)
        if source is not None and target is not None
    )


def _parts(known: Registry, ids: Collection[NodeId], *, forward: bool) -> Iterator[Any]:
    by_kind = by_kinds(ids)
    for place, kind in enumerate(known.edges):
        wanted = by_kind.get(kind.source if forward else kind.target)
        if wanted:
            source, target = kind.pairs.selected_columns
            end = source if forward else target
            yield kind.pairs.where(end.in_(_written_out(wanted))).add_columns(sa.literal_column(str(place)))


def _written_out(ids: Collection[int]) -> Any:
    """Ids as numbers in the statement itself: a well-known gap has more findings than a statement may have places."""
    return sa.bindparam(None, sorted(ids), sa.Integer, expanding=True, literal_execute=True)


def by_kinds(ids: Collection[NodeId]) -> Mapping[str, list[int]]:
    """Ids by kind."""
    by_kind: dict[str, list[int]] = {}
    for node in ids:
        by_kind.setdefault(node.kind, []).append(node.id)
    return by_kind
