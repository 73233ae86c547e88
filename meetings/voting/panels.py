"""What the page of an agenda item shows of votes besides the planned one: the way to put something to the vote."""

from datetime import datetime

from sqlmodel import Session

from app.core.live import register_calm
from app.core.permissions import Actor
from meetings.agenda.queries import FoundItem
from meetings.agenda.slots import Panel, register_panel
from meetings.agenda.states import MeetingState
from meetings.decisions.queries import of_items
from meetings.voting import policy
from meetings.voting.queries import polls_of_items
from meetings.voting.states import PollState


def register() -> None:
    """Tell the pages of the agenda, and the live streams that how many have voted is a mere count."""
    register_calm(r"poll-\d+")
    register_panel("votes", order=40, item=ways_to_vote)


def ways_to_vote(session: Session, actor: Actor, item: FoundItem, now: datetime) -> Panel | None:
    """For those who conduct a running meeting, while nothing is open or decided on the item. Two statements."""
    del now
    if item.state != MeetingState.RUNNING or not item.item.number or not policy.may_open_poll(actor, item):
        return None
    item_id = item.item.id or 0
    polls = polls_of_items(session, [item_id]).get(item_id, [])
    if any(poll.state == PollState.OPEN for poll in polls) or of_items(session, [item_id]):
        return None
    return Panel("voting/_panel.html", {"key": item.meeting.key, "number": item.item.number})
