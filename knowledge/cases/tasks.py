"""What waits on the desk because of cases: those to check and to release, and a case giver's own ones."""

from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlmodel import Session, col, select

from app.core.i18n import _, show_date
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from knowledge.cases.access import FoundCase, readable_cases
from knowledge.cases.models import Case
from knowledge.cases.policy import may_check_case, may_release_case, may_write_case
from knowledge.cases.rules import WINDOW_DAYS
from knowledge.cases.states import CaseState


def register() -> None:
    """Tell the desk."""
    for source in (to_check, to_release, own_cases):
        tasks.register(source)


def to_check(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Drafts of others that wait for a second person. None where nobody like this reader checks."""
    if not actor.has_role("coordination", "moderator") or actor.has_role("admin"):
        return None
    waiting = (col(Case.state) == CaseState.DRAFT, col(Case.submitted_at).is_not(None))
    found = [each for each in _found(session, actor, today, *waiting) if may_check_case(actor, each)]
    return TaskGroup(
        _("Fälle zur Prüfung"),
        tuple(_task(each, _("liegt zur Prüfung"), "cases.second", "info") for each in found),
        _("Kein Fall wartet auf eine zweite Person."),
    )


def to_release(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Checked cases of others that wait for their release."""
    if not actor.has_role("coordination") or actor.has_role("admin"):
        return None
    found = [
        each
        for each in _found(session, actor, today, col(Case.state) == CaseState.CHECKED)
        if may_release_case(actor, each)
    ]
    return TaskGroup(
        _("Fälle zur Freigabe"),
        tuple(_task(each, _("geprüft, noch nicht freigegeben"), "cases.show", "info") for each in found),
        _("Kein geprüfter Fall wartet auf die Freigabe."),
    )


def _found(session: Session, actor: Actor, today: date, *conditions: Any) -> list[FoundCase]:
    ids = session.exec(select(Case.id).where(*conditions)).all()
    return readable_cases(session, actor, today, [id_ or 0 for id_ in ids]) if ids else []


def _task(found: FoundCase, detail: str, endpoint: str, tone: str = "neutral") -> Task:
    return Task(found.case.title, detail, url_for(endpoint, key=found.case.key), tone=tone)


def own_cases(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The cases that this person brought in."""
    if not may_write_case(actor):
        return None
    ids = session.exec(select(Case.id).where(col(Case.case_giver_id) == actor.person_id)).all()
    if not ids and not actor.has_role("casemgmt"):
        return None
    found = readable_cases(session, actor, today, [id_ or 0 for id_ in ids]) if ids else []
    return TaskGroup(
        _("Meine Fälle"),
        tuple(_task(each, _state(each, today), "cases.show", _tone(each)) for each in found),
        _("Sie haben noch keinen Fall eingebracht."),
    )


def _tone(found: FoundCase) -> str:
    return "info" if found.case.state == CaseState.DRAFT and found.case.returned_note else "neutral"


def _state(found: FoundCase, today: date) -> str:
    if found.case.state == CaseState.DRAFT and found.submitted:
        return _("liegt zur Prüfung bei einer zweiten Person")
    if found.case.state == CaseState.DRAFT and found.case.returned_note:
        return _("zurückgegeben: Die zweite Person bittet um Änderungen")
    words = {
        CaseState.DRAFT: _("Entwurf: noch nicht geprüft"),
        CaseState.CHECKED: _("geprüft, noch nicht freigegeben"),
        CaseState.CLOSED: _("abgeschlossen"),
    }
    if found.case.state != CaseState.RELEASED:
        return words.get(found.case.state, _("zurückgezogen"))
    if found.workshop is None:
        return _("freigegeben, noch ohne Workshop")
    if found.released_on is None:
        return _("im Workshop am %(day)s", day=show_date(found.workshop.date))
    closes = found.released_on + timedelta(days=WINDOW_DAYS)
    if today <= closes:
        return _("Teilnehmende lesen ihn bis %(day)s", day=show_date(closes))
    return _(
        "im Workshop am %(day)s rekonstruiert, der Einblick für Teilnehmende ist beendet",
        day=show_date(found.workshop.date),
    )
