"""Periodic work of the whole house: due or not, claimed by one worker, done once per period."""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.core import clock
from app.core.jobs_registry import Periodic, periodics
from app.core.jobs_take import BEAT_SECONDS, in_the_background, is_silent, worker_name
from app.core.records import PeriodicRun

if TYPE_CHECKING:
    from app.core.web import House

log = logging.getLogger("lueckenlos.jobs")


def run_due(house: "House", now: datetime) -> list[str]:
    """Run what is due at `now` and in nobody's hands; the names of what ran. One failing does not keep the others."""
    with house.database.read() as session:
        last = {row.name: row for row in session.exec(select(PeriodicRun))}
    return [
        name for name, work in list(periodics.items()) if _is_due(work, last.get(name), now) and _ran(house, work, now)
    ]


def _is_due(work: Periodic, last: PeriodicRun | None, now: datetime) -> bool:
    if last is None:
        return work.opening(now)
    if last.period < work.period(now):
        return True
    return not last.finished and last.period == work.period(now) and is_silent(last.worker, last.beat_at, clock.now())


def _ran(house: "House", work: Periodic, now: datetime) -> bool:
    try:
        mine = house.writer.run(lambda session: _claim(session, work, now), None)
    except IntegrityError:
        return False
    if not mine:
        return False
    with _Logged(work.name), house.within(), in_the_background(lambda: _mark(house, work.name), BEAT_SECONDS):
        work.run(house, now)
    _mark(house, work.name, finished=True)
    return True


def _claim(session: Session, work: Periodic, now: datetime) -> bool:
    """Whether this worker has the present period; two that insert the first row at once collide at its key."""
    row = session.exec(select(PeriodicRun).where(col(PeriodicRun.name) == work.name).with_for_update()).first()
    if not _is_due(work, row, now):
        return False
    row = row or PeriodicRun(name=work.name, period=0, beat_at=now)
    row.period, row.finished, row.worker, row.beat_at = work.period(now), False, worker_name(), clock.now()
    session.add(row)
    session.flush()
    return True


def _mark(house: "House", name: str, *, finished: bool = False) -> None:
    def job(session: Session) -> None:
        row = session.exec(select(PeriodicRun).where(col(PeriodicRun.name) == name)).one()
        row.beat_at, row.finished = clock.now(), finished
        session.add(row)

    house.writer.run(job, None)


class _Logged:
    """What periodic work raises is logged; its next period comes."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Exception):
            log.error("periodic work failed", exc_info=error, extra={"work": self._name})
            return True
        return False
