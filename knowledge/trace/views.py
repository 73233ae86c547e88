"""The page of a thread: everything that led to a thing, and everything that came of it."""

from flask import Blueprint, Response, g
from sqlmodel import Session

from app.core.web import page, reading, requires, signed_in
from knowledge.gaps.visibility import reader
from knowledge.trace import policy, wording
from knowledge.trace.picture import lay_out
from knowledge.trace.queries import load, thread_of
from knowledge.trace.rules import Node, NodeId
from knowledge.trace.summary import summary_of

blueprint = Blueprint("trace", __name__, template_folder="templates")


def start_of(session: Session, kind: str, node_id: int) -> Node | None:
    """The node that the thread starts from, if this reader may know of it."""
    return next(iter(load(session, signed_in(), [NodeId(kind, node_id)])), None)


@blueprint.get("/faden/<kind>/<int(max=2147483647):node_id>")
@requires(policy.may_follow_thread, load=start_of)
def show(node: Node, kind: str, node_id: int) -> Response:
    """The thread in both directions: as a picture, and as a list per kind."""
    del kind, node_id
    actor = signed_in()
    eyes = reader(actor, g.tenant.min_cell)
    thread = thread_of(reading(), actor, node.id)
    before = {each.id.kind for each in thread.sources}
    return page(
        "trace/show.html",
        node=node,
        question=wording.question(node.id.kind),
        picture=lay_out(node, thread),
        described=wording.described(thread),
        kind_label=wording.kind_label,
        kinds_label=wording.kinds_label,
        kind_lines=wording.kind_lines,
        small_print=wording.small_print,
        rest_url=lambda kind: f"#woher-{kind}" if kind in before else f"#wohin-{kind}",
        summary=summary_of(reading(), eyes, thread),
        in_coordination=eyes.in_coordination,
        before=wording.groups(thread.sources),
        after=wording.groups(thread.consequences),
    )
