"""How often something may be tried, counted in the database so that every process sees the same number."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.people.models import RateBucket
from app.people.rules import Limit


def attempts(session: Session, bucket: str, limit: Limit, now: datetime) -> int:
    """How often `bucket` was hit in the present window."""
    statement = select(RateBucket.count).where(
        col(RateBucket.bucket) == bucket, col(RateBucket.window_start) == limit.window_start(now)
    )
    return session.exec(statement).first() or 0


def hit(session: Session, bucket: str, limit: Limit, now: datetime) -> None:
    """Count one more try."""
    statement = select(RateBucket).where(
        col(RateBucket.bucket) == bucket, col(RateBucket.window_start) == limit.window_start(now)
    )
    row = session.exec(statement.with_for_update()).first() or RateBucket(
        bucket=bucket, window_start=limit.window_start(now), count=0
    )
    row.count += 1
    session.add(row)
    session.flush()
