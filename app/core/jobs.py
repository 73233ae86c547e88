"""Background jobs: the face that features use. A job is a row written in an action's transaction, so none is lost.

jobs.register("import.read", run)            run(Running) -> mapping | None, idempotent
job = jobs.start(work, "import.read", import_id=7)
jobs.every("mail", 15, deliver)              periodic(house, now), once per period
jobs.work_off(house); jobs.run_due(house, now)   the same without a worker, for tests and commands
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import col, select

from app.core.errors import DomainError
from app.core.i18n import _
from app.core.jobs_periodic import run_due
from app.core.jobs_policy import may_steer_job
from app.core.jobs_registry import Cancelled, Running, Scalar, daily, every, kind_of, register
from app.core.jobs_states import OPEN, JobState
from app.core.jobs_take import free_jobs, take
from app.core.records import Job
from app.core.work import AFTER_COMMIT, Work

if TYPE_CHECKING:
    from app.core.web import House

__all__ = [
    "Cancelled",
    "Job",
    "JobState",
    "Running",
    "cancel",
    "daily",
    "every",
    "on_start",
    "register",
    "retry",
    "run_due",
    "start",
    "work_off",
]

_listeners: "WeakKeyDictionary[Engine, Callable[[int, int], None]]" = WeakKeyDictionary()


def on_start(house: "House", call: Callable[[int, int], None]) -> None:
    """Have `call(tenant_id, job_id)` told of every job that this house's actions start, once it is committed."""
    _listeners[house.database.writing] = call


def start(work: Work, kind: str, **arguments: Scalar) -> Job:
    """Put a job into the queue; a worker takes it up once this transaction is committed. Arguments are scalars."""
    kind_of(kind)
    job = Job(
        kind=kind,
        arguments=json.dumps(arguments, ensure_ascii=False),
        person_id=work.actor.person_id,
        created_at=work.now,
    )
    work.session.add(job)
    work.session.flush()
    work.record("job.started", job, kind=kind)
    _tell(work, job.id or 0)
    return job


def _tell(work: Work, job_id: int) -> None:
    call = _listeners.get(work.session.get_bind().engine)
    if call is not None:
        work.session.info.setdefault(AFTER_COMMIT, []).append(lambda: call(work.tenant_id, job_id))


def cancel(work: Work, job_id: int) -> Job:
    """Stop a job: at once if it waits, else between two of its batches."""
    job = _steered(work, job_id)
    if job.state not in OPEN:
        raise DomainError(_("Dieser Vorgang ist schon zu Ende."))
    job.cancel_wanted = True
    if job.state == JobState.WAITING:
        job.state, job.ended_at = JobState.CANCELLED, work.now
        job.text = _("Abgebrochen, bevor er begann.")
    work.session.add(job)
    work.record("job.cancelled", job, kind=job.kind)
    return job


def retry(work: Work, job_id: int) -> Job:
    """Let a job that failed or was stopped run once more."""
    job = _steered(work, job_id)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise DomainError(_("Nur ein gescheiterter oder abgebrochener Vorgang kann noch einmal beginnen."))
    job.state, job.cancel_wanted, job.attempts = JobState.WAITING, False, 0
    job.text, job.done, job.started_at, job.ended_at = "", 0, None, None
    work.session.add(job)
    work.record("job.retried", job, kind=job.kind)
    _tell(work, job_id)
    return job


def _steered(work: Work, job_id: int) -> Job:
    job = work.session.exec(select(Job).where(col(Job.id) == job_id).with_for_update()).one()
    work.require(may_steer_job(work.actor, job))
    return job


def work_off(house: "House") -> int:
    """Run every free job here and now, one after the other, those included that they start; how many ran."""
    ran = 0
    while waiting := free_jobs(house):
        done = sum(take(house, tenant_id, job_id) for tenant_id, job_id in waiting)
        ran += done
        if not done:
            break
    return ran
