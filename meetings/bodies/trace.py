"""Mandates in the thread: a topic was given to a project group, which drafts target agreements."""

from collections.abc import Collection

from flask import url_for
from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId
from meetings.agreements.models import Agreement
from meetings.bodies.models import Body, Mandate, TopicMandate
from meetings.bodies.policy import may_read_body
from meetings.bodies.queries import access_of
from meetings.edges import register_pairs


def register() -> None:
    """Topic → mandate → agreement."""
    given = select(col(TopicMandate.topic_id), col(Mandate.id))
    register_pairs("topic", "mandate", given.join(Mandate, col(Mandate.body_id) == col(TopicMandate.body_id)))
    drafted = select(col(Mandate.id), col(Agreement.id))
    register_pairs("mandate", "agreement", drafted.join(Agreement, col(Agreement.body_id) == col(Mandate.body_id)))
    registry.register_nodes("mandate", mandate_nodes)


def mandate_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The mandates of bodies that the reader may read. One statement."""
    statement = select(Mandate, Body).join(Body, col(Body.id) == col(Mandate.body_id)).where(col(Mandate.id).in_(ids))
    return [
        Node(
            NodeId("mandate", mandate.id or 0),
            body.name,
            url_for("bodies.show", key=body.key),
            body.established,
            mandate.reference or "",
        )
        for mandate, body in session.exec(statement)
        if may_read_body(actor, access_of(body))
    ]
