"""How often one network address may report or guess links. Addresses are stored only as a keyed hash of the day."""

import hashlib
import hmac
from datetime import datetime

from sqlmodel import Session

from app.core.errors import TooManyAttempts
from app.core.i18n import _
from app.core.web import house
from app.people import throttle
from app.people.rules import Limit

REPORTS = Limit(20, 3600)
"""A whole county sits behind one address."""
MESSAGES = Limit(20, 3600)
GUESSES = Limit(30, 300)
MAILS = Limit(5, 86400)
"""So many first mails a day go to one e-mail address: nobody fills a stranger's letter box through our form."""


def bucket(what: str, secret: bytes, whom: str, now: datetime) -> str:
    """What a try is counted under: unreadable without the installation's key, and another one every day."""
    day = now.date().isoformat()
    return f"{what}:" + hmac.new(secret, f"{what}:{day}:{whom}".encode(), hashlib.sha256).hexdigest()[:32]


def refuse_if_too_often(name: str, limit: Limit, now: datetime) -> None:
    """TooManyAttempts once the limit is reached."""
    with house().database.read() as plain:
        reached = throttle.attempts(plain, name, limit, now) >= limit.count
    if reached:
        wait = limit.retry_after(now)
        minutes = wait // 60 + 1
        raise TooManyAttempts(
            _("Von Ihrem Anschluss kam gerade sehr viel. Bitte versuchen Sie es in %(minutes)s Minuten noch einmal.",
              minutes=minutes),
            wait,
        )  # fmt: skip


def count(name: str, limit: Limit, now: datetime) -> None:
    """Count one more try."""
    house().writer.run(lambda session: throttle.hit(session, name, limit, now), None)


def allowed_mail(session: Session, name: str, now: datetime) -> bool:
    """Count a mail to one address in the present transaction, and say whether it may still go."""
    if throttle.attempts(session, name, MAILS, now) >= MAILS.count:
        return False
    throttle.hit(session, name, MAILS, now)
    return True
