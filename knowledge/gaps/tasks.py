"""What waits on the desk because of gaps: reviews, follow-ups, deadlines, and the question whether to reopen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlmodel import Session, col, func, select

from app.core.i18n import _, ngettext, show_date, show_number
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup, Tile
from knowledge.gaps.catalogue import began, since_when
from knowledge.gaps.evidence import latest
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import may_move_gap
from knowledge.gaps.rules import REOPENED
from knowledge.gaps.states import GapStatus
from knowledge.gaps.visibility import readable_gaps

AHEAD = timedelta(days=274)
"""Deadlines of the next nine months are shown; two meetings of a steering group fit into them."""

FRESH = timedelta(days=30)
"""So long a report counts as new."""

CLOSED = (GapStatus.RESOLVED, GapStatus.DECLINED, GapStatus.MERGED, GapStatus.SINGLE_CASE)
"""States in which nobody works on a gap any more."""

UNDER_WAY = tuple(state for state in GapStatus if state not in CLOSED)

SHOWN = 20
"""So many gaps of a list stand on the desk; the catalogue has the rest."""


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
    found = _first(session, sa.select(col(Gap.id)).where(col(Gap.status).in_(wanted)).order_by(col(Gap.first_reported)))
    return TaskGroup(
        _("Fehlstellen in Prüfung"),
        tuple(
            Task(gap.title, _since(gap.key, gap.first_reported), _url(gap), tone=_freshness(gap.first_reported, today))
            for gap, *_rest in found.rows
        ),
        _("Keine Meldung wartet auf Prüfung."),
        found.further,
        _listed(wanted),
    )


def due_again(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Deferred gaps whose day of review has come."""
    if not may_move_gap(actor):
        return None
    is_due = (col(Gap.status) == GapStatus.DEFERRED, col(Gap.deferred_until) <= today)
    found = _first(session, sa.select(col(Gap.id)).where(*is_due).order_by(col(Gap.deferred_until)))
    return TaskGroup(
        _("Wiedervorlagen"),
        tuple(Task(gap.title, gap.key, _url(gap), gap.deferred_until, "warning") for gap, *_rest in found.rows),
        _("Keine zurückgestellte Fehlstelle ist fällig."),
        found.further,
        _listed([GapStatus.DEFERRED]),
    )


def to_reopen(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Resolved, declined and single-case gaps with evidence from a workshop after the day on which they became so."""
    del today
    if not may_move_gap(actor):
        return None
    closed = select(Gap.id).where(col(Gap.status).in_(REOPENED))
    evidence, since = latest(closed), since_when(closed)
    found = _first(
        session,
        sa.select(col(Gap.id), evidence.c.last_on)
        .join(evidence, evidence.c.gap_id == col(Gap.id))
        .outerjoin(since, since.c.gap_id == col(Gap.id))
        .where(evidence.c.last_on > began(since))
        .order_by(evidence.c.last_on.desc(), col(Gap.key)),
    )
    return TaskGroup(
        _("Wieder zu öffnen?"),
        tuple(Task(gap.title, _newer(gap.key, day), _url(gap), tone="info") for gap, day, _number in found.rows),
        _("Zu abgeschlossenen Fehlstellen gibt es keinen neueren Beleg."),
        found.further,
        _listed([GapStatus.RESOLVED, GapStatus.DECLINED, GapStatus.SINGLE_CASE]),
    )


def deadlines(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Gaps with a deadline in the next nine months, or past it."""
    if not may_move_gap(actor):
        return None
    is_near = (col(Gap.deadline) <= today + AHEAD, col(Gap.status).not_in(CLOSED))
    found = _first(session, sa.select(col(Gap.id)).where(*is_near).order_by(col(Gap.deadline), col(Gap.key)))
    return TaskGroup(
        _("Fristen der nächsten neun Monate"),
        tuple(
            Task(gap.title, gap.deadline_note or gap.key, _url(gap), gap.deadline, _urgency(gap.deadline, today))
            for gap, *_rest in found.rows
        ),
        _("Keine Fehlstelle hat in den nächsten neun Monaten eine Frist."),
        found.further,
        _listed(UNDER_WAY),
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
    return [
        Tile(show_number(everything), _("Fehlstellen im Katalog"), url_for("gaps.index")),
        Tile(show_number(still_open), _("davon noch nicht abgeschlossen"), _listed(UNDER_WAY)),
        Tile(show_number(with_deadline), ngettext("hat eine Frist", "haben eine Frist", with_deadline)),
    ]


@dataclass(frozen=True)
class _Found:
    """The first gaps of a list, each with what else was asked for and the length of the list; and how many follow."""

    rows: tuple[tuple[Any, ...], ...]
    further: int


def _first(session: Session, statement: Any) -> _Found:
    """The first rows of a SELECT whose first column is the id of a gap. Two statements."""
    rows = session.exec(statement.add_columns(func.count().over()).limit(SHOWN)).all()
    gaps = {gap.id: gap for gap in session.exec(select(Gap).where(col(Gap.id).in_([row[0] for row in rows])))}
    further = rows[0][-1] - len(rows) if rows else 0
    return _Found(tuple((gaps[gap_id], *rest) for gap_id, *rest in rows), further)


def _listed(states: Iterable[GapStatus]) -> str:
    return url_for("gaps.index", status=[state.value for state in states])


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
