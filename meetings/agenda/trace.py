"""Agenda items in the thread: what was put before a body."""

from collections.abc import Collection
from typing import Any

from flask import url_for
from sqlmodel import Session, col, select

from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId
from meetings.agenda.models import AgendaItem, AgendaItemSubject, Meeting, MeetingGuest
from meetings.agenda.parts import is_public
from meetings.agenda.policy import MeetingAccess, may_read_meeting
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of
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
    """The items of meetings that the reader may read. One statement."""
    statement = (
        select(AgendaItem, Meeting, Body, invited(actor))
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .join(Body, col(Body.id) == col(Meeting.body_id))
        .where(col(AgendaItem.id).in_(ids))
    )
    return [
        _node(item, meeting)
        for item, meeting, body, is_guest in session.exec(statement)
        if may_read_meeting(actor, item_access(actor, item, body, is_guest))
    ]


def invited(actor: Actor) -> Any:
    """Whether the reader is a guest of the meeting, in a statement over meetings."""
    mine = col(MeetingGuest.person_id) == actor.person_id
    return select(MeetingGuest.id).where(col(MeetingGuest.meeting_id) == col(Meeting.id), mine).exists()


def item_access(actor: Actor, item: AgendaItem, body: Body, is_guest: bool) -> MeetingAccess:
    """What `may_read_meeting` asks about one item, as far as it concerns this one reader; not the meeting's state."""
    guests = frozenset({actor.person_id} if is_guest else ())
    return MeetingAccess(access_of(body), "", guests, non_public=not is_public(item))


def _node(item: AgendaItem, meeting: Meeting) -> Node:
    title = _("TOP %(number)s: %(title)s", number=item.number, title=item.title) if item.number else item.title
    url = url_for("meetings.item", key=meeting.key, number=item.number) if item.number else None
    return Node(NodeId("agenda_item", item.id or 0), title, url, meeting.date, meeting.title, item.number or "")
