"""Who may follow a thread. Pure."""

from app.core.permissions import Actor, Verdict, allowed_if
from knowledge.trace.rules import Node


def may_follow_thread(actor: Actor, node: Node) -> Verdict:
    """Whoever was given the node it starts from: a node is only loaded for readers who may know of it."""
    del node
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")
