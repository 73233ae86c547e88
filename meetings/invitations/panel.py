"""The block of the meeting's page about its invitation, and what waits on the desk."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import url_for
from sqlmodel import Session, col, select

from app.core import clock
from app.core.i18n import _, show_date
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.agenda.models import Meeting
from meetings.agenda.queries import FoundMeeting, found_meetings
from meetings.agenda.slots import Panel, register_panel
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Seat, SeatHolder
from meetings.invitations import policy
from meetings.invitations.answers import ASKED, is_open, overview
from meetings.invitations.models import MeetingAnswer
from meetings.invitations.receivers import last_told, post_due
from meetings.invitations.wording import post_words

ORDER, NEXT = 10, 3
TEMPLATE = "invitations/_panel.html"


def register() -> None:
    """Tell the meeting's page and the desk."""
    register_panel("invitation", order=ORDER, meeting=meeting_panel)
    tasks.register(answers_missing)
    tasks.register(letters_waiting)


def meeting_panel(session: Session, actor: Actor, meeting: FoundMeeting, now: datetime) -> Panel | None:
    """Nothing in a draft; before the agenda while the reader's answer is missing. At most eight statements."""
    if meeting.state == MeetingState.DRAFT:
        return None
    office, view = bool(policy.may_invite(actor, meeting)), overview(session, actor, meeting, now)
    return Panel(
        TEMPLATE,
        {
            "view": view,
            "knows": bool(policy.may_see_answers(actor, meeting)),
            "office": office,
            "post": post_words(post_due(session, meeting)) if office else "",
            "papers": meeting.state != MeetingState.CANCELLED,
        },
        above=view.waits,
    )


def answers_missing(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """The invitations that this person has not answered; a deputy is asked by the member. Six statements."""
    del today
    invited = found_meetings(session, col(Meeting.state) == MeetingState.INVITED)
    open_ones = [each for each in invited if is_open(each, clock.now())]
    if not open_ones:
        return None
    seats, said = _own_seats(session, actor, open_ones), _said(session, open_ones)
    guest_at = {each.id for each in open_ones if actor.person_id in each.guest_person_ids}
    waiting = [
        each
        for each in open_ones
        if any((each.id, seat) not in said for seat in seats.get(each.id, ()))
        or (each.id in guest_at and (each.id, -actor.person_id) not in said)
    ]
    return TaskGroup(_("Einladungen zu beantworten"), tuple(map(_task, waiting)), "") if waiting else None


def _own_seats(session: Session, actor: Actor, meetings: Sequence[FoundMeeting]) -> dict[int, list[int]]:
    """The seats that the person holds on each meeting's day and that are asked for an answer. One statement."""
    statement = (
        select(Seat, SeatHolder)
        .join(SeatHolder, col(SeatHolder.seat_id) == col(Seat.id))
        .where(
            col(Seat.body_id).in_({each.body.body_id for each in meetings}),
            col(Seat.kind).in_(ASKED),
            col(SeatHolder.person_id) == actor.person_id,
            col(SeatHolder.rank) == 0,
        )
    )
    rows = session.exec(statement).all()
    return {
        each.id: [
            seat.id or 0
            for seat, holder in rows
            if seat.body_id == each.body.body_id and all(_lasts(row, each.meeting.date) for row in (seat, holder))
        ]
        for each in meetings
    }


def _lasts(row: Seat | SeatHolder, day: date | None) -> bool:
    """`valid_on` for a row that was read."""
    return day is None or ((row.valid_from or day) <= day <= (row.valid_to or day))


def _said(session: Session, meetings: Sequence[FoundMeeting]) -> set[tuple[int, int]]:
    """(meeting, seat) of each answer; of a guest's, the person with a minus. One statement."""
    ids = [each.id for each in meetings]
    rows = session.exec(select(MeetingAnswer).where(col(MeetingAnswer.meeting_id).in_(ids)))
    return {(row.meeting_id, row.seat_id or -row.person_id) for row in rows}


def letters_waiting(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """What changed since the invitations went out and who is invited does not know; of the next three meetings."""
    if not actor.seats and not actor.has_role("chair"):
        return None
    still_to_come = col(Meeting.state).in_((MeetingState.INVITED, MeetingState.CANCELLED)) & (
        col(Meeting.date) >= today
    )
    mine = [each for each in found_meetings(session, still_to_come) if policy.may_invite(actor, each)]
    due = [(each, post_words(post_due(session, each))) for each in mine[:NEXT] if last_told(session, each.id)]
    lines = [
        Task(
            _("Noch zu verschicken: %(what)s", what=words),
            each.meeting.title,
            url_for("invitations.ask", key=each.meeting.key),
            each.meeting.date,
            "warning",
        )
        for each, words in due
        if words
    ]
    return TaskGroup(_("Einladungen, die sich geändert haben"), tuple(lines), "") if lines else None


def _task(found: FoundMeeting) -> Task:
    row = found.meeting
    return Task(
        _("Zu- oder absagen: %(meeting)s", meeting=row.title),
        _("Sitzung am %(day)s", day=show_date(row.date)) if row.date else "",
        url_for("invitations.own_answer", key=row.key),
        row.date,
        "info",
    )
