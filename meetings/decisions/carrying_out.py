"""Carrying out what a decision moves: one step of a topic, a gap or an agreement, each recorded."""

from sqlmodel import col, select

from app.core.i18n import _
from app.core.work import Work
from knowledge.gaps.actions import take_step
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.states import GapStatus, TopicState
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue
from meetings.agreements.models import Agreement
from meetings.agreements.states import AgreementState
from meetings.decisions.models import Decision, TopicDecision
from meetings.decisions.proposal import Particulars
from meetings.decisions.rules import GAP, TOPIC, Move


def carry_out(work: Work, decision: Decision, move: Move, particulars: Particulars) -> None:
    """Take one step that the thing's lifecycle has allowed."""
    if move.thing == TOPIC:
        _move_topic(work, decision, move)
    elif move.thing == GAP:
        _move_gap(work, decision, move, particulars)
    else:
        _move_agreement(work, decision, move)


def _move_topic(work: Work, decision: Decision, move: Move) -> None:
    topic = work.session.exec(select(Topic).where(col(Topic.id) == move.id)).one()
    topic.state = TopicState(move.target)
    topic.rank = move.rank if move.rank is not None else topic.rank
    work.session.add(topic)
    if decision.meeting_id is not None:
        _note_meeting(work, move.id, decision.meeting_id)
    work.record("topic.moved", topic, source=move.source, target=move.target, decision=decision.key)
    enqueue(work.session, Kind.TOPIC, topic.key)


def _note_meeting(work: Work, topic_id: int, meeting_id: int) -> None:
    row = work.session.exec(select(TopicDecision).where(col(TopicDecision.topic_id) == topic_id)).first()
    row = row or TopicDecision(topic_id=topic_id, meeting_id=meeting_id)
    row.meeting_id = meeting_id
    work.session.add(row)


def _move_gap(work: Work, decision: Decision, move: Move, particulars: Particulars) -> None:
    gap = work.session.exec(select(Gap).where(col(Gap.id) == move.id)).one()
    if move.target == GapStatus.DEFERRED:
        gap.deferred_until, gap.deferred_reason = particulars.review_on, decision.text
    reason = _("Beschluss %(key)s", key=decision.key)
    take_step(work, gap, GapStatus(move.target), reason, cause=("decision", decision.id or 0))


def _move_agreement(work: Work, decision: Decision, move: Move) -> None:
    agreement = work.session.exec(select(Agreement).where(col(Agreement.id) == move.id)).one()
    agreement.state = AgreementState(move.target)
    work.session.add(agreement)
    work.record("agreement.moved", agreement, source=move.source, target=move.target, decision=decision.key)
    enqueue(work.session, Kind.AGREEMENT, agreement.key)
