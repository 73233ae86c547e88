"""A word that stands in every text of a case, in every table that belongs to it, also in tables yet to come."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import AutoString, Session, col, select

from knowledge.cases.belongings import Belonging, belongings, of_case
from knowledge.cases.models import Case
from knowledge.workshops.models import Workshop
from tests.support.demo import Demo

WORD = "Zqkanari"
"""Short enough for every text that has a limit."""

FITTING: dict[str, dict[str, Any]] = {
    "dot_ballot": {"points": "{}"},
    "coding_passage": {"start_at": 0, "end_at": 3},
    "workshop_question": {"person_id": None, "organisation_id": None},
}
"""Values that a table's own checks ask for."""
NO_WORDS = {"dot_ballot": {"points"}}
"""Columns that hold numbers in a form of their own."""


def case_id_of(demo: Demo, key: str) -> int:
    """The id of a case of the demo county."""
    with demo.session() as session:
        return session.exec(select(Case.id).where(col(Case.key) == key)).one() or 0


def put_canary(demo: Demo, key: str, word: str = WORD) -> int:
    """Write the word into every free text of the case, and a row with it into every table that has none yet."""
    case_id = case_id_of(demo, key)
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        _write(session, Case, Case.__table__, col(Case.id) == case_id, word)  # type: ignore[attr-defined]
        for each in belongings():
            condition = of_case(each, case_id)
            if not session.exec(sa.select(each.model.id).where(condition)).first():  # type: ignore[call-overload]
                _add_row(session, each, case_id, word)
            _write(session, each.model, each.table, condition, word)
        session.commit()
    return case_id


def length_of(column: sa.Column[Any]) -> int | None:
    """The length of a text column, 0 for one without, None for what is no text."""
    if isinstance(column.type, AutoString):
        return column.type.length or 0
    is_text = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
    return (column.type.length or 0) if is_text else None


def free_texts(table: sa.Table) -> list[str]:
    """The columns that hold whatever somebody typed: texts without a length."""
    numbers = NO_WORDS.get(table.name, set())
    return [column.name for column in table.columns if length_of(column) == 0 and column.name not in numbers]


def _write(session: Session, model: Any, table: sa.Table, condition: Any, word: str) -> None:
    texts = {name: f"{word} {name}" for name in free_texts(table)}
    if texts:
        session.exec(sa.update(model).where(condition).values(**texts))  # type: ignore[call-overload]


def _add_row(session: Session, each: Belonging, case_id: int, word: str) -> None:
    known = {other.table.name: other for other in belongings()}
    values = {
        column.name: _value(session, column, case_id, word)
        for column in each.table.columns
        if not column.nullable and column.name not in ("id", "tenant_id")
    }
    for column, owner in each.through:
        condition = of_case(known[owner], case_id) if owner in known else None
        owner_id = select(known[owner].model.id).where(condition) if owner in known else None
        values[column] = case_id if owner_id is None else session.exec(owner_id).first()
    session.add(each.model(**values | FITTING.get(each.table.name, {})))
    session.flush()


def _value(session: Session, column: sa.Column[Any], case_id: int, word: str) -> Any:
    foreign = next(iter(column.foreign_keys), None)
    if foreign is not None:
        return _some_id(session, foreign.column.table)
    if isinstance(column.type, sa.Enum):
        return column.type.enum_class(column.type.enums[0]) if column.type.enum_class else column.type.enums[0]
    if length_of(column) is not None:
        return f"{word}{case_id}"
    kinds: dict[type, Any] = {int: 1, bool: False, date: date(2026, 1, 1), datetime: datetime.now(UTC)}
    return kinds.get(column.type.python_type, datetime.now(UTC))


def _some_id(session: Session, table: sa.Table) -> int:
    found = session.connection().execute(sa.select(table.c.id).limit(1)).scalar()
    if found is not None:
        return int(found)
    workshop = session.exec(select(Workshop.id)).first()
    values = {"tenant_id": session.info["tenant_id"], "workshop_id": workshop, "name": "Gast", "ready": False}
    values |= {"role": "resonance", "state": "admitted", "joined_at": datetime.now(UTC), "seen_at": datetime.now(UTC)}
    added = session.connection().execute(sa.insert(table).values(**values))
    return int(added.inserted_primary_key[0])


def files_with(word: str, *folders: Path) -> Iterator[Path]:
    """The files below the folders in whose bytes the word stands, in UTF-8 or UTF-16."""
    wanted = [word.encode(code) for code in ("utf-8", "utf-16-le")]
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and any(each in path.read_bytes() for each in wanted):
                yield path
