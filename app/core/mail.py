"""Outgoing mail: written with the change it tells of, delivered later. What a mail looks like; not how it is sent.

A mail holds titles that its receiver may see, and links; never what a case says. It is plain text, because a link in
plain text shows where it leads.
"""

import re
import uuid
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from sqlmodel import Session, col, select

from app.core import clock
from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.records import MailOutbox

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]{1,64}@[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]{1,189}")
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
_WIDTH = 76
LONGEST_SUBJECT = 200


def send_later(
    session: Session,
    *,
    to: str,
    subject: str,
    text: str,
    reference: str,
    unsubscribe: str = "",
    once: str = "",
    calendar: str = "",
) -> None:
    """Put a mail into the outbox of the session's tenant, in the session's transaction.

    `reference` names what it is about ("report:12"), `unsubscribe` is the page on which such mails are turned off.
    A mail with the same `once` is written one time only. `calendar` is an appointment (iCalendar, METHOD) that the
    receiver's calendar can take in. InvalidInput for what is no address.
    """
    if once and session.exec(select(MailOutbox.id).where(col(MailOutbox.once) == once)).first() is not None:
        return
    now = clock.now()
    session.add(
        MailOutbox(
            recipient=checked_address(to),
            subject=one_line(subject),
            text=text,
            reference=reference[:64],
            unsubscribe=unsubscribe or None,
            once=once or None,
            calendar=calendar or None,
            message_id=uuid.uuid4().hex,
            created_at=now,
            next_at=now,
        )
    )
    session.flush()


def checked_address(address: str) -> str:
    """One address and nothing else; line breaks and lists of addresses never reach a header."""
    if not _ADDRESS.fullmatch(address.strip()):
        raise InvalidInput(_("Das ist keine E-Mail-Adresse. Bitte prüfen Sie sie."))
    return address.strip()


def one_line(words: str) -> str:
    """Words for a header: one line, printable, not endless."""
    return " ".join("".join(each if each.isprintable() else " " for each in words).split())[:LONGEST_SUBJECT]


def message_of(mail: MailOutbox, sender: str) -> EmailMessage:
    """The row as a message. The same row always gives the same Message-ID, so a repeated mail can be told."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = Address("Lückenlos", addr_spec=sender)
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.message_id}@{_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{one_line(mail.unsubscribe).replace(' ', '%20')}>"
    message.set_content(flowed(mail.text), cte="quoted-printable", params={"format": "flowed"})
    if mail.calendar:
        _add_calendar(message, mail.calendar)
    return message


def _add_calendar(message: EmailMessage, calendar: str) -> None:
    """The appointment twice: as another form of the text, for programs that answer it, and as a file for all others."""
    found = _METHOD.search(calendar)
    method = {"method": found[1]} if found else {}
    message.add_alternative(calendar, subtype="calendar", cte="base64", params=method)
    message.add_attachment(calendar.encode(), "application", "ics", filename="termin.ics")


def _domain(sender: str) -> str:
    return sender.rsplit("@", 1)[-1].encode("idna").decode("ascii")


def flowed(text: str) -> str:
    """The text in lines of at most 76 characters that a reader may join again (RFC 3676, format=flowed)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(part for line in lines for part in _flow(line.rstrip()))


def _flow(line: str) -> list[str]:
    if line == "--":
        return ["-- "]
    parts: list[str] = []
    for word in line.split(" "):
        if parts and len(parts[-1]) + 1 + len(word) <= _WIDTH:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    soft = [f"{part} " for part in parts[:-1]] + parts[-1:]
    return [_stuffed(part) for part in soft]


def _stuffed(part: str) -> str:
    """A line that begins like a quotation, a blank or the mark between mails gets one blank before it."""
    return f" {part}" if part.startswith((" ", ">", "From ")) else part
