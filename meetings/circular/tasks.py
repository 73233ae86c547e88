"""What waits on the desk because of circulars: one's own missing answer."""

from datetime import date

from flask import url_for
from sqlmodel import Session

from app.core.i18n import _, show_datetime
from app.core.permissions import VOTING, Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.circular.queries import waiting_for


def register() -> None:
    """Tell the desk."""
    tasks.register(own_answers)


def own_answers(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The running circulars in which the answer of the person's seat is missing; none, no group."""
    del today
    if not any(seat.kind == VOTING for seat in actor.seats):
        return None
    waiting = waiting_for(session, actor)
    if not waiting:
        return None
    return TaskGroup(
        _("Umlaufbeschlüsse"),
        tuple(
            Task(
                circular.title,
                _("Antwort bis %(moment)s", moment=show_datetime(circular.deadline)),
                url_for("circulars.show", key=circular.key),
                tone="warning",
            )
            for circular in waiting
        ),
        "",
    )
