"""Agenda items in the thread: what was put before a body."""

from collections.abc import Collection

from flask import url_for
from sqlmodel import Session, col, select

from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId
from meetings.agenda.models import AgendaItem, AgendaItemSubject, Meeting
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import FoundMeeting, found_meetings
from meetings.edges import register_pairs


def register() -> None:
    """Gap, topic, solution and agreement → agenda item."""
    subject = AgendaItemSubject
    columns = {
        "gap": subject.gap_id,
        "topic": subject.topic_id,
        "solution": subject.solution_id,
        "agreement": subject.agreement_id,
    }
    for kind, column in columns.items():
        register_pairs(kind, "agenda_item", select(col(column), col(subject.item_id)))
    registry.register_nodes("agenda_item", item_nodes)


def item_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The items of meetings that the reader may read. Four statements."""
    items = session.exec(select(AgendaItem).where(col(AgendaItem.id).in_(ids))).all()
    meetings = readable(session, actor, {item.meeting_id for item in items})
    return [_node(item, meetings[item.meeting_id]) for item in items if item.meeting_id in meetings]


def readable(session: Session, actor: Actor, meeting_ids: Collection[int]) -> dict[int, FoundMeeting]:
    """Those of the meetings that the reader may read. Three statements."""
    found = found_meetings(session, col(Meeting.id).in_(meeting_ids))
    return {meeting.id: meeting for meeting in found if may_read_meeting(actor, meeting)}


def _node(item: AgendaItem, found: FoundMeeting) -> Node:
    title = _("TOP %(number)s: %(title)s", number=item.number, title=item.title) if item.number else item.title
    url = url_for("meetings.item", key=found.meeting.key, number=item.number) if item.number else None
    return Node(NodeId("agenda_item", item.id or 0), title, url, found.meeting.date, found.meeting.title)
