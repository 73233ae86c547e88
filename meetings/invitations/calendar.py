"""Meetings and workshops in calendars (iCalendar, RFC 5545): the entry of one meeting, and a person's whole calendar.

An entry says when, where and which body meets; the agenda is on the page that it leads to. The words of one event are
those of the workshops' calendar.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from app.core.i18n import _
from app.people.models import Tenant
from knowledge.workshops.calendar import PUBLISH, Appointment, Party, event_of
from knowledge.workshops.inviting import Sender
from meetings.agenda.models import Meeting
from meetings.agenda.queries import FoundMeeting

PRODUCT = "-//Lueckenlos//Sitzungen//DE"
REFRESH = "PT6H"


def link(sender: Sender, path: str) -> str:
    """An address that can be opened from outside, where the installation has a public address."""
    return f"{sender.public_url.rstrip('/')}{path}" if sender.public_url else ""


def uid_of(meeting: Meeting, tenant: Tenant) -> str:
    """The name by which calendars know the meeting; it never changes."""
    return f"meeting-{meeting.id}-{tenant.key}@lueckenlos"


def appointment_of(found: FoundMeeting, tenant: Tenant, sender: Sender) -> Appointment | None:
    """The calendar entry of a meeting; None while it has no day."""
    row = found.meeting
    if row.date is None:
        return None
    return Appointment(
        uid=uid_of(row, tenant),
        summary=f"{found.body_row.name}: {row.title}",
        description=_("Tagesordnung, Unterlagen und Ihre Antwort stehen auf der Seite der Sitzung."),
        day=row.date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place or "",
        url=link(sender, f"/sitzungen/{row.key}"),
        zone=ZoneInfo(tenant.timezone),
    )


def feed(
    entries: Sequence[tuple[Appointment, str, int]], name: str, stamp: datetime, organiser: Party, zone: str
) -> str:
    """A calendar of many appointments, each with its method and sequence; programs ask for it again every six hours."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", PUBLISH)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("x-published-ttl", REFRESH)
    for appointment, method, sequence in entries:
        calendar.add_component(event_of(appointment, method, sequence, stamp, organiser, None))
    if entries:
        days = [appointment.day for appointment, _method, _sequence in entries]
        first, last = min(days).replace(month=1, day=1), max(days)
        calendar.add_missing_timezones(first_date=first, last_date=last.replace(year=last.year + 2, day=1))
    return str(calendar.to_ical().decode())
