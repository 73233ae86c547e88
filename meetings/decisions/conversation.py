"""Decisions as things that people talk about and follow. What was decided stays as it is, whatever is said about it."""

from collections.abc import Collection

from sqlmodel import Session, col

from app.core.permissions import Actor
from knowledge.conversation.subjects import Subject, register_subject
from meetings.decisions.models import Decision
from meetings.decisions.policy import may_read_decision
from meetings.decisions.queries import FoundDecision, decisions_with_bodies, found_decisions
from meetings.decisions.trace import shortened

KIND = "decision"


def register() -> None:
    """Let those who may read a decision talk about it and follow it."""
    register_subject(KIND, subjects)


def subjects(session: Session, actor: Actor, ids: Collection[int]) -> list[Subject]:
    """The decisions among these that the reader may open. One statement."""
    found = found_decisions(session, decisions_with_bodies(col(Decision.id).in_(ids)))
    return [_subject(each) for each in found if may_read_decision(actor, each)]


def _subject(found: FoundDecision) -> Subject:
    decision = found.decision
    return Subject(KIND, found.id, decision.key, shortened(decision.text), f"/beschluesse/{decision.key}")
