"""A person's own calendar under a secret address: made, shown once, replaced, taken back; and what stands in it.

The address is a key without a name. Only its hash is kept, so nobody reads it off the database, and it opens nothing
but days, times, places and names of bodies.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import force_locale
from sqlmodel import Session, col, select

from app.core.clock import LOCAL
from app.core.database import Database, every_tenant
from app.core.i18n import _
from app.core.permissions import Actor
from app.core.work import Work
from app.people.models import Person, Tenant
from knowledge.workshops.calendar import CANCEL, PUBLISH, Appointment, Party
from knowledge.workshops.inviting import Sender
from knowledge.workshops.inviting import appointment_of as workshop_appointment
from knowledge.workshops.queries import readable_workshops
from knowledge.workshops.states import WorkshopState
from meetings.agenda.queries import readable_meetings
from meetings.agenda.states import MeetingState
from meetings.invitations.calendar import appointment_of, feed
from meetings.invitations.models import CalendarAddress
from meetings.invitations.policy import may_have_calendar

BACK = timedelta(days=180)
"""How long past meetings stay in the calendar."""
LONGEST_SECRET = 64


@dataclass(frozen=True)
class Owner:
    """Whose calendar an address opens."""

    tenant_id: int
    person_id: int


def secret_for(key: bytes, person_id: int, once: str) -> str:
    """The secret that one sending of a form makes, 256 bit; the same form sent twice makes the same."""
    return hmac.new(key, f"calendar:{person_id}:{once}".encode(), hashlib.sha256).hexdigest()


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_address(work: Work, secret: str) -> CalendarAddress:
    """Give the person a new address; the one before opens nothing any more."""
    work.require(may_have_calendar(work.actor))
    row = _own(work.session, work.actor)
    row = row or CalendarAddress(person_id=work.actor.person_id, secret_hash="", created_at=work.now)
    row.secret_hash, row.created_at = hash_of(secret), work.now
    work.session.add(row)
    work.record("calendar.address_made", row)
    return row


def take_back(work: Work) -> None:
    """Take the person's address back."""
    work.require(may_have_calendar(work.actor))
    row = _own(work.session, work.actor)
    if row is not None:
        work.record("calendar.address_taken_back", row)
        work.session.delete(row)


def _own(session: Session, actor: Actor) -> CalendarAddress | None:
    statement = select(CalendarAddress).where(col(CalendarAddress.person_id) == actor.person_id)
    return session.exec(statement).first()


def own_address(session: Session, actor: Actor) -> CalendarAddress | None:
    """When the person's address was made, if there is one. One statement."""
    return _own(session, actor)


def owner_of(database: Database, secret: str) -> Owner | None:
    """Whose calendar the secret opens; an account that is closed has none. One statement."""
    with database.read() as session, every_tenant(session):
        statement = (
            select(CalendarAddress)
            .join(Person, col(Person.id) == col(CalendarAddress.person_id))
            .where(col(CalendarAddress.secret_hash) == hash_of(secret), col(Person.active).is_(True))
        )
        row = session.exec(statement).first()
        return Owner(row.tenant_id, row.person_id) if row else None


def calendar_of(session: Session, actor: Actor, tenant: Tenant, sender: Sender, now: datetime) -> str:
    """Every dated meeting and workshop that the person may see, as one calendar. Six statements."""
    since = now.astimezone(LOCAL).date() - BACK
    language = session.exec(select(Person.language).where(col(Person.id) == actor.person_id)).one()
    with force_locale(language):
        found = [*_meetings(session, actor, tenant, sender), *_workshops(session, actor, tenant, sender)]
        entries = sorted((each for each in found if each[0].day >= since), key=lambda each: each[0].day)
        organiser = Party(sender.email, tenant.name)
        return feed(entries, _("Sitzungen und Fallrekonstruktionen"), now, organiser, tenant.timezone)


def _meetings(session: Session, actor: Actor, tenant: Tenant, sender: Sender) -> list[tuple[Appointment, str, int]]:
    return [
        (entry, CANCEL if found.state == MeetingState.CANCELLED else PUBLISH, found.meeting.version)
        for found in readable_meetings(session, actor)
        if found.state != MeetingState.DRAFT and (entry := appointment_of(found, tenant, sender))
    ]


def _workshops(session: Session, actor: Actor, tenant: Tenant, sender: Sender) -> list[tuple[Appointment, str, int]]:
    return [
        (
            workshop_appointment(row, tenant, sender),
            CANCEL if row.state == WorkshopState.CANCELLED else PUBLISH,
            row.revision,
        )
        for row in readable_workshops(session, actor)
    ]
