"""A unit of work: one action, one transaction, with its audit entries, live events and one-time key.

An action is `def adopt(work: Work, …)`. It asks its policy, applies its rules, changes rows and
records what it did; a change that nobody recorded is refused before it is committed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, col, select

from app.core import audit
from app.core.errors import Forbidden, NotFound
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.records import LiveEvent, UsedKey

P = ParamSpec("P")
T = TypeVar("T")
AFTER_COMMIT = "after_commit"


class Unrecorded(RuntimeError):
    """A programming error: an action changed something and recorded nothing."""


@dataclass
class Work:
    """What an action works with. `now` is aware and in UTC."""

    session: Session
    actor: Actor
    now: datetime
    request_id: str = "-"
    acts: list[audit.Act] = field(default_factory=list)
    signals: list[tuple[str, str]] = field(default_factory=list)

    @property
    def tenant_id(self) -> int:
        """The tenant this work belongs to."""
        return self.actor.tenant_id

    def require(self, verdict: Verdict) -> None:
        """Go on only if the policy allows it; otherwise Forbidden with its reason, or NotFound."""
        if verdict.allowed:
            return
        if verdict.hidden:
            raise NotFound(_("Diese Seite gibt es nicht."))
        raise Forbidden(_(verdict.reason))

    def record(self, action: str, thing: SQLModel, **facts: audit.Fact) -> None:
        """Note the act for the audit; facts are keys, states and numbers."""
        self.session.flush()
        kind = str(inspect(type(thing)).local_table.name)
        key = getattr(thing, "key", None) or getattr(thing, "id", None) or "-"
        self.acts.append(audit.Act(action, kind, str(key), audit.checked_facts(facts)))

    def announce(self, channel: str, name: str) -> None:
        """Tell everyone who follows `channel` that the thing called `name` changed, once it is committed."""
        if (channel, name) not in self.signals:
            self.signals.append((channel, name))

    def finish(self) -> list[LiveEvent]:
        """Write audit and events at the end of the transaction, in the tenant's one order."""
        self.session.flush()
        if not self.acts:
            if self.session.info.get("changed"):
                raise Unrecorded("an action changed rows and recorded no act")
            return []
        person_id, organisation_id = self.actor.person_id or None, self.actor.organisation_id or None
        signed = [audit.Signed(act, self.now, person_id, organisation_id, self.request_id) for act in self.acts]
        audit.append(self.session, signed)
        events = [LiveEvent(tenant_id=self.tenant_id, at=self.now, channel=c, name=n) for c, n in self.signals]
        self.session.add_all(events)
        self.session.flush()
        return events


Action = Callable[Concatenate[Work, P], T]


@dataclass(frozen=True)
class Done(Generic[T]):
    """What became of a group that acted together: an answer to each in order, and what those who watch are told.

    Acts on many at once record them in the audit themselves (`audit.append`).
    """

    answers: Sequence[T]
    signals: Sequence[tuple[str, str]] = ()


def used_location(work: Work, key: str) -> str | None:
    """Where the sender of this one-time key was already sent, if the key was used."""
    statement = select(UsedKey.location).where(col(UsedKey.person_id) == work.actor.person_id, col(UsedKey.key) == key)
    return work.session.exec(statement).first()


def remember_key(work: Work, key: str, location: str) -> None:
    """Keep the key with the redirect it led to."""
    work.session.add(UsedKey(person_id=work.actor.person_id, key=key, location=location, at=work.now))


def mark_changes(session: Session, _context: Any, _instances: Any) -> None:
    """Session hook: note that county data was flushed."""
    if session.new or session.dirty or session.deleted:
        session.info["changed"] = True
