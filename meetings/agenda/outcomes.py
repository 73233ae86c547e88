"""Recording what came of an item when the body decided nothing on it: noted, deferred, struck off, not reached."""

from sqlmodel import col, select

from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from meetings.agenda import policy
from meetings.agenda.locking import locked_item
from meetings.agenda.queries import FoundItem
from meetings.agenda.results import offered, state_after
from meetings.agenda.states import ItemResult, MeetingState
from meetings.decisions.models import Decision
from meetings.room.actions import AGENDA
from meetings.voting.models import Poll
from meetings.voting.states import PollState

RECORDABLE = (MeetingState.RUNNING, MeetingState.PAUSED, MeetingState.HELD)
"""From the opening until the meeting is closed; the clerk may enter it on the day after."""


def record_result(work: Work, key: str, number: str, result: ItemResult, note: str = "") -> FoundItem:
    """Record a result; a later one replaces it until the meeting is closed."""
    found = locked_item(work, key, number)
    work.require(policy.may_conduct_meeting(work.actor, found))
    item = found.item
    if found.state not in RECORDABLE:
        raise RefusedMove(_("Ein Ergebnis wird von der Eröffnung bis zum Abschluss der Sitzung festgehalten."))
    if result not in offered(item.kind):
        raise InvalidInput(_("Dieses Ergebnis gibt es für diesen Punkt nicht."))
    _require_undecided(work, found)
    item.result, item.result_note, item.state = result, note.strip() or None, state_after(result)
    item.version += 1
    work.session.add(item)
    work.record("item.result", found.meeting, item=item.id, result=str(result))
    work.announce(found.channel, AGENDA)
    return found


def _require_undecided(work: Work, found: FoundItem) -> None:
    if work.session.exec(select(Decision.id).where(col(Decision.item_id) == found.item.id)).first():
        raise DomainError(_("Zu diesem Punkt ist ein Beschluss festgehalten; er ist das Ergebnis."))
    running = select(Poll.id).where(col(Poll.item_id) == found.item.id, col(Poll.state) == PollState.OPEN)
    if work.session.exec(running).first():
        raise DomainError(_("Zu diesem Punkt läuft noch eine Abstimmung; bitte schließen Sie sie zuerst."))
