"""What hangs on a case: every table that belongs to it, found in the tables themselves, so that none is forgotten.

A new room whose rows are `owned_by` a case, a station, a card … is erased with the case without anybody telling.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Table
from sqlmodel import SQLModel

from knowledge.cases.models import Case


@dataclass(frozen=True)
class Belonging:
    """A table of things that belong to cases, and through which columns: (column, table that it points at)."""

    table: Table
    model: Any
    through: tuple[tuple[str, str], ...]


def belongings() -> list[Belonging]:
    """All tables that belong to a case, from the near to the far, without the case itself."""
    models = {mapper.local_table.name: mapper.class_ for mapper in _mappers()}
    found: dict[str, Belonging] = {}
    reached = [Case.__tablename__]
    for name in reached:
        for table in SQLModel.metadata.tables.values():
            if table.name in found or table.name == Case.__tablename__ or not _owned_through(table, [str(name)]):
                continue
            found[table.name] = Belonging(table, models[table.name], ())
            reached.append(table.name)
    order = [str(name) for name in reached]
    return [
        Belonging(each.table, each.model, tuple(_owned_through(each.table, order[: order.index(each.table.name)])))
        for each in found.values()
    ]


def _mappers() -> Iterator[Any]:
    yield from SQLModel._sa_registry.mappers


def _owned_through(table: Table, owners: list[str]) -> list[tuple[str, str]]:
    """The columns that say to which row of the owners a row belongs: it goes when that row goes."""
    return [
        (key.parent.name, key.column.table.name)
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name))
        if key.ondelete == "CASCADE" and key.column.table.name in owners
    ]


def of_case(belonging: Belonging, case_id: int) -> ColumnElement[bool]:
    """The condition that a row of this table belongs to the case."""
    return _belongs(belonging, {each.table.name: each for each in belongings()}, case_id)


def _belongs(belonging: Belonging, known: dict[str, Belonging], case_id: int) -> ColumnElement[bool]:
    conditions = []
    for column, owner in belonging.through:
        mine = getattr(belonging.model, column)
        if owner == Case.__tablename__:
            conditions.append(mine == case_id)
        else:
            parent = known[owner]
            conditions.append(mine.in_(sa.select(parent.model.id).where(_belongs(parent, known, case_id))))
    return sa.or_(*conditions)
