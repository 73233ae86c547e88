"""That somebody opened a case is written down, and forgotten after a year (DP-15)."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session, col, delete, select

from app.core import jobs
from app.core.web import House
from app.core.work import Work
from app.people.queries import tenant_keys
from knowledge.cases.models import Case, CaseAccessEntry

SAME_VISIT = timedelta(minutes=15)
"""Further pages of the same case within this time are one opening."""

KEPT = timedelta(days=365)
HOUR = 3


def note_reading(work: Work, case_id: int) -> None:
    """Note who opened which case when, and nothing of what it says."""
    recent = select(CaseAccessEntry.id).where(
        col(CaseAccessEntry.case_id) == case_id,
        col(CaseAccessEntry.person_id) == work.actor.person_id,
        col(CaseAccessEntry.at) > work.now - SAME_VISIT,
    )
    if work.session.exec(recent).first() is not None:
        return
    case = work.session.exec(select(Case).where(col(Case.id) == case_id)).one()
    work.session.add(CaseAccessEntry(case_id=case_id, person_id=work.actor.person_id, at=work.now))
    work.record("case.read", case)


def register() -> None:
    """Tell the periodic work."""
    jobs.daily("cases.forget_accesses", HOUR, forget_accesses)


def forget_accesses(house: House, now: datetime) -> None:
    """Delete the entries that are older than a year, in every county."""
    with house.database.read() as plain:
        counties = tenant_keys(plain)
    for tenant_id, _key in counties:
        house.writer.run(partial(_forget, now - KEPT), tenant_id)


def _forget(before: datetime, session: Session) -> int:
    gone = session.exec(delete(CaseAccessEntry).where(col(CaseAccessEntry.at) < before))
    return int(gone.rowcount)
