"""What waits on the desk because topics are to be scored: one's own organisation's sheet."""

from datetime import date

from flask import url_for
from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.scoring.pages import deadline_day
from meetings.scoring.queries import WaitingScoring, waiting_for
from meetings.scoring.rules import thaw_scoring


def register() -> None:
    """Tell the desk."""
    tasks.register(sheets_to_fill)


def sheets_to_fill(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The open scorings in which answers of the person's organisation are missing. Two statements."""
    open_ones = [(each, thaw_scoring(each.scoring.rule).questions) for each in waiting_for(session, actor)]
    lines = [_task(each, questions, today) for each, questions in open_ones if each.answers < questions]
    return TaskGroup(_("Themen bewerten"), tuple(lines), "") if lines else None


def _task(waiting: WaitingScoring, questions: int, today: date) -> Task:
    until = deadline_day(waiting.scoring.deadline)
    detail = (
        _("%(answers)s von %(questions)s Fragen beantwortet", answers=waiting.answers, questions=questions)
        if waiting.answers
        else _("Der Bogen Ihrer Organisation fehlt noch")
    )
    return Task(
        _("%(title)s (%(meeting)s)", title=waiting.item.title, meeting=waiting.meeting.title),
        detail,
        url_for("scoring.sheet", scoring_id=waiting.scoring.id),
        until,
        "warning" if until < today else "info",
    )
