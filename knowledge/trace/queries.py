"""Reading a thread for one reader."""

from collections.abc import Collection

from sqlmodel import Session

from app.core.permissions import Actor
from knowledge.trace.registry import adjoining, by_kinds, registry
from knowledge.trace.rules import Node, NodeId, Thread, contracted, explore, in_order

LONGEST = 12
"""So many steps a thread may have in either direction."""


def thread_of(session: Session, actor: Actor, start: NodeId) -> Thread:
    """What led to `start` and what came of it, as far as the reader may know."""
    found = explore(start, lambda onward, back: adjoining(session, onward, back), LONGEST)
    nodes = load(session, actor, found.sources | found.consequences)
    return Thread(
        start,
        in_order(node for node in nodes if node.id in found.sources),
        in_order(node for node in nodes if node.id in found.consequences),
        contracted(found.edges, [start, *(node.id for node in nodes)]),
    )


def load(session: Session, actor: Actor, ids: Collection[NodeId]) -> list[Node]:
    """The nodes that this reader may know of; one call per kind, or per group of kinds that ask for the same rights."""
    wanted = by_kinds(ids)
    nodes: list[Node] = []
    for kinds, source in registry.nodes.items():
        if any(kind in wanted for kind in kinds):
            nodes.extend(source(session, actor, {kind: wanted.get(kind, []) for kind in kinds}))
    return nodes
