"""Papers in the thread: what they are about, and the agenda items where they are dealt with."""

from collections.abc import Collection

from flask import url_for
from sqlmodel import Session, col, select

from app.core.clock import LOCAL
from app.core.permissions import Actor
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId
from meetings.edges import register_pairs
from meetings.papers.models import Paper, PaperStation, PaperSubject
from meetings.papers.policy import may_read_paper
from meetings.papers.queries import FoundPaper, found_papers
from meetings.papers.wording import STANDINGS


def register() -> None:
    """Gap, topic, solution and agreement → paper → agenda item."""
    subject = PaperSubject
    columns = {
        "gap": subject.gap_id,
        "topic": subject.topic_id,
        "solution": subject.solution_id,
        "agreement": subject.agreement_id,
    }
    for kind, column in columns.items():
        register_pairs(kind, "paper", select(col(column), col(subject.paper_id)))
    register_pairs("paper", "agenda_item", select(col(PaperStation.paper_id), col(PaperStation.item_id)))
    registry.register_nodes("paper", paper_nodes)


def paper_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The papers that the reader may read. Four statements."""
    return [_node(each) for each in found_papers(session, col(Paper.id).in_(ids)) if may_read_paper(actor, each)]


def _node(found: FoundPaper) -> Node:
    paper = found.paper
    day = (paper.submitted_at or paper.created_at).astimezone(LOCAL).date()
    detail = " · ".join(part for part in (paper.reference, str(STANDINGS[found.standing])) if part)
    url = url_for("papers.show", paper_id=found.id)
    return Node(NodeId("paper", found.id), paper.title, url, day, detail, paper.reference or "")
