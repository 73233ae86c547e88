"""Documents as nodes of the thread."""

from collections.abc import Collection

from flask import url_for
from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.documents.models import Document
from knowledge.documents.wording import PAPERS
from knowledge.gaps.visibility import visible_levels
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId


def register() -> None:
    """Tell the thread how documents are loaded."""
    registry.register_nodes("document", document_nodes)


def document_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The documents that the reader may read."""
    rows = session.exec(
        select(Document).where(col(Document.id).in_(ids), col(Document.visibility).in_(visible_levels(actor)))
    )
    return [
        Node(
            NodeId("document", row.id or 0),
            row.title,
            url_for("documents.show", key=row.key),
            row.dated,
            str(PAPERS[row.paper]),
        )
        for row in rows
    ]
