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
from meetings.agenda.queries import FoundMeeting, dial_in
from meetings.agenda.wording import titled

PRODUCT = "-//Lueckenlos//Sitzungen//DE"
REFRESH = "PT6H"


def link(sender: Sender, path: str) -> str:
    """An address that can be opened from outside, where the installation has a public address."""
    return f"{sender.public_url.rstrip('/')}{path}" if sender.public_url else ""


def uid_of(meeting: Meeting, tenant: Tenant) -> str:
    """The name by which calendars know the meeting; it never changes."""
    return f"meeting-{meeting.id}-{tenant.key}@lueckenlos"


def appointment_of(
    found: FoundMeeting, tenant: Tenant, sender: Sender, *, with_dial_in: bool = False
) -> Appointment | None:
    """The calendar entry of a meeting; None while it has no day.

    How to join from afar goes to those who are invited, not into calendars that programs read at a secret address.
    """
    row = found.meeting
    ways = [*([_("Zuschalten:")] if dial_in(row) else []), *dial_in(row)] if with_dial_in else []
    description = _("Tagesordnung, Unterlagen und Ihre Antwort stehen auf der Seite der Sitzung.")
    if row.date is None:
        return None
    return Appointment(
        uid=uid_of(row, tenant),
        summary=titled(found.body_row.name, row.title),
        description="\n".join((description, *ways)),
        day=row.date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place or (row.dial_in_url or "" if with_dial_in else ""),
        video=(row.dial_in_url or "") if with_dial_in else "",
        phone=(row.dial_in_phone or "") if with_dial_in else "",
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
