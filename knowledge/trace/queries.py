"""Reading a thread for one reader."""

from collections.abc import Collection

from sqlmodel import Session

from app.core.permissions import Actor
from knowledge.trace.registry import following, preceding, registry
from knowledge.trace.rules import Node, NodeId, Thread, in_order, walk

LONGEST = 12


def thread_of(session: Session, actor: Actor, start: NodeId) -> Thread:
    """What led to `start` and what came of it, as far as the reader may know."""
    sources = walk(start, lambda front: {edge.source for edge in preceding(session, front)}, LONGEST)
    consequences = walk(start, lambda front: {edge.target for edge in following(session, front)}, LONGEST)
    return Thread(start, in_order(load(session, actor, sources)), in_order(load(session, actor, consequences)))


def load(session: Session, actor: Actor, ids: Collection[NodeId]) -> list[Node]:
    """The nodes that this reader may know of; one call per kind."""
    nodes: list[Node] = []
    for kind, source in registry.nodes.items():
        wanted = [node.id for node in ids if node.kind == kind]
        if wanted:
            nodes.extend(source(session, actor, wanted))
    return nodes
