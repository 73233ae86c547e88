"""What waits on the coordination's desk because of reports."""

from datetime import date

from flask import url_for
from sqlmodel import Session, col, select

from app.core.i18n import _, ngettext, show_date, show_number
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup, Tile
from knowledge.reports.models import Report
from knowledge.reports.policy import may_judge_reports
from knowledge.reports.queries import waiting
from knowledge.reports.states import ReportState

SHOWN = 10


def register() -> None:
    """Tell the desk."""
    tasks.register(to_judge)
    tasks.register_tiles(tiles)


def to_judge(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Reports that nobody has decided, the oldest first: their numbers and days, never what they say."""
    del today
    if not may_judge_reports(actor):
        return None
    open_states = (ReportState.RECEIVED, ReportState.IN_REVIEW)
    rows = session.exec(
        select(Report.key, Report.received_at, Report.state)
        .where(col(Report.state).in_(open_states))
        .order_by(col(Report.received_at))
        .limit(SHOWN)
    ).all()
    number, held = waiting(session)
    found = [
        Task(
            _("Meldung %(key)s", key=key),
            _("eingegangen am %(day)s", day=show_date(at)),
            url_for("reports.show", key=key),
            tone="info" if state == ReportState.RECEIVED else "neutral",
        )
        for key, at, state in rows
    ]
    if held:
        found.append(
            Task(
                ngettext("%(num)s zurückgehaltene Meldung", "%(num)s zurückgehaltene Meldungen", held),
                _("Niemand hat sich als Mensch ausgewiesen."),
                url_for("reports.index", stand="zurueckgehalten"),
            )
        )
    return TaskGroup(
        _("Meldungen"),
        tuple(found),
        _("Keine Meldung wartet."),
        max(0, number - held - len(rows)),
        url_for("reports.index"),
    )


def tiles(session: Session, actor: Actor) -> list[Tile]:
    """How many reports wait, for the coordination. One statement."""
    if not may_judge_reports(actor):
        return []
    number, _held = waiting(session)
    words = ngettext("Meldung wartet", "Meldungen warten", number)
    return [Tile(show_number(number), words, url_for("reports.index"))]
