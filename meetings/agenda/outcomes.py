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
from meetings.bodies.queries import body_by_key
from meetings.decisions.models import Decision
from meetings.room.actions import AGENDA
from meetings.room.spans import leave_if_current
from meetings.voting.models import Poll
from meetings.voting.states import PollState

RECORDABLE = (MeetingState.RUNNING, MeetingState.PAUSED, MeetingState.HELD)
"""From the opening until the meeting is closed; the clerk may enter it on the day after."""


def record_result(
    work: Work, key: str, number: str, result: ItemResult, note: str = "", body_key: str = ""
) -> FoundItem:
    """Record a result; a later one replaces it until the meeting is closed.

    A referred item goes to the body with `body_key`, whose next agenda it is suggested for.
    """
    found = locked_item(work, key, number)
    work.require(policy.may_conduct_meeting(work.actor, found))
    item = found.item
    if found.state not in RECORDABLE:
        raise RefusedMove(_("Ein Ergebnis wird von der Eröffnung bis zum Abschluss der Sitzung festgehalten."))
    if result not in offered(item.kind):
        raise InvalidInput(_("Dieses Ergebnis gibt es für diesen Punkt nicht."))
    _require_undecided(work, found)
    leave_if_current(work, found)
    item.result, item.result_note, item.state = result, note.strip() or None, state_after(result)
    item.referred_to_id = _other_body(work, found, body_key) if result == ItemResult.REFERRED and body_key else None
    item.version += 1
    work.session.add(item)
    work.record("item.result", found.meeting, item=item.id, result=str(result))
    work.announce(found.channel, AGENDA)
    return found


def _other_body(work: Work, found: FoundItem, key: str) -> int:
    body = body_by_key(work.session, key)
    if body is None or body.body_id == found.body.body_id:
        raise InvalidInput(_("Verwiesen wird an ein anderes Gremium."))
    return body.body_id


def _require_undecided(work: Work, found: FoundItem) -> None:
    if work.session.exec(select(Decision.id).where(col(Decision.item_id) == found.item.id)).first():
        raise DomainError(_("Zu diesem Punkt ist ein Beschluss festgehalten; er ist das Ergebnis."))
    running = select(Poll.id).where(col(Poll.item_id) == found.item.id, col(Poll.state) == PollState.OPEN)
    if work.session.exec(running).first():
        raise DomainError(_("Zu diesem Punkt läuft noch eine Abstimmung; bitte schließen Sie sie zuerst."))
