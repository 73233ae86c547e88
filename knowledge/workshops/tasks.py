"""What waits on the desk because of workshops: what is still to be planned, and where one is expected."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import url_for
from sqlmodel import Session, col, func, select

from app.core.i18n import _, show_date, show_time_span
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopInvitation, WorkshopOrganisation
from knowledge.workshops.policy import may_list_workshops, may_plan_workshop
from knowledge.workshops.queries import accesses, readable_workshops
from knowledge.workshops.states import WorkshopState

SOON = timedelta(days=90)
OPEN = (WorkshopState.PLANNED, WorkshopState.RUNNING, WorkshopState.PAUSED)


def register() -> None:
    """Tell the desk."""
    tasks.register(workshop_tasks)


def workshop_tasks(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The workshops to come that this person plans or is invited to. Six statements, however many there are."""
    if not may_list_workshops(actor):
        return None
    coming = [each for each in readable_workshops(session, actor) if each.state in OPEN and each.date <= today + SOON]
    if not coming:
        return None
    rights = accesses(session, coming)
    missing = _missing(session, coming, today)
    found = [
        _task(each, missing[each.id or 0] if may_plan_workshop(actor, rights[each.id or 0]) else "")
        for each in reversed(coming)
    ]
    return TaskGroup(_("Fallrekonstruktionen"), tuple(found), _("Zurzeit ist kein Workshop geplant."))


def _task(workshop: Workshop, missing: str) -> Task:
    when = f"{show_date(workshop.date, 'long')}, {show_time_span(workshop.starts_at, workshop.ends_at)}"
    where = f", {workshop.place}" if workshop.place else ""
    running = workshop.state != WorkshopState.PLANNED
    return Task(
        workshop.title,
        missing or (_("läuft gerade") if running else f"{when}{where}"),
        url_for("workshops.show", key=workshop.key),
        workshop.date,
        "warning" if missing else "info" if running else "neutral",
    )


def _missing(session: Session, workshops: Sequence[Workshop], today: date) -> dict[int, str]:
    """What is still to be done for each workshop, the first thing first; nothing once it runs. Three statements."""
    ids = [each.id for each in workshops]
    cases = _with(session, WorkshopCase, ids)
    organisations = _with(session, WorkshopOrganisation, ids)
    told = dict(
        session.exec(
            select(WorkshopInvitation.workshop_id, func.max(col(WorkshopInvitation.revision)))
            .where(col(WorkshopInvitation.workshop_id).in_(ids))
            .group_by(col(WorkshopInvitation.workshop_id))
        ).all()
    )
    return {
        each.id or 0: _next(each, each.id in cases, each.id in organisations, told.get(each.id or 0), today)
        for each in workshops
    }


def _with(session: Session, table: type[WorkshopCase] | type[WorkshopOrganisation], ids: list[int | None]) -> set[int]:
    return set(session.exec(select(table.workshop_id).where(col(table.workshop_id).in_(ids)).distinct()))


def _next(workshop: Workshop, cases: bool, organisations: bool, told: int | None, today: date) -> str:
    if workshop.state != WorkshopState.PLANNED:
        return ""
    if workshop.date < today:
        return _("Der Tag ist vorbei: verschieben, absagen oder nachtragen")
    if not cases:
        return _("Es sind noch keine Fälle ausgewählt")
    if not organisations:
        return _("Es ist noch niemand eingeladen")
    if told is None:
        return _("Die Einladungen sind noch nicht verschickt")
    if told < workshop.revision:
        return _("Der Termin hat sich geändert, die Eingeladenen wissen es noch nicht")
    return ""
