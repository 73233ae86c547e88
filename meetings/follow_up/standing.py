"""The control of decisions as a standing item, and as a block on the pages of meetings."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.core.i18n import _, ngettext
from app.core.permissions import Actor
from meetings.agenda.automatic import AutomaticItem, register_automatic
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.slots import Panel, register_panel
from meetings.agenda.states import ItemKind, MeetingState, TemplatePlace
from meetings.follow_up.models import DecisionTask
from meetings.follow_up.policy import may_steer_tasks
from meetings.follow_up.rules import LISTED
from meetings.room.models import CapturedRow
from meetings.room.states import CapturedKind

OPENING = TemplatePlace.OPENING
TAKEN_OVER_IN = (MeetingState.RUNNING, MeetingState.PAUSED, MeetingState.HELD, MeetingState.CLOSED)


def register() -> None:
    """Tell the agenda and the pages of meetings."""
    register_automatic("follow_up", standing_item)
    register_panel("follow_up", order=60, meeting=meeting_panel)


def standing_item(session: Session, meeting: FoundMeeting) -> Sequence[AutomaticItem]:
    """One item for each meeting as long as the body has tasks on its list. One statement."""
    number = _listed(session, meeting.body.body_id)
    if not number:
        return ()
    words = ngettext("%(num)s Auftrag steht auf der Liste.", "%(num)s Aufträge stehen auf der Liste.", number)
    return (
        AutomaticItem(meeting.meeting.key, _("Beschlusskontrolle"), ItemKind.REPORT, 10, why=words, formality=OPENING),
    )


def _listed(session: Session, body_id: int) -> int:
    statement = select(func.count()).select_from(DecisionTask)
    return session.exec(
        statement.where(col(DecisionTask.body_id) == body_id, col(DecisionTask.state).in_(LISTED))
    ).one()


def meeting_panel(session: Session, actor: Actor, meeting: FoundMeeting, now: datetime) -> Panel | None:
    """How many tasks the body has, and those captured in this meeting that are not on the list yet. Two statements."""
    del now
    steers = may_steer_tasks(actor, meeting.body).allowed
    number = _listed(session, meeting.body.body_id)
    waiting = _not_taken_over(session, meeting.id) if steers and meeting.state in TAKEN_OVER_IN else 0
    if not number and not waiting:
        return None
    context = {"number": number, "waiting": waiting, "key": meeting.meeting.key, "body_key": meeting.body_row.key}
    return Panel("follow_up/_panel.html", {"follow_up": context})


def _not_taken_over(session: Session, meeting_id: int) -> int:
    taken = select(DecisionTask.captured_id).where(col(DecisionTask.captured_id).is_not(None))
    statement = select(func.count()).select_from(CapturedRow)
    return session.exec(
        statement.where(
            col(CapturedRow.meeting_id) == meeting_id,
            col(CapturedRow.kind) == CapturedKind.TASK,
            col(CapturedRow.dropped).is_(False),
            col(CapturedRow.id).not_in(taken),
        )
    ).one()
