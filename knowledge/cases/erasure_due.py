"""What is due for erasure today, in every county: cases past their time, authors of cards, addresses of reporters.

`lueckenlos erase due` and the nightly work both come through here.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from sqlite3 import OperationalError
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.core import jobs
from app.core.clock import LOCAL
from app.core.database import Database
from app.core.permissions import Actor
from app.core.web import House
from app.core.work import Work
from app.people.models import Tenant
from app.people.queries import tenant_keys
from knowledge.cases.erasing import erase_case
from knowledge.cases.models import Case, DeidentificationCheck
from knowledge.cases.rules import GONE, WINDOW_DAYS, erase_on
from knowledge.cases.states import ErasureWhy
from knowledge.reconstruction.card_actions import erase_authors
from knowledge.reconstruction.card_models import CardAuthor
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.states import WorkshopState

log = logging.getLogger("lueckenlos.erasing")
HOUR = 4
LONGEST_MONTHS = 24
OVER = (WorkshopState.HELD, WorkshopState.RELEASED, WorkshopState.CANCELLED)


@dataclass(frozen=True)
class DueCase:
    """A case and the first day on which it may no longer be there; None: nothing dates it yet."""

    case_id: int
    key: str
    erase_on: date | None


def register() -> None:
    """Tell the periodic work."""
    jobs.daily("cases.erase_due", HOUR, erase_due)


def periods(session: Session, months: int) -> list[DueCase]:
    """Every case that is still there, with its day. One statement."""
    columns: tuple[Any, ...] = (Case.id, Case.key, Case.created_on, Workshop.state, Workshop.released_on, Workshop.date)
    statement: Any = (
        sa.select(*columns, col(DeidentificationCheck.checked_on))
        .outerjoin(WorkshopCase, col(WorkshopCase.case_id) == col(Case.id))
        .outerjoin(Workshop, col(Workshop.id) == col(WorkshopCase.workshop_id))
        .outerjoin(DeidentificationCheck, col(DeidentificationCheck.case_id) == col(Case.id))
        .where(col(Case.state).not_in(GONE))
        .order_by(col(Case.key))
    )
    return [
        DueCase(case_id or 0, key, erase_on(_begins(state, released_on, day, checked_on or created_on), months))
        for case_id, key, created_on, state, released_on, day, checked_on in session.exec(statement)
    ]


def _begins(
    state: WorkshopState | None, released_on: date | None, day: date | None, last_known: date | None
) -> date | None:
    """The release; without one the day of the workshop. Where none is to come, the check, or the draft's first day."""
    if state in (None, WorkshopState.CANCELLED):
        return last_known
    return released_on or day


def due_cases(session: Session, today: date) -> list[DueCase]:
    """Those whose day has come. Two statements."""
    months = session.exec(select(Tenant.case_retention_months).where(col(Tenant.id) == session.info["tenant_id"])).one()
    wanted = periods(session, min(months, LONGEST_MONTHS))
    return [each for each in wanted if each.erase_on is not None and each.erase_on <= today]


def erase_due(house: House, now: datetime) -> None:
    """Erase what is due in every county, each case in a transaction of its own."""
    for tenant_id, _key in counties(house.database):
        erase_due_of(house, tenant_id, now)
    if house.database.is_sqlite:
        forget_the_log(house.database)


def counties(database: Database) -> list[tuple[int, str]]:
    """Id and key of every county."""
    with database.read() as plain:
        return tenant_keys(plain)


def erase_due_of(house: House, tenant_id: int, now: datetime) -> list[str]:
    """The keys of the cases that this county has lost now."""
    with house.database.read(tenant_id) as session:
        waiting = due_cases(session, now.astimezone(LOCAL).date())
    for each in waiting:
        house.writer.run(partial(_erase, tenant_id, now, each.case_id), tenant_id)
    house.writer.run(partial(_forget_authors, tenant_id, now), tenant_id)
    return [each.key for each in waiting]


def _nobody(tenant_id: int) -> Actor:
    return Actor(0, tenant_id, 0, "", frozenset(), (), "", "")


def _forget_authors(tenant_id: int, now: datetime, session: Session) -> None:
    """Who wrote which card is forgotten at the close; here is caught what a close that never came left behind."""
    work = Work(session, _nobody(tenant_id), now)
    known = (
        select(Workshop)
        .join(WorkshopCase, col(WorkshopCase.workshop_id) == col(Workshop.id))
        .join(CardAuthor, col(CardAuthor.workshop_case_id) == col(WorkshopCase.id))
        .where(
            col(Workshop.state).in_(OVER)
            | (col(Workshop.date) < now.astimezone(LOCAL).date() - timedelta(days=WINDOW_DAYS))
        )
        .distinct()
    )
    for workshop in session.exec(known).all():
        work.record("workshop.authors_erased", workshop, rows=erase_authors(work, workshop.id or 0))
    work.finish()


def _erase(tenant_id: int, now: datetime, case_id: int, session: Session) -> None:
    work = Work(session, _nobody(tenant_id), now)
    today = now.astimezone(LOCAL).date()
    if any(each.case_id == case_id for each in due_cases(session, today)):
        erase_case(work, case_id, why=ErasureWhy.RETENTION)
        work.finish()


def forget_the_log(database: Database) -> bool:
    """Write the file of SQLite anew and empty its log, so that no byte of what was erased is left; whether it worked.

    Pages that were split keep old bytes, and the log keeps earlier states. While somebody else reads or writes for
    long, it waits for the next night. PostgreSQL's autovacuum does its own.
    """
    connection = database.writing.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except OperationalError:
        busy = 1
    finally:
        connection.close()
    if busy:
        log.warning("the file of the database could not be written anew, next try at night")
    return not busy
