"""What waits on the desk because of cases: a case giver's own ones, with what still has to happen to each."""

from datetime import date, timedelta

from flask import url_for
from sqlmodel import Session, col, select

from app.core.i18n import _, show_date
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from knowledge.cases.access import FoundCase, readable_cases
from knowledge.cases.models import Case
from knowledge.cases.policy import may_write_case
from knowledge.cases.rules import WINDOW_DAYS
from knowledge.cases.states import CaseState


def register() -> None:
    """Tell the desk."""
    tasks.register(own_cases)


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
        tuple(Task(each.case.title, _state(each, today), url_for("cases.show", key=each.case.key)) for each in found),
        _("Sie haben noch keinen Fall eingebracht."),
    )


def _state(found: FoundCase, today: date) -> str:
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
