"""The page of a thread: everything that led to a thing, and everything that came of it."""

from flask import Blueprint, Response
from sqlmodel import Session

from app.core.web import page, reading, requires, signed_in
from knowledge.trace import policy
from knowledge.trace.queries import load, thread_of
from knowledge.trace.rules import Node, NodeId
from knowledge.trace.wording import entries, kind_label

blueprint = Blueprint("trace", __name__, template_folder="templates")


def start_of(session: Session, kind: str, node_id: int) -> Node | None:
    """The node that the thread starts from, if this reader may know of it."""
    return next(iter(load(session, signed_in(), [NodeId(kind, node_id)])), None)


@blueprint.get("/faden/<kind>/<int(max=2147483647):node_id>")
@requires(policy.may_follow_thread, load=start_of)
def show(node: Node, kind: str, node_id: int) -> Response:
    """The thread in both directions, as a list."""
    del kind, node_id
    thread = thread_of(reading(), signed_in(), node.id)
    return page(
        "trace/show.html",
        node=node,
        kind_label=kind_label(node.id.kind),
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
    )
