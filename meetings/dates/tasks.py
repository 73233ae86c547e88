"""What waits on the desk because a date is sought: to answer, and to pick."""

from datetime import date

from flask import url_for
from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.dates.policy import may_answer_poll, may_steer_poll
from meetings.dates.queries import FoundPoll, answered_by, open_polls


def register() -> None:
    """Tell the desk."""
    tasks.register(dates_to_find)


def dates_to_find(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The open searches that this person has not answered or that they steer. Two statements."""
    found = open_polls(session)
    mine = [each for each in found if may_answer_poll(actor, each) or may_steer_poll(actor, each)]
    if not mine:
        return None
    answered = answered_by(session, actor.person_id, [each.poll.id or 0 for each in mine])
    lines = [_task(actor, each, answered, today) for each in mine]
    shown = [line for line in lines if line]
    return TaskGroup(_("Terminumfragen"), tuple(shown), "") if shown else None


def _task(actor: Actor, found: FoundPoll, answered: set[int], today: date) -> Task | None:
    poll = found.poll
    missing = bool(may_answer_poll(actor, found)) and poll.id not in answered
    steers = bool(may_steer_poll(actor, found))
    if not missing and not steers:
        return None
    late = poll.answer_until is not None and poll.answer_until < today
    detail = _("Ihre Antwort fehlt noch") if missing else _("Antworten ansehen und einen Termin wählen")
    return Task(
        _("%(title)s (%(body)s)", title=poll.title, body=found.body_row.name),
        detail,
        url_for("dates.show", poll_id=poll.id),
        poll.answer_until,
        "warning" if late else "info" if missing else "neutral",
    )
