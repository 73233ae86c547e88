"""The appointment of a workshop as iCalendar (RFC 5545, 5546): invitation, change, cancellation, and a file to take.

It says when and where, and leads to the page; which cases are talked about is never in it. Each receiver gets an
appointment that names only them, so that no address reaches the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText, vUri

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{4,30}")
PRODUCT = "-//Lueckenlos//Workshops//DE"


@dataclass(frozen=True)
class Appointment:
    """What the calendar shows. Times are aware; without a start it lasts the whole day. `uid` never changes.

    `video` is an address and `phone` a number to join from afar (RFC 7986).
    """

    uid: str
    summary: str
    description: str
    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    url: str
    zone: ZoneInfo
    video: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Party:
    """A person in the calendar: address and name, either may stand alone for an office's mailbox."""

    email: str
    name: str = ""


def written(
    appointment: Appointment,
    method: str,
    sequence: int,
    stamp: datetime,
    organiser: Party,
    attendee: Party | None = None,
) -> str:
    """The appointment as text with CRLF; `stamp` is the moment of writing, aware and in UTC."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event_of(appointment, method, sequence, stamp, organiser, attendee))
    first = appointment.day.replace(month=1, day=1)
    calendar.add_missing_timezones(first_date=first, last_date=first.replace(year=first.year + 2))
    return str(calendar.to_ical().decode())


def event_of(
    appointment: Appointment, method: str, sequence: int, stamp: datetime, organiser: Party, attendee: Party | None
) -> Event:
    """One appointment of a calendar."""
    event = Event()
    event.add("uid", appointment.uid)
    event.add("dtstamp", stamp.replace(microsecond=0))
    event.add("sequence", sequence)
    event.add("summary", appointment.summary)
    _add_time(event, appointment)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    for name, value in (("location", appointment.place), ("description", appointment.description)):
        if value:
            event.add(name, value)
    if appointment.url:
        event.add("url", appointment.url)
    for address, features in _conferences(appointment):
        way = vUri(address)
        way.params["VALUE"], way.params["FEATURE"] = "URI", features
        event.add("conference", way, encode=False)
    if organiser.email:
        event.add("organizer", _address(organiser), encode=False)
    if attendee is not None:
        event.add("attendee", _attendee(attendee), encode=False)
    return event


def _conferences(appointment: Appointment) -> Iterator[tuple[str, list[str]]]:
    """The ways to join from afar, as addresses that a program can open, with what they carry."""
    if appointment.video:
        yield appointment.video, ["AUDIO", "VIDEO"]
    if number := _TELEPHONE.match(appointment.phone):
        yield f"tel:{re.sub(r'[^+0-9]', '', number[0])}", ["PHONE"]


def _add_time(event: Event, appointment: Appointment) -> None:
    if appointment.starts_at is None:
        event.add("dtstart", appointment.day)
        event.add("dtend", appointment.day + timedelta(days=1))
        return
    event.add("dtstart", appointment.starts_at.astimezone(appointment.zone))
    if appointment.ends_at is not None:
        event.add("dtend", appointment.ends_at.astimezone(appointment.zone))


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    if party.name:
        address.params["CN"] = vText(party.name)
    return address


def _attendee(party: Party) -> vCalAddress:
    address = _address(party)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE")
    return address
