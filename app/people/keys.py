"""Keys that people read, F-2026-07 or T-12: given by us and never twice, whoever writes at the same time.

What a room's keys begin with is its own business: it hands in the series (`F-2026`) and a SELECT of its keys.
"""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from app.people.models import KeyNumber, Tenant


def next_keys(session: Session, tenant_id: int, series: str, known: Any) -> Iterator[str]:
    """The next keys of the series, one after the other; `known` is a SELECT of all keys that there are.

    Locks the county's row until the transaction ends, so that two writers take turns. The number given last is kept,
    so that a key is not given again even where the thing it named is gone.
    """
    session.exec(select(Tenant.id).where(col(Tenant.id) == tenant_id).with_for_update()).one()
    row = session.exec(select(KeyNumber).where(col(KeyNumber.series) == series)).first() or KeyNumber(series=series)
    row.last = max([row.last, *(number_in(key, series) for key in session.exec(known))])
    while True:
        row.last += 1
        session.add(row)
        session.flush()
        yield key_of(series, row.last)


def next_key(session: Session, tenant_id: int, series: str, known: Any) -> str:
    """The next key of the series; see `next_keys`."""
    return next(next_keys(session, tenant_id, series, known))


def key_of(series: str, number: int) -> str:
    """F-2026-07: the series, and the number in it."""
    return f"{series}-{number:02d}"


def number_in(key: str, series: str) -> int:
    """The number in a key of the series, 0 for any other key."""
    head, _dash, tail = key.rpartition("-")
    return int(tail) if head == series and tail.isascii() and tail.isdecimal() else 0
