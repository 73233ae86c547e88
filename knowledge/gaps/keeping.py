"""The lists of a gap as typed: a change keeps every row that still says the same, since mergings point at rows.

Only what differs is written; what a gap is said to be is decided in `actions_text.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select


def keep_rows(
    session: Session, table: Any, gap_id: int, wanted: Sequence[Mapping[str, Any]], *likeness: tuple[str, ...]
) -> None:
    """Have the gap exactly these rows of a table: those that it has already stay, the others go or come.

    `likeness` names the columns by which a row is the same, the strictest first.
    """
    there = list(session.exec(select(table).where(col(table.gap_id) == gap_id).order_by(col(table.id))))
    kept: dict[int, Any] = {}
    for names in likeness:
        for place, values in enumerate(wanted):
            same = next((row for row in there if all(getattr(row, name) == values[name] for name in names)), None)
            if place not in kept and same is not None:
                kept[place] = same
                there = [row for row in there if row is not same]
    for row in there:
        session.delete(row)
    session.flush()
    for place, values in enumerate(wanted):
        row = kept.get(place) or table(gap_id=gap_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
    session.flush()
