"""Writing down the quorum: as a formal statement, before a vote, and when it is lost or regained."""

from sqlmodel import col, select

from app.core.work import Work
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.states import ItemState, MeetingState
from meetings.room.models import QuorumFinding
from meetings.room.queries import quorum_now
from meetings.room.rules import QuorumStatement
from meetings.room.states import Occasion

QUORUM = "quorum"
"""Name of the live signal: the quorum was stated, lost or regained."""
GOING_ON = (MeetingState.RUNNING, MeetingState.PAUSED)


def record_quorum(work: Work, meeting: FoundMeeting, occasion: Occasion) -> QuorumStatement:
    """Write down the quorum as it is now, for the minutes; with an item it is that item's."""
    work.session.flush()
    item_id = meeting.item.id if isinstance(meeting, FoundItem) else current_item_id(work, meeting.id)
    statement = quorum_now(work.session, meeting, work.now, item_id)
    work.session.add(
        QuorumFinding(
            meeting_id=meeting.id,
            item_id=item_id,
            at=work.now,
            occasion=occasion,
            reached=statement.reached,
            present=statement.present,
            entitled=statement.entitled,
            needed=statement.needed,
            kind=statement.kind,
        )
    )
    work.record(f"quorum.{occasion}", meeting.meeting, present=statement.present, entitled=statement.entitled)
    work.announce(meeting.channel, QUORUM)
    return statement


def watch_quorum(work: Work, meeting: FoundMeeting) -> None:
    """Write it down if the quorum, once found, was lost or regained by what just happened."""
    if meeting.state not in GOING_ON:
        return
    work.session.flush()
    last = _last(work, meeting.id)
    if last is None:
        return
    now = quorum_now(work.session, meeting, work.now, current_item_id(work, meeting.id))
    if now.reached != last.reached:
        record_quorum(work, meeting, Occasion.REGAINED if now.reached else Occasion.LOST)


def current_item_id(work: Work, meeting_id: int) -> int | None:
    """The item that is called now. One statement."""
    statement = select(col(AgendaItem.id)).where(
        col(AgendaItem.meeting_id) == meeting_id, col(AgendaItem.state) == ItemState.CURRENT
    )
    return work.session.exec(statement).first()


def _last(work: Work, meeting_id: int) -> QuorumFinding | None:
    statement = select(QuorumFinding).where(col(QuorumFinding.meeting_id) == meeting_id)
    return work.session.exec(statement.order_by(col(QuorumFinding.id).desc()).limit(1)).first()
