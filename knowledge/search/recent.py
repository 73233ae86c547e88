"""What each person searched for: kept for ninety days, erasable, read by that person alone, never logged or audited."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from app.core.web import House
from app.core.work import Work
from knowledge.search.analysis import fold
from knowledge.search.models import RecentSearch

KEPT = timedelta(days=90)
MOST_KEPT = 50
LONGEST = 300


def remember(house: House, tenant_id: int, person_id: int, text: str, now: datetime) -> None:
    """Keep that the person searched for this, in a transaction of its own and without an entry in the audit."""

    def job(session: Session) -> None:
        of_person = select(RecentSearch).where(col(RecentSearch.person_id) == person_id)
        kept = list(session.exec(of_person.order_by(col(RecentSearch.at).desc())))
        row = next((row for row in kept if row.text == text[:LONGEST]), None)
        for old in kept[MOST_KEPT - 1 :]:
            if old is not row:
                session.delete(old)
        row = row or RecentSearch(person_id=person_id, text=text[:LONGEST], at=now)
        row.at = now
        session.add(row)

    house.writer.run(job, tenant_id)


def of(session: Session, person_id: int, limit: int = 10) -> list[RecentSearch]:
    """What this person searched for last, the latest first. One statement."""
    statement = select(RecentSearch).where(col(RecentSearch.person_id) == person_id)
    return list(session.exec(statement.order_by(col(RecentSearch.at).desc()).limit(limit)))


def beginning(session: Session, person_id: int, typed: str, limit: int = 3) -> list[str]:
    """What this person searched for before that begins with what they type now."""
    wanted = fold(typed.strip())
    texts = [row.text for row in of(session, person_id, MOST_KEPT)]
    return [text for text in texts if fold(text).startswith(wanted) and fold(text) != wanted][:limit]


def forget(work: Work, recent_id: int | None = None) -> None:
    """Erase one of the person's own searches, or all."""
    statement = select(RecentSearch).where(col(RecentSearch.person_id) == work.actor.person_id)
    if recent_id is not None:
        statement = statement.where(col(RecentSearch.id) == recent_id)
    rows = work.session.exec(statement).all()
    for row in rows:
        work.session.delete(row)
    if rows:
        work.record("search.forgotten", rows[0], number=len(rows))


def erase_old(session: Session, now: datetime) -> None:
    """Delete what is older than ninety days, of the session's tenant."""
    session.exec(delete(RecentSearch).where(col(RecentSearch.at) < now - KEPT))
