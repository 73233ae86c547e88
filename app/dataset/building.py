"""Putting rows into the session, section by section, and remembering the number of each key.

Rows go in with one flush per section because no relation tells the session which table comes first.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, SQLModel


@dataclass(frozen=True)
class LoadReport:
    """What was loaded: the tenant, and how many rows each table got."""

    tenant_key: str
    counts: Mapping[str, int]


@dataclass
class Building:
    """A load in progress: the session, the tenant's zone, the numbers of all keys so far, rows by table."""

    session: Session
    zone: ZoneInfo
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, rows: Iterable[SQLModel]) -> None:
        """Write rows whose references are already numbers."""
        written = list(rows)
        self.session.add_all(written)
        self.session.flush()
        self.counts.update(str(row.__tablename__) for row in written)

    def add_one(self, row: Any) -> int:
        """Write one row and return its number."""
        self.add([row])
        number: int = row.id
        return number

    def add_keyed(self, section: str, rows: Mapping[str, Any]) -> None:
        """Write rows by key and remember their numbers under `section`."""
        self.add(rows.values())
        self.ids[section] = {key: row.id for key, row in rows.items()}

    def id(self, section: str, key: str) -> int:
        """The number of the row with this key; KeyError if it was not written yet."""
        return self.ids[section][key]

    def id_or_none(self, section: str, key: str | None) -> int | None:
        """Like `id`; nothing for nothing."""
        return None if key is None else self.id(section, key)

    def moment(self, day: dt.date, clock: str) -> dt.datetime:
        """Clock time (HH:MM) of a day in the tenant's zone as an aware moment in UTC."""
        return dt.datetime.combine(day, dt.time.fromisoformat(clock), self.zone).astimezone(dt.UTC)
