"""The keys of solutions: L-YYYY-NN."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from app.people import keys
from knowledge.solutions.models import Solution


def next_keys(session: Session, tenant_id: int, year: int) -> Iterator[str]:
    """The next keys of the year in which a solution began, one after the other."""
    series = f"L-{year}"
    return keys.next_keys(session, tenant_id, series, select(Solution.key).where(col(Solution.key).startswith(series)))
