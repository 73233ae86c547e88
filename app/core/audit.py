"""The append-only, hash-chained record of every act: writing it and proving it.

An entry holds who did what to which thing, with keys, states and numbers. Free text is refused,
so erasing a person's case never touches the chain.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from app.core.records import AuditEntry, AuditHead

Fact = str | int | float | bool | None
_FACT_TEXT = re.compile(r"[\w.:/@+-]{0,64}")


@dataclass(frozen=True)
class Act:
    """One act before it is chained."""

    action: str
    object_type: str
    object_key: str
    facts: dict[str, Fact]


@dataclass(frozen=True)
class Broken:
    """Where a chain does not hold: the sequence number and why."""

    seq: int
    reason: str


def checked_facts(facts: dict[str, Fact]) -> dict[str, Fact]:
    """The facts, if they are free of content; a ValueError is a programming error."""
    for name, value in facts.items():
        if isinstance(value, str) and not _FACT_TEXT.fullmatch(value):
            raise ValueError(f"{name}: an audit fact is a key, a state or a number, not text")
    return facts


def lock_head(session: Session, tenant_id: int) -> AuditHead:
    """The end of the chain, locked until this transaction ends."""
    statement = select(AuditHead).where(col(AuditHead.tenant_id) == tenant_id).with_for_update()
    head = session.exec(statement).first()
    if head is None:
        head = AuditHead(tenant_id=tenant_id)
        session.add(head)
        session.flush()
    return head


def append(
    session: Session,
    head: AuditHead,
    acts: list[Act],
    at: datetime,
    person_id: int | None,
    organisation_id: int | None,
    request_id: str,
) -> None:
    """Chain the acts behind `head`, in order."""
    for act in acts:
        entry = AuditEntry(
            tenant_id=head.tenant_id,
            seq=head.seq + 1,
            at=at,
            person_id=person_id,
            organisation_id=organisation_id,
            action=act.action,
            object_type=act.object_type,
            object_key=act.object_key,
            facts=canonical(act.facts),
            request_id=request_id,
            prev=head.hash,
            hash="",
        )
        entry.hash = digest(entry)
        session.add(entry)
        head.seq, head.hash = entry.seq, entry.hash


def canonical(value: object) -> str:
    """JSON with one spelling per value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(entry: AuditEntry) -> str:
    """SHA-256 over the entry and the hash before it, as 64 hexadecimal digits."""
    body = [
        entry.prev,
        entry.tenant_id,
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.person_id,
        entry.organisation_id,
        entry.action,
        entry.object_type,
        entry.object_key,
        entry.facts,
        entry.request_id,
    ]
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def verify(session: Session) -> Iterator[Broken]:
    """Walk the session's tenant's chain and name each place where it does not hold."""
    expected, last = 1, ""
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.seq)).execution_options(yield_per=1000)):
        if entry.seq != expected:
            yield Broken(expected, f"missing, the next one there is {entry.seq}")
        if entry.prev != last:
            yield Broken(entry.seq, "does not follow the entry before it")
        if entry.hash != digest(entry):
            yield Broken(entry.seq, "was changed after it was written")
        expected, last = entry.seq + 1, entry.hash
    head = session.exec(select(AuditHead)).first()
    if head is not None and (head.seq, head.hash) != (expected - 1, last):
        yield Broken(expected, "entries at the end of the chain are missing")
