"""Reading across meetings: the calendar of a month, and which decisions replaced which."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, or_, select

from app.core.permissions import Actor
from meetings.agenda.models import Meeting
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import FoundMeeting, found_meetings
from meetings.bodies.models import Body
from meetings.decisions.models import Decision
from meetings.decisions.queries import (
    FoundDecision,
    body_of_decision,
    contains,
    decisions_with_bodies,
    found_decisions,
)
from meetings.register.models import DecisionReplacement
from meetings.register.rules import Month, Placed, weeks_of


@dataclass(frozen=True)
class Day:
    """A day of the month's table."""

    day: date
    inside: bool
    today: bool
    meetings: tuple[FoundMeeting, ...] = ()


@dataclass(frozen=True)
class MonthView:
    """A month for one reader: its weeks, its meetings, and those without a day."""

    month: Month
    weeks: list[list[Day]]
    meetings: list[FoundMeeting]
    undated: list[FoundMeeting]


def month_view(session: Session, actor: Actor, month: Month, body: str, today: date) -> MonthView:
    """The meetings of a month that the person may read, of one body if it is named. Three statements."""
    weeks = weeks_of(month)
    within = col(Meeting.date).between(weeks[0][0], weeks[-1][-1])
    wanted = [or_(within, col(Meeting.date).is_(None))]
    if body:
        wanted.append(col(Body.key) == body)
    found = [each for each in found_meetings(session, *wanted) if may_read_meeting(actor, each)]
    by_day: dict[date | None, list[FoundMeeting]] = {}
    for each in found:
        by_day.setdefault(each.meeting.date, []).append(each)
    table = [
        [Day(day, day.month == month.month, day == today, tuple(by_day.get(day, ()))) for day in week] for week in weeks
    ]
    listed = [each for each in found if each.meeting.date and month.first <= each.meeting.date <= month.last]
    return MonthView(month, table, listed, [each for each in by_day.get(None, []) if each.is_live])


@dataclass(frozen=True)
class Replacement:
    """A link from one decision to another that the reader may read; `note` says why."""

    decision: Decision
    note: str


@dataclass(frozen=True)
class Replacements:
    """What a decision replaced, and what replaced it."""

    older: list[Replacement]
    newer: list[Replacement]


def replacements_of(session: Session, decision_id: int) -> Replacements:
    """The links of a decision. They are of one body, so whoever reads the one reads the other. One statement."""
    either = or_(col(DecisionReplacement.newer_id) == decision_id, col(DecisionReplacement.older_id) == decision_id)
    other = or_(
        col(Decision.id) == col(DecisionReplacement.newer_id), col(Decision.id) == col(DecisionReplacement.older_id)
    )
    rows = session.exec(
        select(DecisionReplacement, Decision)
        .join(Decision, other)
        .where(either, col(Decision.id) != decision_id)
        .order_by(col(Decision.date), col(Decision.id))
    ).all()
    older = [Replacement(row, link.note) for link, row in rows if link.older_id == row.id]
    return Replacements(older, [Replacement(row, link.note) for link, row in rows if link.newer_id == row.id])


def replaced_ids(session: Session, decision_ids: Collection[int]) -> set[int]:
    """Which of these were replaced by a later one. One statement."""
    column = col(DecisionReplacement.older_id)
    return set(session.exec(select(column).where(column.in_(decision_ids))))


MOST_OFFERED = 40
"""So many earlier decisions are offered at once; a word or a number narrows them."""


def replaceable(session: Session, found: FoundDecision, text: str = "") -> tuple[list[FoundDecision], bool]:
    """Earlier decisions of the body whose place this one may take, and whether there are more. One statement."""
    mine: Any = body_of_decision() == found.body.body_id
    taken = select(DecisionReplacement.older_id).where(col(DecisionReplacement.newer_id) == found.id)
    earlier = decisions_with_bodies(
        mine,
        col(Decision.date) <= found.decision.date,
        col(Decision.id) != found.id,
        col(Decision.accepted).is_not(False),
        col(Decision.id).not_in(taken),
        or_(col(Decision.date) < found.decision.date, col(Decision.id) < found.id),
        *contains(text),
    )
    rows = found_decisions(session, earlier.limit(MOST_OFFERED + 1))
    return rows[:MOST_OFFERED], len(rows) > MOST_OFFERED


def links(session: Session) -> list[tuple[int, int]]:
    """All links as (newer, older). One statement."""
    return list(session.exec(select(DecisionReplacement.newer_id, DecisionReplacement.older_id)).all())


def placed(found: FoundDecision) -> Placed:
    """A decision as the rule sees it."""
    return Placed(found.id, found.body.body_id, found.decision.date, found.decision.accepted)
