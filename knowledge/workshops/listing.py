"""The list of workshops: those that a person may know of, those to come first, what is chosen stands in the address."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from app.core.permissions import Actor
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopOrganisation
from knowledge.workshops.policy import may_plan_workshops
from knowledge.workshops.queries import readable_workshops
from knowledge.workshops.states import WorkshopState

COMING, PAST, OFF, ALL = "kommend", "vergangen", "abgesagt", "alle"
CHOICES = (COMING, PAST, OFF, ALL)
PAGE = 25
NOW = (WorkshopState.RUNNING, WorkshopState.PAUSED)


@dataclass(frozen=True)
class Line:
    """A workshop in the list; how many cases it has is the planners' knowledge, for others None."""

    workshop: Workshop
    organisations: int
    cases: int | None


@dataclass(frozen=True)
class Listing:
    """One page of the list. `counts`: how many there are per choice."""

    lines: tuple[Line, ...]
    chosen: str
    counts: dict[str, int]
    page: int
    pages: int


def group_of(workshop: Workshop, today: date) -> str:
    """Where a workshop stands in the list: what runs now is to come, however long it takes."""
    if workshop.state == WorkshopState.CANCELLED:
        return OFF
    if workshop.state in NOW or (workshop.state == WorkshopState.PLANNED and workshop.date >= today):
        return COMING
    return PAST


def listing(session: Session, actor: Actor, today: date, wanted: str, page: int) -> Listing:
    """One page of one choice. Four statements, however many workshops."""
    known = readable_workshops(session, actor)
    groups = Counter(group_of(each, today) for each in known)
    chosen = wanted if wanted in CHOICES else COMING if groups[COMING] or not known else ALL
    rows = [each for each in known if chosen in (ALL, group_of(each, today))]
    if chosen == COMING:
        rows.reverse()
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(page, 1), pages)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    lines = _lines(session, shown, bool(may_plan_workshops(actor)))
    return Listing(lines, chosen, {**groups, ALL: len(known)}, page, pages)


def _lines(session: Session, rows: list[Workshop], plans: bool) -> tuple[Line, ...]:
    ids = [row.id for row in rows]
    organisations = dict(
        session.exec(
            select(WorkshopOrganisation.workshop_id, func.count(col(WorkshopOrganisation.id)))
            .where(col(WorkshopOrganisation.workshop_id).in_(ids))
            .group_by(col(WorkshopOrganisation.workshop_id))
        ).all()
    )
    cases = dict(
        session.exec(
            select(WorkshopCase.workshop_id, func.count(col(WorkshopCase.id)))
            .where(col(WorkshopCase.workshop_id).in_(ids))
            .group_by(col(WorkshopCase.workshop_id))
        ).all()
    )
    return tuple(
        Line(row, organisations.get(row.id or 0, 0), cases.get(row.id or 0, 0) if plans else None) for row in rows
    )
