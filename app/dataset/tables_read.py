"""Reading a tenant's rows back for a dump: one statement per table, grouped by what owns them, in their order."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, select

T = TypeVar("T", bound=SQLModel)


def rows(session: Session, table: type[T]) -> list[T]:
    """All rows of the session's tenant, in the order in which they were written."""
    return sorted(session.exec(select(table)).all(), key=lambda row: getattr(row, "id"))  # noqa: B009


def owned(session: Session, table: type[T], owner: str) -> Callable[[int | None], list[T]]:
    """A lookup: the rows whose column `owner` is this number, by position."""
    groups: dict[int, list[T]] = {}
    for row in sorted(rows(session, table), key=lambda row: getattr(row, "position", 0)):
        groups.setdefault(getattr(row, owner), []).append(row)
    return lambda number: groups.get(number or 0, [])


def keys(session: Session, table: type[SQLModel]) -> dict[int | None, Any]:
    """The key of every row by its number; nothing for nothing."""
    return {None: None, **{getattr(row, "id"): getattr(row, "key") for row in rows(session, table)}}  # noqa: B009


def facts(row: SQLModel, *names: str) -> dict[str, Any]:
    """These columns as plain values; enumerations as their text."""
    return {name: plain(getattr(row, name)) for name in names}


def told(row: SQLModel, *names: str) -> dict[str, Any]:
    """Those of these columns that hold something."""
    return {name: value for name, value in facts(row, *names).items() if value is not None}


def plain(value: Any) -> Any:
    """An enumeration's value, a whole number without fraction, everything else as it is."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.value if hasattr(value, "value") else value
