"""Leading a meeting: its items one after the other, interruptions, the formal statement of the quorum."""

from sqlmodel import col, select

from app.core.errors import DomainError
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda.actions import call_item, move_meeting
from meetings.agenda.locking import locked_meeting
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import ItemState, MeetingState
from meetings.room import policy
from meetings.room.actions import AGENDA
from meetings.room.finding import record_quorum
from meetings.room.rules import QuorumStatement
from meetings.room.spans import leave_item, open_interruptions
from meetings.room.speeches import close_floor
from meetings.room.states import Occasion

LONGEST_REASON = 200


def call(work: Work, key: str, item_id: int) -> FoundMeeting:
    """Call this item; the one before it is done."""
    meeting = _led(work, key)
    item = next((each for each in _callable(work, meeting) if each.id == item_id), None)
    if item is None:
        raise DomainError(_("Diesen Punkt gibt es in der Tagesordnung nicht mehr."))
    return _call(work, key, meeting, item)


def call_next(work: Work, key: str) -> FoundMeeting:
    """Call the next item that is still to come; the present one is done."""
    meeting = _led(work, key)
    items = _callable(work, meeting)
    return _call(work, key, meeting, _next_after(items, _current(items)))


def finish(work: Work, key: str) -> FoundMeeting:
    """The present item is done; nothing is called."""
    meeting = _led(work, key)
    _put_down(work, meeting, ItemState.DONE)
    work.record("item.finished", meeting.meeting)
    work.announce(meeting.channel, AGENDA)
    return meeting


def skip(work: Work, key: str) -> FoundMeeting:
    """Leave the present item for later and call the next one."""
    meeting = _led(work, key)
    items = _callable(work, meeting)
    here = _present(items)
    following = _next_after(items, here)
    _put_down(work, meeting, ItemState.OPEN)
    return _call(work, key, meeting, following)


def back(work: Work, key: str) -> FoundMeeting:
    """Call the item before the present one again; the present one is still to come."""
    meeting = _led(work, key)
    items = _callable(work, meeting)
    here = _current(items)
    place = items.index(here) if here else len(items)
    earlier = [each for each in items[:place] if here or each.state == ItemState.DONE]
    if not earlier:
        raise DomainError(_("Davor steht kein Punkt."))
    if here:
        _put_down(work, meeting, ItemState.OPEN)
    return _call(work, key, meeting, earlier[-1])


def pause(work: Work, key: str, reason: str = "") -> FoundMeeting:
    """Interrupt the meeting; whoever speaks has ended."""
    meeting = locked_meeting(work, key)
    move_meeting(work, key, MeetingState.PAUSED)
    close_floor(work, meeting)
    work.session.flush()
    for interruption in open_interruptions(work, meeting.id):
        interruption.reason = reason.strip()[:LONGEST_REASON] or None
        work.session.add(interruption)
    return meeting


def resume(work: Work, key: str) -> FoundMeeting:
    """Go on after an interruption."""
    meeting = locked_meeting(work, key)
    move_meeting(work, key, MeetingState.RUNNING)
    return meeting


def state_quorum(work: Work, key: str) -> QuorumStatement:
    """State formally whether the body can decide, for the minutes."""
    return record_quorum(work, _led(work, key), Occasion.STATED)


def _led(work: Work, key: str) -> FoundMeeting:
    meeting = locked_meeting(work, key)
    work.require(policy.may_lead_room(work.actor, meeting))
    return meeting


def _callable(work: Work, meeting: FoundMeeting) -> list[AgendaItem]:
    """The items that have a number, in their order."""
    statement = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id, col(AgendaItem.number).is_not(None))
    return list(work.session.exec(statement.order_by(col(AgendaItem.position), col(AgendaItem.id))))


def _current(items: list[AgendaItem]) -> AgendaItem | None:
    return next((each for each in items if each.state == ItemState.CURRENT), None)


def _present(items: list[AgendaItem]) -> AgendaItem:
    here = _current(items)
    if here is None:
        raise DomainError(_("Zurzeit ist kein Punkt aufgerufen."))
    return here


def _next_after(items: list[AgendaItem], here: AgendaItem | None) -> AgendaItem:
    """The next one to come behind this one, else the first that was left for later."""
    ahead = [each for each in items if each.state == ItemState.OPEN and each is not here]
    place = items.index(here) if here else -1
    following = next((each for each in ahead if items.index(each) > place), next(iter(ahead), None))
    if following is None:
        raise DomainError(_("Alle Punkte sind aufgerufen worden."))
    return following


def _put_down(work: Work, meeting: FoundMeeting, state: ItemState) -> None:
    here = _present(_callable(work, meeting))
    here.state = state
    work.session.add(here)
    leave_item(work, meeting)
    close_floor(work, meeting)
    work.session.flush()


def _call(work: Work, key: str, meeting: FoundMeeting, item: AgendaItem) -> FoundMeeting:
    close_floor(work, meeting)
    call_item(work, key, item.number or "")
    return meeting
