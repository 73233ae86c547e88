"""What hangs on a gap and goes along when gaps are merged or split: the parts of this room, and those of others."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from knowledge.cases.models import Finding
from knowledge.gaps.models import Evidence, GapFacet, GapIndicator, GapMunicipality
from knowledge.reports.models import Report
from knowledge.solutions.models import SolutionGap

EVIDENCE, FINDING, INDICATOR, MUNICIPALITY = "evidence", "finding", "indicator", "municipality"
FACET, SOLUTION, REPORT = "facet", "solution", "report"
MARK = ":"
"""Stands between the columns by which a row is known."""


@dataclass(frozen=True)
class Part:
    """Rows of a table with a column `gap_id`; a gap has each combination of the columns `unique` once.

    `known_by` are the columns that say which row it is where nothing is unique.
    """

    name: str
    table: Any
    unique: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()


_parts: dict[str, Part] = {
    part.name: part
    for part in (
        Part(EVIDENCE, Evidence, ("station_id", "polarity")),
        Part(FACET, GapFacet, ("facet", "key")),
        Part(MUNICIPALITY, GapMunicipality, ("municipality_id",)),
        Part(INDICATOR, GapIndicator, known_by=("label",)),
        Part(SOLUTION, SolutionGap, ("solution_id",)),
        Part(FINDING, Finding, known_by=("station_id",)),
        Part(REPORT, Report, known_by=("key",)),
    )
}


def register(part: Part) -> None:
    """Add what another room hangs on gaps."""
    _parts[part.name] = part


def all_parts() -> tuple[Part, ...]:
    """Every part, evidence before its findings."""
    return tuple(_parts.values())


def rows_of(session: Session, part: Part, gap_id: int) -> list[Any]:
    """The rows of a part that hang on this gap."""
    return list(session.exec(select(part.table).where(part.table.gap_id == gap_id).order_by(part.table.id)))


def count_of(session: Session, name: str, gap_id: int) -> int:
    """How many rows of a part hang on this gap; none of a part that nobody registered."""
    part = _parts.get(name)
    if part is None:
        return 0
    statement: Any = select(func.count()).select_from(part.table).where(part.table.gap_id == gap_id)
    return int(session.exec(statement).one())


def movable(session: Session, part: Part, source_id: int, target_id: int) -> list[Any]:
    """The rows of the source that the target has not already: what is there twice stays where it is."""
    return without_twins(session, part.name, rows_of(session, part, source_id), target_id)


def hand_over(session: Session, rows: Collection[Any], target_id: int) -> None:
    """Hang the rows on the target."""
    for row in rows:
        row.gap_id = target_id
        session.add(row)


def by_ids(session: Session, name: str, row_ids: Collection[int], gap_id: int) -> list[Any]:
    """Those of the rows that hang on this gap now."""
    part = _parts.get(name)
    if part is None:
        return []
    return list(session.exec(select(part.table).where(col(part.table.id).in_(row_ids), part.table.gap_id == gap_id)))


def without_twins(session: Session, name: str, rows: Collection[Any], gap_id: int) -> list[Any]:
    """Those of the rows that this gap has not already."""
    part = _parts[name]
    if not part.unique or not rows:
        return list(rows)
    there = {_identity(part, row) for row in rows_of(session, part, gap_id)}
    return [row for row in rows if _identity(part, row) not in there]


def said(name: str, row: Any) -> str | None:
    """What a row is known by, as text; None where its part has nothing of the kind."""
    part = _parts[name]
    columns = part.unique or part.known_by
    return MARK.join(str(getattr(row, column)) for column in columns) if columns else None


def _identity(part: Part, row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in part.unique)
