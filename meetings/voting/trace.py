"""Polls in the thread: on which item the body voted. A node tells that there was a vote, never how anybody voted."""

from collections.abc import Collection
from datetime import date, datetime

from flask import url_for
from sqlmodel import Session, col, select

from app.core.clock import LOCAL
from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.trace.registry import registry
from knowledge.trace.rules import Node, NodeId
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.trace import invited, item_access
from meetings.bodies.models import Body
from meetings.edges import register_pairs
from meetings.voting.models import Poll
from meetings.voting.states import PollState


def register() -> None:
    """Agenda item → poll."""
    register_pairs("agenda_item", "poll", select(col(Poll.item_id), col(Poll.id)))
    registry.register_nodes("poll", poll_nodes)


def poll_nodes(session: Session, actor: Actor, ids: Collection[int]) -> list[Node]:
    """The polls of meetings that the reader may read. One statement."""
    statement = (
        select(Poll, AgendaItem, Body, invited(actor))
        .join(AgendaItem, col(AgendaItem.id) == col(Poll.item_id))
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .join(Body, col(Body.id) == col(Meeting.body_id))
        .where(col(Poll.id).in_(ids))
    )
    return [
        _node(poll)
        for poll, item, body, is_guest in session.exec(statement)
        if may_read_meeting(actor, item_access(actor, item, body, is_guest))
    ]


def _node(poll: Poll) -> Node:
    detail = _("läuft noch") if poll.state == PollState.OPEN else _("geschlossen und ausgezählt")
    url = url_for("voting.show", poll_id=poll.id)
    return Node(NodeId("poll", poll.id or 0), poll.title, url, _day(poll.closed_at or poll.opened_at), detail)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(LOCAL).date() if moment else None
