"""What the guards of a gap's life ask about: facts of this room, and facts that higher rooms register."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from app.core.clock import LOCAL
from app.core.lifecycle import STEERING
from app.core.permissions import Verdict
from app.people.models import Tenant
from knowledge.gaps.evidence import Strength, strengths
from knowledge.gaps.models import Escalation, Gap, GapFacet, GapHistory, Topic
from knowledge.gaps.rules import GAP_LIFECYCLE, GapFacts, missing
from knowledge.gaps.states import GapStatus

FactSource = Callable[[Session, int], Mapping[str, Any]]
"""From a gap's id to fields of `GapFacts`: whether a meeting has begun, how many measures are open."""

_sources: list[FactSource] = []


def register(source: FactSource) -> None:
    """Add what a higher room knows about a gap."""
    if source not in _sources:
        _sources.append(source)


def facts_of(session: Session, gap: Gap, today: date, *, has_reason: bool) -> GapFacts:
    """Everything known about the gap on this day. A fixed number of statements."""
    strength = strengths(session, [gap.id or 0]).get(gap.id or 0, Strength())
    brief = session.exec(select(Topic.brief).where(col(Topic.id) == gap.topic_id)).first()
    facts = GapFacts(
        evidence_grade=strength.grade,
        is_complete=not missing_fields(session, gap),
        has_target_gap=False,
        has_reason=has_reason,
        has_topic=gap.topic_id is not None,
        has_brief=bool(brief),
        direct_route_enabled=_direct_route(session, gap),
        review_on=gap.deferred_until,
        has_new_evidence=is_newer(strength, since(session, gap)),
        answer_recorded=_has_answer(session, gap),
        today=today,
    )
    for source in _sources:
        facts = replace(facts, **source(session, gap.id or 0))
    return facts


def missing_fields(session: Session, gap: Gap) -> tuple[str, ...]:
    """The facets that the gap still needs before it enters the topic store. One statement."""
    counted = select(GapFacet.facet, func.count()).where(col(GapFacet.gap_id) == gap.id).group_by(col(GapFacet.facet))
    return missing({str(facet): number for facet, number in session.exec(counted)})


def next_steps(session: Session, gap: Gap, roles: Collection[str], today: date) -> list[tuple[str, Verdict]]:
    """The steps from here that no body decides, each with what its guard says; a reason can still be given.

    Merging is missing: it needs the other gap and has a form of its own.
    """
    facts = facts_of(session, gap, today, has_reason=True)
    return [
        (step.target, GAP_LIFECYCLE.check(step.source, step.target, roles, facts))
        for step in GAP_LIFECYCLE.transitions
        if step.source == gap.status and STEERING not in step.by and step.target != GapStatus.MERGED
    ]


def since(session: Session, gap: Gap) -> date:
    """The day on which the present state began: of the last step, else of the first report."""
    last: datetime | None = session.exec(
        select(func.max(col(GapHistory.at))).where(col(GapHistory.gap_id) == gap.id)
    ).one()
    return last.astimezone(LOCAL).date() if last else gap.first_reported


def is_newer(strength: Strength, day: date) -> bool:
    """Whether a workshop after that day brought evidence."""
    return strength.last_on is not None and strength.last_on > day


def _direct_route(session: Session, gap: Gap) -> bool:
    return session.exec(select(Tenant.direct_route_enabled).where(col(Tenant.id) == gap.tenant_id)).one()


def _has_answer(session: Session, gap: Gap) -> bool:
    answer = session.exec(select(Escalation.answer).where(col(Escalation.gap_id) == gap.id)).first()
    return bool(answer)
