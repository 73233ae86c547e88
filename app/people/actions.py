"""Signing in and out. These run before there is an actor, so they take a plain session."""

import hashlib
import logging
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from app.core.errors import InvalidInput, TooManyAttempts
from app.core.i18n import _
from app.core.work import Work
from app.people import passwords, throttle
from app.people.models import Person, SignInSession, Tenant
from app.people.rules import (
    ABSOLUTE,
    EVERYWHERE,
    PER_ACCOUNT,
    PER_ADDRESS,
    SHORTEST_PASSWORD,
    Limit,
    normal_email,
)

log = logging.getLogger("lueckenlos.security")


@dataclass(frozen=True)
class Attempt:
    """One try to sign in: what was typed, from which network address, when (UTC)."""

    email: str
    password: str
    address: str
    now: datetime

    def buckets(self) -> tuple[tuple[str, Limit], ...]:
        """What this try is counted under."""
        account = hashlib.sha256(normal_email(self.email).encode()).hexdigest()[:32]
        return (
            (f"account:{account}", PER_ACCOUNT),
            (f"address:{self.address[:45]}", PER_ADDRESS),
            ("everywhere", EVERYWHERE),
        )


def person_with_password(session: Session, attempt: Attempt) -> Person | None:
    """The person whose address and password these are; None otherwise, after the same time."""
    person = session.exec(select(Person).where(col(Person.email) == normal_email(attempt.email))).first()
    right = passwords.matches(person.password_hash if person else None, attempt.password)
    return person if person and right and person.active else None


def refuse_if_too_often(session: Session, attempt: Attempt) -> None:
    """TooManyAttempts once a limit is reached."""
    for bucket, limit in attempt.buckets():
        if throttle.attempts(session, bucket, limit, attempt.now) >= limit.count:
            log.warning("authn_login_throttled", extra={"bucket": bucket})
            wait = limit.retry_after(attempt.now)
            raise TooManyAttempts(
                _(
                    "Zu viele Versuche. Bitte warten Sie %(minutes)s Minuten und versuchen Sie es dann noch einmal.",
                    minutes=wait // 60 + 1,
                ),
                wait,
            )


def count_failure(session: Session, attempt: Attempt) -> None:
    """Count a wrong password."""
    for bucket, limit in attempt.buckets():
        throttle.hit(session, bucket, limit, attempt.now)
    log.warning("authn_login_fail")


def wrong_password() -> InvalidInput:
    """The one answer to an unknown address and to a wrong password."""
    return InvalidInput(
        _("E-Mail-Adresse oder Passwort stimmen nicht. Bitte prüfen Sie beides und versuchen Sie es noch einmal.")
    )


def token_hash(token: str) -> str:
    """What the database keeps of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(work: Work, person_id: int) -> str:
    """Open a session for the person and return its token, which is not stored."""
    token = secrets.token_urlsafe(32)
    work.session.add(
        SignInSession(
            token_hash=token_hash(token),
            person_id=person_id,
            created_at=work.now,
            seen_at=work.now,
            expires_at=work.now + ABSOLUTE,
        )
    )
    person = work.session.exec(select(Person).where(col(Person.id) == person_id)).one()
    work.record("authn.signed_in", person)
    return token


def end_session(work: Work, token: str) -> None:
    """Close the session of this token."""
    work.session.exec(delete(SignInSession).where(col(SignInSession.token_hash) == token_hash(token)))
    person = work.session.exec(select(Person).where(col(Person.id) == work.actor.person_id)).one()
    work.record("authn.signed_out", person)


def touch_sessions(session: Session, session_ids: Collection[int], now: datetime) -> None:
    """Note that the sessions are in use. One statement."""
    seen = update(SignInSession).where(col(SignInSession.id).in_(sorted(session_ids)))
    session.exec(seen.values(seen_at=now))


def demo_person(session: Session, key: str) -> Person | None:
    """A person of a fictional tenant by key; nobody of a real one can be had this way."""
    statement = (
        select(Person)
        .join(Tenant, col(Tenant.id) == col(Person.tenant_id))
        .where(col(Tenant.fictional).is_(True), col(Person.key) == key, col(Person.active).is_(True))
    )
    return session.exec(statement).first()


def set_password(session: Session, email: str, password: str) -> str | None:
    """Give an account a new password and end its sessions; returns what is wrong, None if it was done."""
    if len(password) < SHORTEST_PASSWORD:
        return _("Ein Passwort braucht mindestens %(length)s Zeichen.", length=SHORTEST_PASSWORD)
    person = session.exec(select(Person).where(col(Person.email) == normal_email(email))).first()
    if person is None:
        return _("Ein Konto mit dieser Adresse gibt es nicht.")
    person.password_hash = passwords.hashed(password)
    session.add(person)
    session.exec(delete(SignInSession).where(col(SignInSession.person_id) == person.id))
    return None
