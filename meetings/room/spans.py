"""The room's clock: which item was the current one from when until when, and when the meeting was interrupted."""

from sqlmodel import col, select

from app.core.work import Work
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.states import ItemState, MeetingState
from meetings.room.finding import current_item_id, watch_quorum
from meetings.room.models import Interruption, ItemSpan, Presence, Speech
from meetings.room.states import Departure


def enter_item(work: Work, item: FoundItem) -> None:
    """From now on the time counts for this item."""
    leave_item(work, item)
    work.session.add(ItemSpan(meeting_id=item.id, item_id=item.item.id or 0, since=work.now))
    watch_quorum(work, item)


def make_current(work: Work, item: FoundItem) -> None:
    """Make this the current item, unless it is; the one before it is done."""
    if item.item.state == ItemState.CURRENT:
        return
    current = select(AgendaItem).where(
        col(AgendaItem.meeting_id) == item.id, col(AgendaItem.state) == ItemState.CURRENT
    )
    for other in work.session.exec(current):
        other.state = ItemState.DONE
        work.session.add(other)
    item.item.state = ItemState.CURRENT
    work.session.add(item.item)
    enter_item(work, item)


def leave_if_current(work: Work, item: FoundItem) -> None:
    """From now on the time does not count for this item; to be said before its state changes."""
    if item.item.state == ItemState.CURRENT:
        leave_item(work, item)


def leave_item(work: Work, meeting: FoundMeeting) -> None:
    """From now on the time counts for no item."""
    statement = select(ItemSpan).where(col(ItemSpan.meeting_id) == meeting.id, col(ItemSpan.until).is_(None))
    for span in work.session.exec(statement):
        span.until = max(work.now, span.since)
        work.session.add(span)


def follow_meeting(work: Work, meeting: FoundMeeting, target: MeetingState) -> None:
    """Let the room go along with the meeting's step: interrupted, going on, over."""
    if target == MeetingState.PAUSED:
        leave_item(work, meeting)
        work.session.add(Interruption(meeting_id=meeting.id, since=work.now))
    if target in (MeetingState.RUNNING, MeetingState.HELD):
        _go_on(work, meeting)
    if target == MeetingState.RUNNING:
        item_id = current_item_id(work, meeting.id)
        if item_id is not None:
            work.session.add(ItemSpan(meeting_id=meeting.id, item_id=item_id, since=work.now))
    if target == MeetingState.HELD:
        leave_item(work, meeting)
        _finish_items(work, meeting)
        _end_speeches(work, meeting)
        empty_room(work, meeting)


def _finish_items(work: Work, meeting: FoundMeeting) -> None:
    """When the meeting ends, no item is the current one any more."""
    for item in work.session.exec(
        select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id, col(AgendaItem.state) == ItemState.CURRENT)
    ):
        item.state = ItemState.DONE
        work.session.add(item)


def _end_speeches(work: Work, meeting: FoundMeeting) -> None:
    """Whoever speaks has ended with the meeting, whoever waits did not get to speak."""
    statement = select(Speech).where(col(Speech.meeting_id) == meeting.id, col(Speech.ended_at).is_(None))
    for speech in work.session.exec(statement.where(col(Speech.gone).is_(False))):
        if speech.began_at is None:
            speech.gone = True
        else:
            speech.ended_at = max(work.now, speech.began_at)
        work.session.add(speech)


def _go_on(work: Work, meeting: FoundMeeting) -> None:
    for interruption in open_interruptions(work, meeting.id):
        interruption.until = max(work.now, interruption.since)
        work.session.add(interruption)


def open_interruptions(work: Work, meeting_id: int) -> list[Interruption]:
    """The interruption that lasts, if one does."""
    statement = select(Interruption).where(col(Interruption.meeting_id) == meeting_id)
    return list(work.session.exec(statement.where(col(Interruption.until).is_(None))))


def empty_room(work: Work, meeting: FoundMeeting) -> None:
    """End every open presence, because the meeting ends."""
    statement = select(Presence).where(col(Presence.meeting_id) == meeting.id, col(Presence.until).is_(None))
    for presence in work.session.exec(statement):
        presence.until = max(work.now, presence.since)
        presence.departure = Departure.ENDED
        work.session.add(presence)
