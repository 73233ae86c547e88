"""The append-only, hash-chained record of every act: writing it and proving it.

An entry holds who did what to which thing, with keys, states and numbers. Free text is refused,
so erasing a person's case never touches the chain.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from app.core.database import SCOPE
from app.core.prepared import Prepared, add_rows
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


@dataclass(frozen=True)
class Signed:
    """An act with who did it and when, as the chain takes it."""

    act: Act
    at: datetime
    person_id: int | None
    organisation_id: int | None
    request_id: str


_HEAD = Prepared(select(col(AuditHead.seq), col(AuditHead.hash)).with_for_update())
_NEW_HEAD = Prepared(update(AuditHead).values(seq=bindparam("new_seq"), hash=bindparam("new_hash")))


def append(session: Session, acts: Sequence[Signed]) -> None:
    """Chain the acts behind the tenant's last one, in order; its chain is held until this transaction ends."""
    seq, last = hold(session)
    rows = []
    for each in acts:
        row = {
            "tenant_id": session.info[SCOPE],
            "seq": seq + 1,
            "at": each.at,
            "person_id": each.person_id,
            "organisation_id": each.organisation_id,
            "action": each.act.action,
            "object_type": each.act.object_type,
            "object_key": each.act.object_key,
            "facts": canonical(each.act.facts),
            "request_id": each.request_id,
            "prev": last,
        }
        row["hash"] = _digest(row)
        rows.append(row)
        seq, last = row["seq"], row["hash"]
    add_rows(session, AuditEntry, rows)
    _NEW_HEAD.run(session, new_seq=seq, new_hash=last)


def hold(session: Session) -> tuple[int, str]:
    """The end of the tenant's chain, held until this transaction ends: who holds it is the only one who acts."""
    found = _HEAD.rows(session)
    if found:
        return found[0].seq, found[0].hash
    add_rows(session, AuditHead, [{"seq": 0, "hash": ""}])
    return 0, ""


def canonical(value: object) -> str:
    """JSON with one spelling per value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(entry: AuditEntry) -> str:
    """SHA-256 over the entry and the hash before it, as 64 hexadecimal digits."""
    return _digest({name: getattr(entry, name) for name in _CHAINED})


_CHAINED = (
    "prev", "tenant_id", "seq", "at", "person_id", "organisation_id", "action", "object_type", "object_key", "facts",
    "request_id",
)  # fmt: skip
"""What the hash of an entry covers, in this order."""


def _digest(row: Mapping[str, Any]) -> str:
    body = [row[name] for name in _CHAINED]
    body[3] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
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
