"""What meetings and agreements know about a gap, for the guards of its life."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from knowledge.gaps import facts
from knowledge.gaps.models import Gap
from knowledge.solutions.models import Solution, SolutionGap
from knowledge.solutions.states import EffectRating
from meetings.agenda.models import AgendaItem, AgendaItemSubject, Meeting
from meetings.agenda.states import ItemState, MeetingState
from meetings.agreements.models import Agreement, AgreementGap, Measure, Obligation, OrgConsent
from meetings.agreements.states import AgreementState, ConsentState, MeasureState
from meetings.bodies.models import TopicMandate

BEGUN = (MeetingState.RUNNING, MeetingState.PAUSED)
"""While a meeting goes on, what was put to it is the body's; what it left undecided can be withdrawn afterwards."""

DECIDED = (AgreementState.APPROVED, AgreementState.IN_FORCE, AgreementState.AMENDED, AgreementState.FULFILLED)
OPEN_MEASURES = (MeasureState.PLANNED, MeasureState.RUNNING, MeasureState.AT_RISK)
CONSENTED = (ConsentState.GIVEN, ConsentState.GIVEN_WITH_RESERVATION)


def register() -> None:
    """Tell the gaps."""
    facts.register(facts_of_gap)


def facts_of_gap(session: Session, gap_id: int) -> dict[str, Any]:
    """Fields of `GapFacts`. One statement."""
    topic = select(col(Gap.topic_id)).where(col(Gap.id) == gap_id).scalar_subquery()
    decided = (
        select(col(Agreement.id))
        .join(AgreementGap, col(AgreementGap.agreement_id) == col(Agreement.id))
        .where(col(AgreementGap.gap_id) == gap_id, col(Agreement.state).in_(DECIDED))
    )
    named: dict[str, ColumnElement[Any]] = {
        "meeting_has_begun": _meeting_has_begun(gap_id, topic),
        "has_mandate": sa.exists(select(col(TopicMandate.id)).where(col(TopicMandate.topic_id) == topic)),
        "agreement_approved": sa.exists(decided),
        "consents_given": _count(
            select(func.count(col(OrgConsent.id)))
            .join(Obligation, col(Obligation.id) == col(OrgConsent.obligation_id))
            .where(col(Obligation.agreement_id).in_(decided), col(OrgConsent.state).in_(CONSENTED))
        ),
        "measures": _count(select(func.count(col(Measure.id))).where(col(Measure.agreement_id).in_(decided))),
        "open_measures": _count(
            select(func.count(col(Measure.id))).where(
                col(Measure.agreement_id).in_(decided), col(Measure.status).in_(OPEN_MEASURES)
            )
        ),
        "effect_rating": _effect(gap_id),
    }
    row = session.exec(sa.select(*(value.label(name) for name, value in named.items()))).one()  # type: ignore[call-overload]
    found = dict(zip(named, row, strict=True))
    return {name: bool(value) if name in _YES_OR_NO else value for name, value in found.items()}


_YES_OR_NO = {"meeting_has_begun", "has_mandate", "agreement_approved"}


def _count(statement: Any) -> ColumnElement[int]:
    counted: ColumnElement[int] = statement.scalar_subquery()
    return counted


def _meeting_has_begun(gap_id: int, topic: Any) -> ColumnElement[bool]:
    """Whether the gap or its topic stands on the agenda of a meeting that is going on, and was not postponed there."""
    statement = (
        select(col(AgendaItemSubject.id))
        .join(AgendaItem, col(AgendaItem.id) == col(AgendaItemSubject.item_id))
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(
            (col(AgendaItemSubject.gap_id) == gap_id) | (col(AgendaItemSubject.topic_id) == topic),
            col(Meeting.state).in_(BEGUN),
            col(AgendaItem.state) != ItemState.POSTPONED,
        )
    )
    return sa.exists(statement)


def _effect(gap_id: int) -> Any:
    """How the latest solution that was rated worked; None while nothing is rated."""
    return (
        select(col(Solution.effect))
        .join(SolutionGap, col(SolutionGap.solution_id) == col(Solution.id))
        .where(col(SolutionGap.gap_id) == gap_id, col(Solution.effect) != EffectRating.UNKNOWN)
        .order_by(col(Solution.period_start).desc(), col(Solution.id).desc())
        .limit(1)
        .scalar_subquery()
    )
