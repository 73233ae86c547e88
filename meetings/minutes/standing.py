"""Minutes on other pages: a block on the meeting, the item that adopts them, the desk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from flask import url_for
from sqlmodel import Session, col, func, select

from app.core.i18n import _, ngettext, show_date
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.agenda.automatic import AutomaticItem, register_automatic
from meetings.agenda.models import Meeting
from meetings.agenda.queries import FoundMeeting, found_meetings
from meetings.agenda.slots import Panel, register_panel
from meetings.agenda.states import DecisionKind, ItemKind, MeetingState, TemplatePlace
from meetings.bodies.states import MinutesAdoption
from meetings.minutes.models import Minutes, MinutesObjection, MinutesSignature
from meetings.minutes.policy import MinutesAccess, may_object, may_read_minutes, may_read_public_version, signing_role
from meetings.minutes.queries import access_to_minutes
from meetings.minutes.states import MinutesState
from meetings.minutes.wording import state_tone, state_words

OPEN = (MinutesState.CIRCULATED, MinutesState.SIGNED)
SHOWN_FROM = (MeetingState.RUNNING, MeetingState.PAUSED, MeetingState.HELD, MeetingState.CLOSED)


def register() -> None:
    """Tell the agenda, the pages of meetings and the desk."""
    register_automatic("minutes", last_minutes)
    register_panel("minutes", order=50, meeting=meeting_panel)
    tasks.register(to_sign_or_object)


def last_minutes(session: Session, meeting: FoundMeeting) -> Sequence[AutomaticItem]:
    """An item for each earlier minutes that the body has not adopted yet. One statement."""
    rows = session.exec(
        select(Meeting, func.count(col(MinutesObjection.id)))
        .join(Minutes, col(Minutes.meeting_id) == col(Meeting.id))
        .outerjoin(MinutesObjection, col(MinutesObjection.minutes_id) == col(Minutes.id))
        .where(
            col(Meeting.body_id) == meeting.body.body_id,
            col(Meeting.id) != meeting.id,
            col(Minutes.state).in_(OPEN),
        )
        .group_by(col(Meeting.id))
        .order_by(col(Meeting.date))
    )
    found = [_adopting(earlier, number, meeting) for earlier, number in rows]
    return [*found[:-1], *(replace(each, formality=TemplatePlace.OPENING) for each in found[-1:])]


def _adopting(earlier: Meeting, objections: int, meeting: FoundMeeting) -> AutomaticItem:
    by_decision = meeting.rules.minutes_adoption == MinutesAdoption.NEXT_MEETING
    raised = ngettext("%(num)s Einwendung liegt vor.", "%(num)s Einwendungen liegen vor.", objections)
    return AutomaticItem(
        key=earlier.key,
        title=_("Niederschrift der %(title)s; Einwendungen", title=earlier.title),
        kind=ItemKind.DECISION if by_decision else ItemKind.REPORT,
        minutes=5,
        why=raised if objections else _("Noch nicht abschließend behandelt, keine Einwendungen."),
        decision_kind=DecisionKind.MINUTES if by_decision else None,
        known_as=(f"Niederschrift {earlier.number}", f"Niederschrift {show_date(earlier.date)}"),
    )


def meeting_panel(session: Session, actor: Actor, meeting: FoundMeeting, now: datetime) -> Panel | None:
    """Where the minutes of this meeting stand. Two statements."""
    del now
    if meeting.state not in SHOWN_FROM:
        return None
    access = access_to_minutes(session, meeting.meeting, meeting.body_row, meeting.rules)
    readable = bool(may_read_minutes(actor, access))
    public = not readable and bool(may_read_public_version(actor, access))
    if not readable and not public:
        return None
    words = {"words": state_words(access.state), "tone": state_tone(access.state), "public": public}
    return Panel("minutes/_panel.html", {"minutes": {"key": meeting.meeting.key, **words}})


def to_sign_or_object(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Minutes that the person has to sign, or may still object to."""
    if not actor.seats and not actor.has_role("minutes"):
        return None
    rows = session.exec(select(Minutes, Meeting).join(Meeting, col(Meeting.id) == col(Minutes.meeting_id)).where(
        col(Minutes.state).in_(OPEN)
    )).all()  # fmt: skip
    if not rows:
        return None
    signed = _signed(session, [minutes.id or 0 for minutes, _meeting in rows])
    found = {each.id: each for each in found_meetings(session, col(Meeting.id).in_([m.id or 0 for _row, m in rows]))}
    waiting = [_waiting(session, actor, minutes, found[meeting.id or 0], signed, today) for minutes, meeting in rows]
    mine = tuple(each for each in waiting if each)
    return TaskGroup(_("Niederschriften"), mine, _("Keine Niederschrift wartet auf Sie.")) if mine else None


def _signed(session: Session, minutes_ids: list[int]) -> set[tuple[int, str]]:
    statement = select(MinutesSignature.minutes_id, MinutesSignature.role)
    rows = session.exec(statement.where(col(MinutesSignature.minutes_id).in_(minutes_ids)))
    return {(minutes_id, str(role)) for minutes_id, role in rows}


def _waiting(
    session: Session, actor: Actor, minutes: Minutes, meeting: FoundMeeting, signed: set[tuple[int, str]], today: date
) -> Task | None:
    access: MinutesAccess = access_to_minutes(session, meeting.meeting, meeting.body_row, meeting.rules)
    url, title = url_for("minutes.show", key=meeting.meeting.key), meeting.meeting.title
    role = signing_role(actor, access)
    if role and minutes.state == MinutesState.CIRCULATED and (minutes.id or 0, role) not in signed:
        return Task(_("Niederschrift unterzeichnen: %(title)s", title=title), "", url, None, "warning")
    until = minutes.objections_until
    if until is None or until < today or not may_object(actor, access):
        return None
    detail = _("Einwendungen sind bis zum %(day)s möglich.", day=show_date(until))
    return Task(_("Niederschrift lesen: %(title)s", title=title), detail, url, until)
