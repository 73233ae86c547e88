"""Decisions in the thread: what led to them, and the mandates that came of them."""

from collections.abc import Collection

from flask import url_for
from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId
from meetings.bodies.models import Mandate
from meetings.decisions.models import Decision, DecisionSubject
from meetings.decisions.policy import may_read_decision
from meetings.decisions.queries import FoundDecision, decisions_with_bodies, found_decisions
from meetings.edges import register_pairs

LONGEST_TITLE = 120


def register() -> None:
    """Agenda item, poll, gap, topic and agreement → decision → mandate."""
    register_pairs("agenda_item", "decision", select(col(Decision.item_id), col(Decision.id)))
    register_pairs("poll", "decision", select(col(Decision.poll_id), col(Decision.id)))
    subject = DecisionSubject
    columns = {"gap": subject.gap_id, "topic": subject.topic_id, "agreement": subject.agreement_id}
    for kind, column in columns.items():
        register_pairs(kind, "decision", select(col(column), col(subject.decision_id)))
    mandates = select(col(subject.decision_id), col(Mandate.id))
    register_pairs("decision", "mandate", mandates.join(Mandate, col(Mandate.body_id) == col(subject.body_id)))
    registry.register_nodes("decision", decision_nodes)


def decision_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The decisions that the reader may read. One statement."""
    found = found_decisions(session, decisions_with_bodies(col(Decision.id).in_(ids)))
    return [_node(each) for each in found if may_read_decision(actor, each)]


def _node(found: FoundDecision) -> Node:
    decision = found.decision
    detail = " · ".join(part for part in (decision.key, decision.result_text) if part)
    url = url_for("decisions.show", key=decision.key)
    return Node(NodeId("decision", found.id), shortened(decision.text), url, decision.date, detail, decision.key)


def shortened(text: str) -> str:
    """The text, cut after a whole word where it is long."""
    if len(text) <= LONGEST_TITLE:
        return text
    return text[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
