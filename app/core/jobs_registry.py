"""What runs in the background: kinds of jobs and periodic work, as features registered them, and a job's own tools."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session, col, select

from app.core import clock
from app.core.clock import LOCAL
from app.core.live import notify
from app.core.permissions import Actor
from app.core.records import Job
from app.core.work import Work

if TYPE_CHECKING:
    from app.core.web import House

P = ParamSpec("P")
T = TypeVar("T")
Scalar = str | int | float | bool | None
WRITE_EVERY_SECONDS = 0.4
"""How often progress reaches the table; in between it only counts."""


class Cancelled(Exception):
    """Somebody asked this job to stop; what it has done so far stays."""


class TakenOver(Exception):
    """Another worker has this job now: this one was silent for too long."""


class UnknownJob(LookupError):
    """A programming error: a job of a kind that no feature registered."""


@dataclass
class Running:
    """A job at work. `progress` is also where it learns that it should stop; call it between batches."""

    house: "House"
    tenant_id: int
    job_id: int
    arguments: Mapping[str, Any]
    actor: Actor
    worker: str = ""
    _written: float = field(default=0.0, repr=False)

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say how far it is. Raises Cancelled or TakenOver, which end the job."""
        if done < total and time.monotonic() - self._written < WRITE_EVERY_SECONDS:
            return
        self._written = time.monotonic()
        wanted, owner = self.house.writer.run(lambda session: self._write(session, done, total, text), self.tenant_id)
        if owner != self.worker:
            raise TakenOver
        if wanted:
            raise Cancelled

    def _write(self, session: Session, done: int, total: int, text: str) -> tuple[bool, str]:
        row = session.exec(select(Job).where(col(Job.id) == self.job_id)).one()
        if row.worker == self.worker:
            row.done, row.total, row.text, row.beat_at = done, total, text, clock.now()
            session.add(row)
        return row.cancel_wanted, row.worker

    def perform(self, action: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action as the one who started the job, in one transaction with its audit, as views do."""

        def job(session: Session) -> T:
            work = Work(session, self.actor, clock.now(), f"job-{self.job_id}")
            result = action(work, *args, **kwargs)
            notify(session, work.finish())
            return result

        return self.house.writer.run(job, self.tenant_id)


Run = Callable[[Running], Mapping[str, Any] | None]
PeriodicRunner = Callable[["House", datetime], None]


@dataclass(frozen=True)
class JobKind:
    """How a kind of job runs, what it is called, and where its matter has a page (from the job's arguments)."""

    run: Run
    title: Any
    page: Callable[[Mapping[str, Any]], str] | None = None


@dataclass(frozen=True)
class Periodic:
    """Work of the whole house: `period(now)` numbers the periods; `opening` says whether the first may begin now."""

    name: str
    period: Callable[[datetime], int]
    run: PeriodicRunner
    opening: Callable[[datetime], bool] = lambda _now: True


kinds: dict[str, JobKind] = {}
periodics: dict[str, Periodic] = {}


def register(kind: str, run: Run, title: Any = None, page: Callable[[Mapping[str, Any]], str] | None = None) -> None:
    """Say how jobs of a kind run. `run` is idempotent: after a crash the same job runs again from its start.

    What it returns, a mapping of JSON values, is kept as the job's result. `title` is what people call it,
    `page` gives the address of the page that the job is about.
    """
    kinds[kind] = JobKind(run, title or kind, page)


def kind_of(name: str) -> JobKind:
    """The registered kind; UnknownJob if there is none."""
    if name not in kinds:
        raise UnknownJob(name)
    return kinds[name]


def every(name: str, seconds: int, run: PeriodicRunner) -> None:
    """Have `run(house, now)` called once in each stretch of so many seconds, however many workers there are."""
    periodics[name] = Periodic(name, lambda now: int(now.timestamp() // seconds), run)


def daily(name: str, hour: int, run: PeriodicRunner) -> None:
    """Have `run(house, now)` called once a day, from `hour` local time on; a missed day is made up for once."""

    def period(now: datetime) -> int:
        local = now.astimezone(LOCAL)
        return local.date().toordinal() - (0 if local.hour >= hour else 1)

    periodics[name] = Periodic(name, period, run, lambda now: now.astimezone(LOCAL).hour >= hour)
