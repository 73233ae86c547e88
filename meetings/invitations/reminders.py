"""Reminders by mail, once each: to answer an invitation, and that a meeting is near. Written every morning.

A reminder is asked for by the invitation, so it cannot be turned off alone; whoever declined gets none.
"""

import logging
from datetime import date, datetime, timedelta

from flask_babel import force_locale
from sqlmodel import Session, col, select

from app.core import jobs
from app.core.clock import LOCAL
from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.mail import send_later
from app.core.web import House
from app.people.models import Tenant
from knowledge.workshops.inviting import Sender
from meetings.agenda.models import Meeting
from meetings.agenda.queries import FoundMeeting, found_meetings
from meetings.agenda.states import MeetingState
from meetings.invitations.calendar import link
from meetings.invitations.models import MeetingAnswer, MeetingLetter
from meetings.invitations.receivers import receivers
from meetings.invitations.rules import Receiver
from meetings.invitations.states import AnswerKind
from meetings.invitations.wording import when_and_where

log = logging.getLogger("lueckenlos.reminders")
HOUR = 7
ANSWER_BEFORE = timedelta(days=5)
"""So long before the meeting those are asked again who have not answered."""
MEETING_BEFORE = timedelta(days=1)


def register() -> None:
    """Every morning from seven o'clock on."""
    jobs.daily("meetings.remind", HOUR, remind_all)


def remind_all(house: House, now: datetime) -> None:
    """Write the reminders that are due in every county."""
    sender = Sender(house.settings.mail_from, house.settings.public_url)
    with house.database.read() as session:
        tenants = session.exec(select(Tenant.id).order_by(col(Tenant.id))).all()
    for tenant_id in tenants:
        house.writer.run(lambda session: remind(session, sender, now), tenant_id)


def remind(session: Session, sender: Sender, now: datetime) -> None:
    """Write the reminders of one county; a second time writes nothing new."""
    today = now.astimezone(LOCAL).date()
    near = col(Meeting.date).between(today, today + ANSWER_BEFORE)
    for meeting in found_meetings(session, col(Meeting.state) == MeetingState.INVITED, near):
        _remind_of(session, meeting, sender, today)


def _remind_of(session: Session, meeting: FoundMeeting, sender: Sender, today: date) -> None:
    said = session.exec(select(MeetingAnswer).where(col(MeetingAnswer.meeting_id) == meeting.id)).all()
    by_seat = {row.seat_id: row for row in said if row.seat_id is not None}
    guests = {row.person_id: row for row in said if row.seat_id is None}
    written = set(session.exec(select(MeetingLetter.person_id).where(col(MeetingLetter.meeting_id) == meeting.id)))
    soon = meeting.meeting.date is not None and meeting.meeting.date - today <= MEETING_BEFORE
    for each in receivers(session, meeting):
        if not each.reachable or each.person_id not in written:
            continue
        if _is_asked(each, by_seat, guests, meeting):
            _write(session, meeting, each, sender, answer=True)
        if soon and _comes(each, by_seat, guests):
            _write(session, meeting, each, sender, answer=False)


def _is_asked(
    each: Receiver, by_seat: dict[int, MeetingAnswer], guests: dict[int, MeetingAnswer], meeting: FoundMeeting
) -> bool:
    """Whether an answer of this person is missing; a deputy is asked by the member."""
    own = [place.seat_id for place in each.places if place.rank == 0]
    if any(seat_id not in by_seat for seat_id in own):
        return True
    return each.person_id in meeting.guest_person_ids and each.person_id not in guests


def _comes(each: Receiver, by_seat: dict[int, MeetingAnswer], guests: dict[int, MeetingAnswer]) -> bool:
    """Whether this person said that they come."""
    answers = [*by_seat.values(), *guests.values()]
    return any(row.person_id == each.person_id and row.kind != AnswerKind.DECLINED for row in answers)


def _write(session: Session, meeting: FoundMeeting, each: Receiver, sender: Sender, *, answer: bool) -> None:
    row, what = meeting.meeting, "answer" if answer else "meeting"
    with force_locale(each.language):
        subject, text = _words(row, each, sender, answer=answer)
    try:
        send_later(
            session,
            to=each.email,
            subject=subject,
            text=text,
            reference=f"meeting:{row.id}",
            once=f"remind:{what}:{row.id}:{each.person_id}:{row.date}",
        )
    except InvalidInput:
        log.warning("reminder has no address to go to", extra={"person": each.person_id})


def _words(row: Meeting, each: Receiver, sender: Sender, *, answer: bool) -> tuple[str, str]:
    if answer:
        subject = _("Ihre Antwort fehlt noch: %(title)s", title=row.title)
        first = _("zu dieser Sitzung haben Sie noch nicht zu- oder abgesagt:")
        way = _way(sender, f"/sitzungen/{row.key}/antwort", _("Zusagen, absagen oder eine Vertretung schicken"))
    else:
        subject = _("Zur Erinnerung: %(title)s", title=row.title)
        first = _("diese Sitzung steht bevor; Sie haben zugesagt:")
        way = _way(sender, f"/sitzungen/{row.key}", _("Tagesordnung und Unterlagen"))
    hello = _("Guten Tag %(name)s,", name=each.name)
    return subject, "\n\n".join(
        part for part in (hello, first, f"{row.title}\n{when_and_where(row)}", way) if part
    ) + "\n"


def _way(sender: Sender, path: str, words: str) -> str:
    address = link(sender, path)
    return f"{words}: {address}" if address else ""
