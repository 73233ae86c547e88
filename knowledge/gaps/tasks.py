"""What waits on the desk because of gaps: reviews, follow-ups, deadlines, and the question whether to reopen."""

from datetime import date, timedelta

from flask import url_for
from sqlmodel import Session, col, func, select

from app.core.i18n import _, ngettext, show_date, show_number
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup, Tile
from knowledge.gaps.catalogue import began, since_when
from knowledge.gaps.evidence import graded
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import may_move_gap
from knowledge.gaps.states import GapStatus
from knowledge.gaps.visibility import readable_gaps

AHEAD = timedelta(days=274)
"""Deadlines of the next nine months are shown; two meetings of a steering group fit into them."""

FRESH = timedelta(days=30)
"""So long a report counts as new."""

CLOSED = (GapStatus.RESOLVED, GapStatus.DECLINED, GapStatus.MERGED, GapStatus.SINGLE_CASE)
"""States in which nobody works on a gap any more."""


def register() -> None:
    """Tell the desk."""
    for source in (in_review, due_again, to_reopen, deadlines):
        tasks.register(source)
    tasks.register_tiles(tiles)


def in_review(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Reports and gaps that the coordination has still to judge."""
    if not may_move_gap(actor):
        return None
    wanted = (GapStatus.REPORTED, GapStatus.IN_REVIEW)
    rows = session.exec(select(Gap).where(col(Gap.status).in_(wanted)).order_by(col(Gap.first_reported)))
    return TaskGroup(
        _("Fehlstellen in Prüfung"),
        tuple(
            Task(row.title, _since(row.key, row.first_reported), _url(row), tone=_freshness(row.first_reported, today))
            for row in rows
        ),
        _("Keine Meldung wartet auf Prüfung."),
    )


def due_again(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Deferred gaps whose day of review has come."""
    if not may_move_gap(actor):
        return None
    rows = session.exec(
        select(Gap)
        .where(col(Gap.status) == GapStatus.DEFERRED, col(Gap.deferred_until) <= today)
        .order_by(col(Gap.deferred_until))
    )
    return TaskGroup(
        _("Wiedervorlagen"),
        tuple(Task(row.title, row.key, _url(row), row.deferred_until, "warning") for row in rows),
        _("Keine zurückgestellte Fehlstelle ist fällig."),
    )


def to_reopen(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Resolved gaps with evidence from a workshop after the day they were resolved."""
    del today
    if not may_move_gap(actor):
        return None
    strength, since = graded(), since_when()
    rows = session.exec(
        select(Gap, strength.c.last_on)
        .join(strength, strength.c.gap_id == col(Gap.id))
        .outerjoin(since, since.c.gap_id == col(Gap.id))
        .where(col(Gap.status) == GapStatus.RESOLVED, strength.c.last_on > began(since))
        .order_by(strength.c.last_on.desc(), col(Gap.key))
    )
    return TaskGroup(
        _("Wieder zu öffnen?"),
        tuple(Task(gap.title, _newer(gap.key, day), _url(gap), tone="info") for gap, day in rows),
        _("Zu behobenen Fehlstellen gibt es keinen neueren Beleg."),
    )


def deadlines(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Gaps with a deadline in the next nine months, or past it."""
    if not may_move_gap(actor):
        return None
    rows = session.exec(
        select(Gap)
        .where(col(Gap.deadline) <= today + AHEAD, col(Gap.status).not_in(CLOSED))
        .order_by(col(Gap.deadline), col(Gap.key))
    )
    return TaskGroup(
        _("Fristen der nächsten neun Monate"),
        tuple(
            Task(row.title, row.deadline_note or row.key, _url(row), row.deadline, _urgency(row.deadline, today))
            for row in rows
        ),
        _("Keine Fehlstelle hat in den nächsten neun Monaten eine Frist."),
    )


def tiles(session: Session, actor: Actor) -> list[Tile]:
    """How many gaps the reader may read, how many are open, how many of these have a deadline. One statement."""
    is_open = col(Gap.status).not_in(CLOSED)
    everything, still_open, with_deadline = session.exec(
        select(
            func.count(col(Gap.id)),
            func.count(col(Gap.id)).filter(is_open),
            func.count(col(Gap.id)).filter(is_open, col(Gap.deadline).is_not(None)),
        ).where(readable_gaps(actor), col(Gap.status) != GapStatus.MERGED)
    ).one()
    under_way = [state.value for state in GapStatus if state not in CLOSED]
    return [
        Tile(show_number(everything), _("Fehlstellen im Katalog"), url_for("gaps.index")),
        Tile(show_number(still_open), _("davon noch nicht abgeschlossen"), url_for("gaps.index", status=under_way)),
        Tile(show_number(with_deadline), ngettext("hat eine Frist", "haben eine Frist", with_deadline)),
    ]


def _url(gap: Gap) -> str:
    return url_for("gaps.show", key=gap.key)


def _since(key: str, day: date) -> str:
    return _("%(key)s · gemeldet am %(day)s", key=key, day=show_date(day))


def _newer(key: str, day: date) -> str:
    return _("%(key)s · neuer Beleg vom %(day)s", key=key, day=show_date(day))


def _freshness(reported: date, today: date) -> str:
    return "info" if today - reported <= FRESH else "neutral"


def _urgency(deadline: date | None, today: date) -> str:
    if deadline is not None and deadline < today:
        return "danger"
    return "warning" if deadline is not None and deadline <= today + timedelta(days=90) else "neutral"
