"""What items and decisions are about, as links that respect the reader's rights.

A gap, a solution or an agreement that the reader may not know of is left out. A topic stands on the agenda by name;
where its page is closed to the reader it stands there without a link. One that is a draft, because it was withdrawn,
stands there for the coordination alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.policy import may_read_gap
from knowledge.gaps.states import TopicState
from knowledge.gaps.visibility import readable_topics
from knowledge.solutions.models import Solution
from knowledge.solutions.policy import may_read_solution
from meetings.agenda.models import AgendaItemSubject
from meetings.agreements.models import Agreement
from meetings.agreements.policy import may_read_agreement
from meetings.agreements.queries import accesses
from meetings.bodies.models import Body
from meetings.decisions.models import DecisionSubject


@dataclass(frozen=True)
class Subject:
    """A thing that an item or a decision is about; `state` is a key of the list `states`, if the kind has one."""

    kind: str
    key: str
    title: str
    url: str | None
    states: str | None = None
    state: str | None = None


SubjectRow = AgendaItemSubject | DecisionSubject
Subjects = dict[int, list[Subject]]


def of_items(session: Session, actor: Actor, item_ids: Collection[int]) -> Subjects:
    """The subjects of each item, in their order. Eight statements for any number."""
    statement = select(AgendaItemSubject).where(col(AgendaItemSubject.item_id).in_(item_ids))
    rows = session.exec(statement.order_by(col(AgendaItemSubject.position), col(AgendaItemSubject.id))).all()
    known = _Known(session, actor, rows)
    found: Subjects = {}
    for row in rows:
        found.setdefault(row.item_id, []).extend(known.subject(row))
    return found


def of_decisions(session: Session, actor: Actor, decision_ids: Collection[int]) -> Subjects:
    """The subjects of each decision, in their order. Nine statements for any number."""
    statement = select(DecisionSubject).where(col(DecisionSubject.decision_id).in_(decision_ids))
    rows = session.exec(statement.order_by(col(DecisionSubject.position), col(DecisionSubject.id))).all()
    known = _Known(session, actor, rows)
    bodies = {body.id: body for body in session.exec(select(Body).where(_in(Body, (row.body_id for row in rows))))}
    found: Subjects = {}
    for row in rows:
        found.setdefault(row.decision_id, []).extend(known.subject(row))
        if row.body_id is not None:
            found[row.decision_id].append(_body(bodies[row.body_id]))
    return found


def _in(table: type[Gap | Topic | Solution | Agreement | Body], ids: Iterable[int | None]) -> ColumnElement[bool]:
    return col(table.id).in_([id_ for id_ in ids if id_ is not None])


def _body(body: Body) -> Subject:
    return Subject("mandate", body.key, body.name, url_for("bodies.show", key=body.key))


class _Known:
    """The things behind a set of subject rows, as far as the reader may know of them."""

    def __init__(self, session: Session, actor: Actor, rows: Collection[SubjectRow]) -> None:
        gaps = session.exec(select(Gap).where(_in(Gap, (row.gap_id for row in rows))))
        self.gaps = {gap.id: gap for gap in gaps if may_read_gap(actor, gap)}
        named = ~_is_draft() | readable_topics(actor)
        topics = session.exec(select(Topic).where(_in(Topic, (row.topic_id for row in rows)), named)).all()
        self.topics = {topic.id: topic for topic in topics}
        self.open_topics = _readable_topic_ids(session, actor, self.topics.keys())
        ids = [row.solution_id for row in rows if isinstance(row, AgendaItemSubject)]
        solutions = session.exec(select(Solution).where(_in(Solution, ids)))
        self.solutions = {row.id: row for row in solutions if may_read_solution(actor, row)}
        self.agreements = _readable_agreements(session, actor, [row.agreement_id for row in rows if row.agreement_id])

    def subject(self, row: SubjectRow) -> Iterable[Subject]:
        """The subject of a row, if the reader may know of it."""
        if row.gap_id in self.gaps:
            gap = self.gaps[row.gap_id]
            url = url_for("gaps.show", key=gap.key)
            yield Subject("gap", gap.key, gap.title, url, "gap_states", gap.status)
        if row.topic_id in self.topics:
            topic = self.topics[row.topic_id]
            page = url_for("topics.show", key=topic.key) if topic.id in self.open_topics else None
            yield Subject("topic", topic.key, topic.title, page, "topic_states", topic.state)
        if row.agreement_id in self.agreements:
            agreement = self.agreements[row.agreement_id]
            url = url_for("agreements.show", key=agreement.key)
            yield Subject("agreement", agreement.key, agreement.title, url, "agreement_states", agreement.state)
        if isinstance(row, AgendaItemSubject) and row.solution_id in self.solutions:
            solution = self.solutions[row.solution_id]
            url = url_for("solutions.show", key=solution.key)
            yield Subject("solution", solution.key, solution.title, url, "effect_ratings", solution.effect)


def _is_draft() -> ColumnElement[bool]:
    """A draft, or a topic that went up in one."""
    draft = aliased(Topic)
    drafts = select(draft.id).where(col(draft.state) == TopicState.DRAFT)
    merged = and_(col(Topic.merged_into_id).is_not(None), col(Topic.merged_into_id).in_(drafts))
    return or_(col(Topic.state) == TopicState.DRAFT, merged)


def _readable_topic_ids(session: Session, actor: Actor, ids: Collection[int | None]) -> set[int | None]:
    return set(session.exec(select(col(Topic.id)).where(_in(Topic, ids), readable_topics(actor))))


def _readable_agreements(session: Session, actor: Actor, ids: Collection[int]) -> dict[int | None, Agreement]:
    rows = list(session.exec(select(Agreement).where(_in(Agreement, ids))))
    known = accesses(session, rows)
    return {row.id: row for row in rows if may_read_agreement(actor, known[row.id or 0])}
