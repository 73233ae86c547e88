"""Reading reports: the inbox, one report with all that belongs to it. A fixed number of statements each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.core.permissions import Actor
from app.people.models import Municipality, Person
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import may_read_gap
from knowledge.reports.models import Report, ReportContact, ReportFacet, ReportMessage, ReportStep
from knowledge.reports.policy import may_judge_reports
from knowledge.reports.rules import ACCEPTED, DECLINED, HELD, IN_REVIEW, RECEIVED, WITHDRAWN
from knowledge.reports.states import ReportFacetName, ReportState

PER_PAGE = 25
FILTERS: Mapping[str, tuple[str, ...]] = {
    "offen": (RECEIVED, IN_REVIEW),
    "zurueckgehalten": (HELD,),
    "angenommen": (ACCEPTED,),
    "nicht-weiterverfolgt": (DECLINED,),
    "zurueckgezogen": (WITHDRAWN,),
    "alle": (HELD, RECEIVED, IN_REVIEW, ACCEPTED, DECLINED, WITHDRAWN),
}
"""The inbox's filters as they stand in the address, and which states they let through."""


@dataclass(frozen=True)
class Line:
    """A row of the inbox. `gap` is the key of the gap where the report counts, if the reader may read it."""

    report: Report
    municipality: str | None
    gap: str | None


@dataclass(frozen=True)
class Inbox:
    """One page of reports, and how many there are for each filter."""

    lines: tuple[Line, ...]
    chosen: str
    counts: Mapping[str, int]
    page: int
    pages: int


@dataclass(frozen=True)
class Message:
    """Something that was written about a report, and by whom (for the coordination's eyes)."""

    message: ReportMessage
    person: str | None


@dataclass(frozen=True)
class ReportSheet:
    """A report with all that belongs to it."""

    report: Report
    municipality: str | None
    codes: Mapping[str, tuple[str, ...]]
    gap: Gap | None
    reporter: str | None
    contact: ReportContact | None
    messages: tuple[Message, ...]
    steps: tuple[ReportStep, ...]


def report_by_key(session: Session, key: str) -> Report | None:
    """The report of this number."""
    return session.exec(select(Report).where(col(Report.key) == key)).first()


def inbox(session: Session, actor: Actor, chosen: str, page: int) -> Inbox:
    """The reports that this person may read: the coordination all, everybody else their own.

    Two statements, and one more for each step of mergings that reports on this page went through.
    """
    chosen = chosen if chosen in FILTERS else "offen"
    mine = () if may_judge_reports(actor) else (col(Report.reporter_id) == actor.person_id,)
    per_state = dict(session.exec(select(Report.state, func.count()).where(*mine).group_by(col(Report.state))).all())
    counts = {name: sum(per_state.get(ReportState(state), 0) for state in states) for name, states in FILTERS.items()}
    pages = max(1, -(-counts[chosen] // PER_PAGE))
    page = min(max(1, page), pages)
    rows = session.exec(
        select(Report, Municipality.name)
        .outerjoin(Municipality, col(Municipality.id) == col(Report.municipality_id))
        .where(col(Report.state).in_([ReportState(state) for state in FILTERS[chosen]]), *mine)
        .order_by(col(Report.received_at).desc(), col(Report.id).desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    gaps = _standing_gaps(session, {report.gap_id for report, _place in rows if report.gap_id is not None})
    lines = tuple(Line(report, place, _key_for(actor, gaps.get(report.gap_id))) for report, place in rows)
    return Inbox(lines, chosen, counts, page, pages)


def _key_for(actor: Actor, gap: Gap | None) -> str | None:
    return gap.key if gap is not None and may_read_gap(actor, gap) else None


def sheet(session: Session, report: Report) -> ReportSheet:
    """Everything about one report."""
    report_id = report.id or 0
    statement = (
        select(Municipality.name, Person.name, ReportContact)
        .select_from(Report)
        .outerjoin(Municipality, col(Municipality.id) == col(Report.municipality_id))
        .outerjoin(Person, col(Person.id) == col(Report.reporter_id))
        .outerjoin(ReportContact, col(ReportContact.report_id) == col(Report.id))
        .where(col(Report.id) == report_id)
    )
    municipality, reporter, contact = session.exec(statement).one()
    return ReportSheet(
        report=report,
        municipality=municipality,
        codes=_codes(session, report_id),
        gap=standing(session, report.gap_id),
        reporter=reporter,
        contact=contact,
        messages=_messages(session, report_id),
        steps=tuple(
            session.exec(select(ReportStep).where(col(ReportStep.report_id) == report_id).order_by(col(ReportStep.id)))
        ),
    )


def standing(session: Session, gap_id: int | None) -> Gap | None:
    """The gap of this id, or the one that it was merged into."""
    return None if gap_id is None else _standing_gaps(session, {gap_id}).get(gap_id)


def _standing_gaps(session: Session, gap_ids: Collection[int]) -> dict[int | None, Gap]:
    """For each of these gaps itself or the one that it was merged into; one statement for each step of the way."""
    seen: dict[int | None, Gap] = {}
    wanted = set(gap_ids)
    while wanted:
        seen |= {gap.id: gap for gap in session.exec(select(Gap).where(col(Gap.id).in_(wanted)))}
        wanted = {gap.merged_into_id for gap in seen.values() if gap.merged_into_id is not None} - set(seen)
    return {gap_id: _end_of_way(seen, gap_id) for gap_id in gap_ids if gap_id in seen}


def _end_of_way(seen: Mapping[int | None, Gap], gap_id: int) -> Gap:
    gap = seen[gap_id]
    for _step in seen:
        gap = seen.get(gap.merged_into_id, gap)
    return gap


def _codes(session: Session, report_id: int) -> dict[str, tuple[str, ...]]:
    rows = session.exec(
        select(ReportFacet.facet, ReportFacet.key)
        .where(col(ReportFacet.report_id) == report_id)
        .order_by(col(ReportFacet.facet), col(ReportFacet.position))
    ).all()
    return {name.value: tuple(key for facet, key in rows if facet == name) for name in ReportFacetName}


def _messages(session: Session, report_id: int) -> tuple[Message, ...]:
    rows = session.exec(
        select(ReportMessage, Person.name)
        .outerjoin(Person, col(Person.id) == col(ReportMessage.person_id))
        .where(col(ReportMessage.report_id) == report_id)
        .order_by(col(ReportMessage.id))
    )
    return tuple(Message(*row) for row in rows)


def waiting(session: Session) -> tuple[int, int]:
    """How many reports wait for the coordination, and how many of them are held. One statement."""
    per_state = dict(
        session.exec(
            select(Report.state, func.count())
            .where(col(Report.state).in_((ReportState.HELD, ReportState.RECEIVED, ReportState.IN_REVIEW)))
            .group_by(col(Report.state))
        ).all()
    )
    return sum(per_state.values()), per_state.get(ReportState.HELD, 0)
