"""What waits on the desk because of decisions: one's organisation's tasks, and what the body has to take note of."""

from datetime import date

from flask import url_for
from sqlmodel import Session, col

from app.core.i18n import _
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.bodies.policy import runs_meetings_of
from meetings.follow_up.models import DecisionTask
from meetings.follow_up.queries import FoundTask, found_tasks
from meetings.follow_up.rules import LISTED, is_due_soon, is_overdue
from meetings.follow_up.states import TaskState
from meetings.follow_up.wording import standing

SHOWN = 5


def register() -> None:
    """Tell the desk."""
    for source in (own_tasks, to_note):
        tasks.register(source)


def own_tasks(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The tasks that the person's organisation has from decisions."""
    working = [state for state in LISTED if state != TaskState.DONE_REPORTED]
    found = found_tasks(
        session, col(DecisionTask.organisation_id) == actor.organisation_id, col(DecisionTask.state).in_(working)
    )
    if not found:
        return None
    return TaskGroup(
        _("Aufträge an Ihre Organisation"),
        tuple(_task(each, today) for each in found[:SHOWN]),
        _("Kein Auftrag aus einem Beschluss wartet auf Ihre Organisation."),
        further=max(0, len(found) - SHOWN),
        further_url=url_for("follow_up.index", eigene="1"),
    )


def _task(found: FoundTask, today: date) -> Task:
    task = found.task
    late = is_overdue(task.state, task.due, today)
    tone = "danger" if late else "warning" if is_due_soon(task.state, task.due, today) else "neutral"
    detail = f"{found.body_row.name} · {standing(task.state, late)}"
    return Task(f"{task.key}: {task.text[:100]}", detail, url_for("follow_up.show", key=task.key), task.due, tone)


def to_note(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """What was reported as done in bodies whose meetings the person runs, until the body took note."""
    del today
    if not actor.seats:
        return None
    found = found_tasks(session, col(DecisionTask.state) == TaskState.DONE_REPORTED)
    mine = [each for each in found if runs_meetings_of(actor, each.body)]
    if not mine:
        return None
    return TaskGroup(
        _("Erledigt gemeldet, noch nicht zur Kenntnis genommen"),
        tuple(
            Task(
                f"{each.task.key}: {each.task.text[:100]}",
                each.organisation,
                url_for("follow_up.show", key=each.task.key),
            )
            for each in mine[:SHOWN]
        ),
        "",
        further=max(0, len(mine) - SHOWN),
        further_url=url_for("follow_up.index", ampel="green"),
    )
