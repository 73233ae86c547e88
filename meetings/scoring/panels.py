"""What other pages show of scorings: the item's page, the page of a poll, the page of a topic."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.gaps import topic_panels
from knowledge.gaps.models import Topic
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.queries import FoundItem, FoundMeeting, found_item, found_meetings
from meetings.agenda.slots import Panel, register_panel
from meetings.scoring import policy
from meetings.scoring.models import Scoring, ScoringMark, ScoringSheet
from meetings.scoring.pages import ScoringResult, result_of
from meetings.scoring.queries import FoundScoring, cells_in, found_in, scoring_of_item
from meetings.scoring.states import ScoringState
from meetings.voting.queries import topics_of_item


def register() -> None:
    """Tell the pages of the agenda and of topics."""
    register_panel("scoring", order=35, item=scoring_panel)
    topic_panels.register(topic_panel)


def scoring_panel(session: Session, actor: Actor, item: FoundItem, now: datetime) -> Panel | None:
    """The scoring of the item, or the way to one while the meeting is prepared. Three statements."""
    del now
    if not item.item.number:
        return None
    row = scoring_of_item(session, item.item.id or 0)
    if row is None:
        offers = _has_topics(session, item) and bool(policy.may_open_scoring(actor, item))
        address = {"key": item.meeting.key, "number": item.item.number}
        return Panel("scoring/_offer.html", address) if offers else None
    found = found_in(session, item, row)
    if not policy.may_read_scoring(actor, found):
        return None
    return Panel("scoring/_item.html", _context(session, actor, found))


def _has_topics(session: Session, item: FoundItem) -> bool:
    return bool(topics_of_item(session, item.item.id or 0))


def _context(session: Session, actor: Actor, found: FoundScoring) -> dict[str, Any]:
    shown = bool(policy.may_read_scores(actor, found))
    return {
        "found": found,
        "scores": bool(policy.may_score(actor, found)),
        "result": result_of(found.rule, cells_in(session, found)) if shown else None,
    }


@dataclass(frozen=True)
class TopicScore:
    """How a topic was scored once: the meeting, its place among so many."""

    meeting: FoundMeeting
    scoring_id: int
    result: ScoringResult

    def row_of(self, key: str) -> Any:
        """The row of one topic."""
        return next((row for row in self.result.rows if row.topic.key == key), None)


MOST_SHOWN = 3


def topic_panel(session: Session, actor: Actor, topic: Topic) -> tuple[str, dict[str, Any]] | None:
    """How the topic was scored, the latest first. A fixed number of statements."""
    ids = select(col(ScoringSheet.scoring_id)).join(ScoringMark, col(ScoringMark.sheet_id) == col(ScoringSheet.id))
    statement = (
        select(Scoring, AgendaItem)
        .join(AgendaItem, col(AgendaItem.id) == col(Scoring.item_id))
        .where(col(Scoring.state) == ScoringState.CLOSED)
        .where(col(Scoring.id).in_(ids.where(col(ScoringMark.topic_id) == topic.id)))
        .order_by(col(Scoring.id).desc())
        .limit(MOST_SHOWN)
    )
    rows = session.exec(statement).all()
    meetings = {
        each.id: each for each in found_meetings(session, col(Meeting.id).in_([i.meeting_id for _s, i in rows]))
    }
    scored = []
    for row, item in rows:
        found = found_in(session, found_item(meetings[item.meeting_id], item), row)
        if policy.may_read_scores(actor, found):
            scored.append(
                TopicScore(meetings[item.meeting_id], found.id, result_of(found.rule, cells_in(session, found)))
            )
    return ("scoring/_topic.html", {"scored": scored, "topic_key": topic.key}) if scored else None
