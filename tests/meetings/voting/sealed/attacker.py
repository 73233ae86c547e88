"""An attacker with a full copy of the database after every vote, and the best guesses that such copies allow.

On SQLite a copy is the file with its log, byte by byte; on PostgreSQL every row with the number of the transaction that
wrote it (`xmin`) and its place on the disk (`ctid`). A guess says which ballot is whose: seat → control code.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from app.core.database import Database

Row = dict[str, Any]
Guess = dict[int, str]
PLACE = "place_on_disk"


@dataclass
class Copy:
    """What the attacker holds of one moment: the rows of all tables, and all bytes where there are files."""

    rows: dict[str, list[Row]]
    bytes: bytes = b""


@dataclass
class Attacker:
    """Takes copies; `voted` is the order in which the seats cast, which the audit and the events tell anyhow."""

    database: Database
    folder: Path
    copies: list[Copy] = field(default_factory=list)

    def take_copy(self) -> Copy:
        """A full copy of this moment."""
        copy = self._files() if self.database.is_sqlite else Copy(self._tables())
        self.copies.append(copy)
        return copy

    def _files(self) -> Copy:
        """The database file and its log as they lie there, and the rows in them."""
        path = Path(self.database.url.database or "")
        parts = {suffix: path.with_name(path.name + suffix).read_bytes() for suffix in ("", "-wal")}
        taken = self.folder / f"copy-{len(self.copies)}.sqlite"
        for suffix, content in parts.items():
            taken.with_name(taken.name + suffix).write_bytes(content)
        rows = _rows_of_file(taken)
        for suffix in ("", "-wal", "-shm"):
            taken.with_name(taken.name + suffix).unlink(missing_ok=True)
        return Copy(rows, b"".join(parts.values()))

    def _tables(self) -> dict[str, list[Row]]:
        with self.database.reading.connect() as connection:
            names = inspect(connection).get_table_names()
            return {
                name: [
                    dict(row)
                    for row in connection.execute(text(f'SELECT *, xmin::text, ctid::text AS {PLACE} FROM "{name}"'))
                    .mappings()
                    .all()
                ]
                for name in names
            }


TABLES = ("urn", "envelope", "ballot", "ballot_paper", "audit_entry", "live_event", "used_key", "poll")


def _rows_of_file(path: Path) -> dict[str, list[Row]]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    rows = {
        name: [dict(row) for row in connection.execute(f"SELECT *, rowid AS {PLACE} FROM {name} ORDER BY rowid")]
        for name in TABLES
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [name]).fetchone()
    }
    connection.close()
    return rows


def _by(rows: Sequence[Row], key: str) -> list[Row]:
    return sorted(rows, key=lambda row: _place(row[key]))


def _place(value: Any) -> Any:
    """A place on the disk as numbers: „(3,12)“ of PostgreSQL, a rowid of SQLite."""
    if isinstance(value, str) and value.startswith("("):
        return tuple(int(part) for part in value.strip("()").split(","))
    return value


def guesses(voters: Sequence[Row], papers: Sequence[Row]) -> dict[str, Guess]:
    """Every way of pairing rows about voters (with `seat_id`) and ballots (with `code`) that order or time allows."""
    found: dict[str, Guess] = {}
    orders: dict[str, Callable[[Sequence[Row]], list[Row]]] = {"as read": list}
    for key in (PLACE, "xmin", "sealed", "receipt", "seat_id", "cast_at"):
        if voters and key in voters[0]:
            orders[key] = lambda rows, key=key: _by(rows, key)  # type: ignore[misc]
    for name, order in orders.items():
        for other, theirs in (("as read", list(papers)), ("place", _by(papers, PLACE))):
            pairs = zip(order(voters), theirs, strict=False)
            found[f"{name} ~ {other}"] = {row["seat_id"]: paper["code"] for row, paper in pairs}
            pairs = zip(reversed(order(voters)), theirs, strict=False)
            found[f"{name} ~ {other}, reversed"] = {row["seat_id"]: paper["code"] for row, paper in pairs}
    if voters and "xmin" in voters[0]:
        by_transaction = {paper["xmin"]: paper["code"] for paper in papers}
        found["same transaction"] = {
            row["seat_id"]: by_transaction[row["xmin"]] for row in voters if row["xmin"] in by_transaction
        }
    return found


def hits(guess: Guess, truth: Guess) -> int:
    """How many ballots a guess gives to the right seat."""
    return sum(truth.get(seat) == code for seat, code in guess.items())
