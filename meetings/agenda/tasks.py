"""What waits on the desk because of meetings: the next ones, and invitations to send."""

from datetime import date, timedelta

from flask import url_for
from sqlmodel import Session, col

from app.core.i18n import _, show_date, show_time_span
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.agenda.models import Meeting
from meetings.agenda.policy import may_plan_meeting, may_read_meeting
from meetings.agenda.queries import UPCOMING, FoundMeeting, found_meetings
from meetings.agenda.states import MeetingState
from meetings.agenda.steps import last_dispatch
from meetings.agenda.wording import state_words

SOON = timedelta(days=7)
TO_INVITE = (MeetingState.DRAFT, MeetingState.SCHEDULED)
NEXT = 3


def register() -> None:
    """Tell the desk."""
    for source in (next_meetings, to_invite):
        tasks.register(source)


def next_meetings(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The next meetings of the bodies in which the person has a seat or to which they are invited."""
    del today
    found = found_meetings(session, col(Meeting.state).in_(UPCOMING))
    own = [meeting for meeting in found if _takes_part(actor, meeting)]
    if not actor.seats and not own:
        return None
    return TaskGroup(
        _("Ihre nächsten Sitzungen"),
        tuple(Task(each.meeting.title, _when(each), _url(each)) for each in own[:NEXT]),
        _("Zurzeit ist keine Sitzung geplant."),
    )


def _takes_part(actor: Actor, meeting: FoundMeeting) -> bool:
    """Whether the person belongs there, not only may read."""
    invited = actor.holds_seat(meeting.body.body_id) or actor.person_id in meeting.guest_person_ids
    return invited and bool(may_read_meeting(actor, meeting))


def _when(found: FoundMeeting) -> str:
    row = found.meeting
    parts = [show_date(row.date, "long") if row.date else _("Termin steht noch nicht fest")]
    parts += [show_time_span(row.starts_at, row.ends_at)] if row.starts_at else []
    parts += [row.place] if row.place else []
    return " · ".join([", ".join(parts[:2]), *parts[2:], state_words(row.state)])


def to_invite(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The dated meetings whose invitation has still to go out, with the last day on which it may."""
    if not (actor.has_role("coordination") or actor.seats):
        return None
    found = found_meetings(session, col(Meeting.state).in_(TO_INVITE), col(Meeting.date).is_not(None))
    mine = [meeting for meeting in found if may_plan_meeting(actor, meeting.body)]
    if not mine and not actor.has_role("coordination"):
        return None
    return TaskGroup(
        _("Einladungen"),
        tuple(_invitation(meeting, today) for meeting in mine),
        _("Alle Einladungen zu geplanten Sitzungen sind versandt."),
    )


def _invitation(found: FoundMeeting, today: date) -> Task:
    due, row = last_dispatch(found), found.meeting
    planned = _("geplanter Versand %(day)s", day=show_date(row.invited_on)) if row.invited_on else ""
    day = _("Sitzung am %(day)s", day=show_date(row.date))
    detail = " · ".join(part for part in (day, planned) if part)
    title = _("Einladung versenden: %(meeting)s", meeting=row.title)
    return Task(title, detail, _url(found), due, _urgency(due, today))


def _urgency(due: date | None, today: date) -> str:
    if due is None:
        return "neutral"
    return "danger" if due < today else "warning" if due <= today + SOON else "neutral"


def _url(found: FoundMeeting) -> str:
    return url_for("meetings.show", key=found.meeting.key)
