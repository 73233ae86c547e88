"""Handing the outbox to a mail server: at least once, again after a while, given up with a reason that can be read.

A mail is claimed first, sent then, and marked last. Whoever dies between sending and marking leaves a claim that runs
out; the mail goes out once more with the same Message-ID.
"""

import logging
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from sqlalchemy import or_
from sqlmodel import Session, col, delete, func, select

from app.core import jobs
from app.core.database import every_tenant
from app.core.mail import message_of
from app.core.mail_states import MailState
from app.core.records import MailOutbox

if TYPE_CHECKING:
    from app.core.web import House

log = logging.getLogger("lueckenlos.mail")

EVERY_SECONDS = 15
BATCH = 10
PATIENCE = 20.0
"""Seconds that the mail server may take for one answer."""
CLAIM = timedelta(minutes=15)
KEPT = timedelta(days=30)
EXPIRES = timedelta(days=7)
"""A mail that could not be sent for so long is not sent any more, so that a new mail server begins with fresh ones."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
"""How long until the next try; after the last one the mail is given up, about three days after it was written."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Outcome:
    """What became of one try: sent, or a problem, after which another try makes sense or not."""

    problem: str = ""
    final: bool = False


def register() -> None:
    """Deliver all the time, and forget once a day."""
    jobs.every("mail", EVERY_SECONDS, deliver)
    jobs.daily("mail.erase", 3, erase_old)


def deliver(house: "House", now: datetime) -> None:
    """Send what is due. Without a mail server nothing is tried; a server that was lost is left alone for now."""
    if not house.settings.smtp_url:
        return
    while batch := claim(house, now):
        if not send(house, batch) or len(batch) < BATCH:
            return


def claim(house: "House", now: datetime) -> list[MailOutbox]:
    """Take some of the mails that are due, so that no other deliverer sends them meanwhile."""

    def job(session: Session) -> list[MailOutbox]:
        statement = (
            select(MailOutbox)
            .where(
                col(MailOutbox.state) == MailState.WAITING,
                col(MailOutbox.next_at) <= now,
                or_(col(MailOutbox.claimed_until).is_(None), col(MailOutbox.claimed_until) < now),
            )
            .order_by(col(MailOutbox.next_at), col(MailOutbox.id))
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        with every_tenant(session):
            found = list(session.exec(statement))
            for mail in found:
                mail.claimed_until = now + CLAIM
                session.add(mail)
            session.flush()
        return found

    return house.writer.run(job, None)


def send(house: "House", batch: list[MailOutbox]) -> bool:
    """Send claimed mails over one connection, each marked as soon as the server took or refused it.

    False if the connection could not be had or was lost; the mails that were not tried go back untouched.
    """
    try:
        server = connect(house.settings.smtp_url)
    except (smtplib.SMTPException, OSError) as error:
        for mail in batch:
            mark(house, mail, Outcome(_reason(error)))
        return False
    for mail in batch:
        if server.sock is None:
            release(house, mail)
        else:
            mark(house, mail, _hand_over(server, mail, house.settings.mail_from))
    held = server.sock is not None
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    return held


def connect(address: str) -> smtplib.SMTP:
    """A session with the mail server. A password is only ever sent over an encrypted line, or to this machine."""
    parts = urlsplit(address)
    host, secure = parts.hostname or "", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=secure)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=PATIENCE)
    try:
        _introduce(server, parts, secure)
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def _introduce(server: smtplib.SMTP, parts: SplitResult, secure: ssl.SSLContext) -> None:
    server.ehlo()
    if parts.scheme == "smtp" and server.has_extn("starttls"):
        server.starttls(context=secure)
        server.ehlo()
    elif parts.scheme == "smtp" and parts.username and parts.hostname not in LOOPBACK:
        raise smtplib.SMTPNotSupportedError("the server offers no encryption, so the password was not sent")
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))


def _hand_over(server: smtplib.SMTP, mail: MailOutbox, sender: str) -> Outcome:
    try:
        server.send_message(message_of(mail, sender), sender, [mail.recipient])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = error.recipients[mail.recipient]
        return Outcome(_answer(code, words), final=code >= 500)
    except smtplib.SMTPSenderRefused as error:
        return Outcome(_answer(error.smtp_code, error.smtp_error))
    except smtplib.SMTPResponseException as error:
        return Outcome(_answer(error.smtp_code, error.smtp_error), final=error.smtp_code >= 500)
    except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
        return Outcome(_reason(error), final=True)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(_reason(error))
    return Outcome()


def _answer(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(said.split())}"[:200]


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:200]


def release(house: "House", claimed: MailOutbox) -> None:
    """Give a mail back that was claimed and not tried."""

    def job(session: Session) -> None:
        mail = session.exec(select(MailOutbox).where(col(MailOutbox.id) == claimed.id)).one()
        mail.claimed_until = None
        session.add(mail)

    house.writer.run(job, claimed.tenant_id)


def mark(house: "House", claimed: MailOutbox, outcome: Outcome) -> None:
    """Write down what became of the try."""
    now = (claimed.claimed_until or claimed.next_at) - CLAIM

    def job(session: Session) -> None:
        mail = session.exec(select(MailOutbox).where(col(MailOutbox.id) == claimed.id)).one()
        mail.attempts += 1
        mail.claimed_until = None
        mail.problem = outcome.problem or None
        if not outcome.problem:
            mail.state, mail.sent_at = MailState.SENT, now
        elif outcome.final or mail.attempts > len(WAITS):
            mail.state = MailState.FAILED
        else:
            mail.next_at = now + WAITS[mail.attempts - 1]
        session.add(mail)

    house.writer.run(job, claimed.tenant_id)
    log.info("mail", extra={"mail": claimed.id, "tenant": claimed.tenant_id, "delivered": not outcome.problem})


def erase_old(house: "House", now: datetime) -> None:
    """Give up what waited for a week, for old news help nobody, and forget mails after thirty days."""

    def job(session: Session) -> None:
        with every_tenant(session):
            late = col(MailOutbox.created_at) < now - EXPIRES
            waiting = select(MailOutbox).where(col(MailOutbox.state) == MailState.WAITING, late)
            for mail in session.exec(waiting):
                mail.state, mail.problem = MailState.FAILED, mail.problem or "waited for a week, nothing was sent"
                session.add(mail)
            session.flush()
            session.exec(
                delete(MailOutbox).where(
                    col(MailOutbox.state) != MailState.WAITING, col(MailOutbox.created_at) < now - KEPT
                )
            )

    house.writer.run(job, None)


def figures(house: "House") -> dict[str, object]:
    """For who watches the program: whether mails are sent, how many wait and how many were given up."""
    with house.database.read() as session, every_tenant(session):
        rows = session.exec(select(MailOutbox.state, func.count(col(MailOutbox.id))).group_by(col(MailOutbox.state)))
        found = {MailState(state): number for state, number in rows}
    return {
        "sends": bool(house.settings.smtp_url),
        "waiting": found.get(MailState.WAITING, 0),
        "failed": found.get(MailState.FAILED, 0),
    }
