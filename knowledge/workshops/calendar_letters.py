"""A letter with a calendar entry, as workshops and meetings send it: worded in the receiver's language, posted once."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import force_locale

from app.core.mail import send_later
from app.core.work import Work
from knowledge.workshops.calendar import CANCEL, REQUEST, Appointment, Party, written


@dataclass(frozen=True)
class CalendarLetter:
    """Whom it goes to in which language, what it is about, and what the calendar is told: a change or the end.

    `reference` names the thing („meeting:3“), a letter with the same `once` is written one time only. `sequence` is
    the calendar's (RFC 5545).
    """

    to: Party
    language: str
    reference: str
    once: str
    sequence: int
    cancels: bool = False


def write_letter(
    work: Work,
    letter: CalendarLetter,
    organiser: Party,
    words: Callable[[], tuple[str, str]],
    appointment: Callable[[], Appointment | None],
) -> None:
    """Put the letter into the outbox; without an appointment it changes nothing in the receiver's calendar."""
    with force_locale(letter.language):
        (subject, text), entry = words(), appointment()
    method = CANCEL if letter.cancels else REQUEST
    send_later(
        work.session,
        to=letter.to.email,
        subject=subject,
        text=text,
        reference=letter.reference,
        once=letter.once,
        calendar=written(entry, method, letter.sequence, work.now, organiser, letter.to) if entry else "",
    )
