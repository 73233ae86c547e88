"""Target agreements and their measures in the thread."""

from collections.abc import Collection

from flask import url_for
from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.trace.registry import EdgeKind, registry
from knowledge.trace.rules import Node, NodeId
from meetings.agreements.models import Agreement, Measure
from meetings.agreements.policy import may_read_agreement
from meetings.agreements.queries import accesses

Pairs = Collection[tuple[int, int]]


def register() -> None:
    """Topic → agreement → measure."""
    registry.register_edges(EdgeKind("topic", "agreement", agreements_of_topics, topics_of_agreements))
    registry.register_edges(EdgeKind("agreement", "measure", measures_of, agreements_of_measures))
    registry.register_nodes("agreement", agreement_nodes)
    registry.register_nodes("measure", measure_nodes)


def agreements_of_topics(session: Session, ids: Collection[int]) -> Pairs:
    """Pairs topic–agreement from topics."""
    statement = select(Agreement.topic_id, Agreement.id).where(col(Agreement.topic_id).in_(ids))
    return [(topic or 0, agreement or 0) for topic, agreement in session.exec(statement)]


def topics_of_agreements(session: Session, ids: Collection[int]) -> Pairs:
    """Pairs topic–agreement from agreements."""
    statement = select(Agreement.topic_id, Agreement.id).where(col(Agreement.id).in_(ids))
    return [(topic, agreement or 0) for topic, agreement in session.exec(statement) if topic is not None]


def measures_of(session: Session, ids: Collection[int]) -> Pairs:
    """Pairs agreement–measure from agreements."""
    statement = select(Measure.agreement_id, Measure.id).where(col(Measure.agreement_id).in_(ids))
    return [(agreement, measure or 0) for agreement, measure in session.exec(statement)]


def agreements_of_measures(session: Session, ids: Collection[int]) -> Pairs:
    """Pairs agreement–measure from measures."""
    statement = select(Measure.agreement_id, Measure.id).where(col(Measure.id).in_(ids))
    return [(agreement, measure or 0) for agreement, measure in session.exec(statement)]


def agreement_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The agreements that the reader may open."""
    rows = list(session.exec(select(Agreement).where(col(Agreement.id).in_(ids))))
    known = accesses(session, rows)
    return [
        Node(
            NodeId("agreement", row.id or 0),
            row.title,
            url_for("agreements.show", key=row.key),
            row.valid_from,
            row.key,
        )
        for row in rows
        if may_read_agreement(actor, known[row.id or 0])
    ]


def measure_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The measures of agreements that the reader may open."""
    rows = session.exec(
        select(Measure, Agreement)
        .join(Agreement, col(Agreement.id) == col(Measure.agreement_id))
        .where(col(Measure.id).in_(ids))
    ).all()
    known = accesses(session, [agreement for _measure, agreement in rows])
    return [
        Node(NodeId("measure", measure.id or 0), measure.title, _place(agreement, measure), measure.due, measure.key)
        for measure, agreement in rows
        if may_read_agreement(actor, known[agreement.id or 0])
    ]


def _place(agreement: Agreement, measure: Measure) -> str:
    return url_for("agreements.show", key=agreement.key, _anchor=f"massnahme-{measure.key}")
