"""The keys of gaps, F-YYYY-NN, and of topics, T-NN."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from app.people import keys
from knowledge.gaps.models import Gap, Topic


def next_keys(session: Session, tenant_id: int, year: int) -> Iterator[str]:
    """The next keys for gaps that are written down in this year, one after the other."""
    series = f"F-{year}"
    return keys.next_keys(session, tenant_id, series, select(Gap.key).where(col(Gap.key).startswith(series)))


def next_key(session: Session, tenant_id: int, year: int) -> str:
    """The next key for a gap that is written down in this year."""
    return next(next_keys(session, tenant_id, year))


def next_topic_key(session: Session, tenant_id: int) -> str:
    """The next key for a topic."""
    return keys.next_key(session, tenant_id, "T", select(Topic.key))
