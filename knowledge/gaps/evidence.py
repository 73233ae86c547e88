"""The strength of evidence, counted where the rows are: distinct cases, distinct organisations, reports, indicators.

`graded()` says in SQL what `rules.evidence_grade` says in Python, so that a catalogue can be filtered and sorted by it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import CTE, ColumnElement, Subquery, and_, case, distinct, or_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.people.models import Person
from knowledge.cases.erasure_models import LostEvidence
from knowledge.cases.models import Case, ClientConsent, Station
from knowledge.cases.states import CaseState
from knowledge.gaps.models import Evidence, Gap, GapIndicator
from knowledge.gaps.states import Polarity
from knowledge.workshops.models import Workshop, WorkshopCase

GapIds = Collection[int] | SelectOfScalar[Any]
"""Ids of gaps, or a SELECT of them."""

GONE = (CaseState.WITHDRAWN, CaseState.ERASED)
"""Cases that nobody reads any more. One whose time was up still counts (DP-8), one that was withdrawn does not."""


@dataclass(frozen=True)
class Strength:
    """What stands behind a gap: distinct cases and case-giving organisations, the grade, and the latest workshop."""

    cases: int = 0
    organisations: int = 0
    grade: str = "D"
    last_on: date | None = None


def supporting(gap_ids: GapIds | None = None) -> Subquery:
    """One row per gap and station that speaks for it, with case, organisation of the case giver, day of the workshop.

    What a person has withdrawn is not there (DP-6). Columns: gap_id, case_id, organisation_id, seen_on.
    """
    cases = _speaking_cases(once_each=not isinstance(gap_ids, Collection))
    statement: Any = (
        sa.select(col(Evidence.gap_id).label("gap_id"), cases.c.case_id, cases.c.organisation_id, cases.c.seen_on)
        .join(Station, col(Station.id) == col(Evidence.station_id))
        .join(cases, cases.c.case_id == col(Station.case_id))
        .where(col(Evidence.polarity) == Polarity.FOR)
    )
    if gap_ids is not None:
        statement = statement.where(col(Evidence.gap_id).in_(gap_ids))
    table: Subquery = statement.subquery()
    return table


def _speaking_cases(once_each: bool) -> Subquery:
    """The cases that may speak for a gap, with organisation of the case giver and day of the workshop.

    `once_each` groups them, so that the database looks at the few cases once before it lays them beside the many rows
    of evidence; for the evidence of some gaps it is quicker to look each case up.
    """
    seen_on = func.max(col(Workshop.date)) if once_each else col(Workshop.date)
    organisation: Any = func.coalesce(col(Person.organisation_id), col(Case.giver_organisation_id)).label(
        "organisation_id"
    )
    statement: Any = (
        sa.select(col(Case.id).label("case_id"), organisation, seen_on.label("seen_on"))
        .outerjoin(Person, col(Person.id) == col(Case.case_giver_id))
        .outerjoin(ClientConsent, col(ClientConsent.case_id) == col(Case.id))
        .outerjoin(WorkshopCase, col(WorkshopCase.case_id) == col(Case.id))
        .outerjoin(Workshop, col(Workshop.id) == col(WorkshopCase.workshop_id))
        .where(col(Case.state) != CaseState.WITHDRAWN, func.coalesce(col(ClientConsent.withdrawn), False).is_(False))
    )
    if once_each:
        statement = statement.group_by(col(Case.id), organisation.element)
    table: Subquery = statement.subquery()
    return table


def against(session: Session, gap_id: int) -> int:
    """The distinct cases that show that it also worked; counted apart and never taken off. One statement."""
    statement = (
        select(func.count(distinct(col(Station.case_id))))
        .join(Evidence, col(Evidence.station_id) == col(Station.id))
        .join(Case, col(Case.id) == col(Station.case_id))
        .where(
            col(Evidence.gap_id) == gap_id,
            col(Evidence.polarity) == Polarity.AGAINST,
            col(Case.state) != CaseState.WITHDRAWN,
        )
    )
    return session.exec(statement).one()


def graded(gap_ids: GapIds | None = None) -> CTE:
    """One row per gap, of all gaps or of these: gap_id, cases, organisations, grade, last_on (None without evidence).

    A statement that uses it in several places computes it once. Evidence and indicators are gathered whole and then
    laid beside the gaps: looked up gap by gap, they would cost the square of the catalogue.
    """
    found = _counted(gap_ids)
    cases, organisations = func.coalesce(found.c.cases, 0), func.coalesce(found.c.organisations, 0)
    statement: Any = sa.select(
        col(Gap.id).label("gap_id"),
        cases.label("cases"),
        organisations.label("organisations"),
        _grade(cases, organisations).label("grade"),
        found.c.last_on,
    ).outerjoin(found, found.c.gap_id == col(Gap.id))
    if gap_ids is not None:
        statement = statement.where(col(Gap.id).in_(gap_ids))
    table: CTE = statement.cte("graded")
    return table


def _counted(gap_ids: GapIds | None) -> Subquery:
    """One row per gap with evidence: gap_id, distinct cases and organisations, the latest workshop as last_on."""
    found = supporting(gap_ids)
    return (
        select(
            found.c.gap_id,
            func.count(distinct(found.c.case_id)).label("cases"),
            func.count(distinct(found.c.organisation_id)).label("organisations"),
            func.max(found.c.seen_on).label("last_on"),
        )
        .group_by(found.c.gap_id)
        .subquery()
    )


def _grade(cases: ColumnElement[int], organisations: ColumnElement[int]) -> ColumnElement[str]:
    """`rules.evidence_grade` as an expression; a test holds the two together."""
    is_measured = col(Gap.id).in_(select(col(GapIndicator.gap_id)))
    return case(
        (and_(cases >= 3, organisations >= 2, is_measured), "A"),
        (and_(cases >= 2, organisations >= 2), "B"),
        (and_(cases >= 1, or_(col(Gap.reports) > 0, is_measured)), "C"),
        else_="D",
    )


def latest(gap_ids: GapIds) -> Subquery:
    """One row per gap with evidence: gap_id, and the day of the latest workshop as last_on."""
    found = supporting(gap_ids)
    last_on = func.max(found.c.seen_on).label("last_on")
    return select(found.c.gap_id, last_on).group_by(found.c.gap_id).subquery()


def strengths(session: Session, gap_ids: Collection[int]) -> dict[int, Strength]:
    """The strength of the evidence of these gaps. One statement."""
    table = graded(gap_ids)
    statement: Any = sa.select(table.c.gap_id, table.c.cases, table.c.organisations, table.c.grade, table.c.last_on)
    return {gap_id: Strength(*counted) for gap_id, *counted in session.exec(statement)}


def distinct_strength(session: Session, gap_ids: Collection[int]) -> tuple[int, int]:
    """Distinct cases and organisations behind several gaps together. One statement."""
    found = supporting(gap_ids)
    statement = select(func.count(distinct(found.c.case_id)), func.count(distinct(found.c.organisation_id)))
    cases, organisations = session.exec(statement.select_from(found)).one()
    return cases, organisations


def lost_some(session: Session, gap_id: int) -> bool:
    """Whether a case that spoke for or against the gap was withdrawn (DP-6). One statement."""
    return session.exec(select(LostEvidence.id).where(col(LostEvidence.gap_id) == gap_id)).first() is not None
