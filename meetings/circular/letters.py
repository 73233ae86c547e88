"""Mails of circulars: that one was sent, and once before the deadline to those whose answer is missing.

A mail holds the title and the link, never the motion.
"""

import logging
from collections.abc import Collection
from datetime import datetime

from flask import current_app, has_app_context
from flask_babel import force_locale
from sqlmodel import Session, col, select

from app.core import jobs
from app.core.clock import LOCAL
from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.mail import send_later
from app.core.web import House, house
from app.people.models import Person, Tenant
from meetings.bodies.models import SeatHolder
from meetings.bodies.queries import valid_on
from meetings.circular.models import Circular, CircularVoice
from meetings.circular.rules import reminds_now
from meetings.circular.states import CircularState

log = logging.getLogger("lueckenlos.circulars")
EVERY_SECONDS = 1800


def register() -> None:
    """Half-hourly: a deadline has an hour, not only a day."""
    jobs.every("circulars.remind", EVERY_SECONDS, remind_all)


def announce(session: Session, circular: Circular, seat_ids: Collection[int]) -> None:
    """Tell holders and deputies of these seats that an answer is asked for."""
    public_url = house().settings.public_url if has_app_context() and current_app else ""
    _write(session, circular, seat_ids, public_url, "sent")


def remind_all(place: House, now: datetime) -> None:
    """Remind in every county those who have not answered."""
    with place.database.read() as session:
        tenants = session.exec(select(Tenant.id).order_by(col(Tenant.id))).all()
    for tenant_id in tenants:
        place.writer.run(lambda session: remind(session, place.settings.public_url, now), tenant_id)


def remind(session: Session, public_url: str, now: datetime) -> None:
    """Write the reminders of one county; a second time writes nothing new."""
    open_ones = (col(Circular.state) == CircularState.RUNNING, col(Circular.reminded_at).is_(None))
    for circular in session.exec(select(Circular).where(*open_ones)).all():
        if not reminds_now(now, circular.deadline, circular.opened_at):
            continue
        missing = select(col(CircularVoice.seat_id)).where(
            col(CircularVoice.circular_id) == circular.id, col(CircularVoice.answer).is_(None)
        )
        _write(session, circular, session.exec(missing).all(), public_url, "reminder")
        circular.reminded_at = now
        session.add(circular)


def _write(session: Session, circular: Circular, seat_ids: Collection[int], public_url: str, what: str) -> None:
    today = circular.opened_at.astimezone(LOCAL).date()
    people = session.exec(
        select(Person)
        .join(SeatHolder, col(SeatHolder.person_id) == col(Person.id))
        .where(col(SeatHolder.seat_id).in_(seat_ids), valid_on(SeatHolder, today))
        .order_by(col(Person.id))
        .distinct()
    ).all()
    for person in people:
        with force_locale(person.language):
            subject, text = _words(circular, person, public_url, what)
        once = f"circular:{circular.id}:{what}:{person.id}"
        reference = f"circular:{circular.id}"
        try:
            send_later(session, to=person.email, subject=subject, text=text, reference=reference, once=once)
        except InvalidInput:
            log.warning("circular has no address to go to", extra={"person": person.id})


def _words(circular: Circular, person: Person, public_url: str, what: str) -> tuple[str, str]:
    until = circular.deadline.astimezone(LOCAL).strftime("%d.%m.%Y, %H:%M")
    if what == "sent":
        subject = _("Umlaufbeschluss: %(title)s", title=circular.title)
        first = _("über diesen Antrag wird im Umlauf abgestimmt. Bitte antworten Sie bis %(until)s Uhr.", until=until)
    else:
        subject = _("Ihre Antwort fehlt noch: %(title)s", title=circular.title)
        first = _("für Ihren Sitz fehlt noch eine Antwort. Der Umlauf endet am %(until)s Uhr.", until=until)
    address = f"{public_url}/umlauf/{circular.key}"
    return subject, "\n\n".join([_("Guten Tag %(name)s,", name=person.name), first, address]) + "\n"
