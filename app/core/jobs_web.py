"""The pages of background jobs: how far one is, what came of it, stop it, start it again."""

import json
from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session, col, func, select
from werkzeug.wrappers import Response as AnyResponse

from app.core import jobs
from app.core.forms import ConfirmForm
from app.core.i18n import lazy
from app.core.jobs_policy import may_list_jobs, may_read_job, may_steer_job, sees_all_jobs
from app.core.jobs_registry import kinds
from app.core.jobs_states import OPEN, JobState
from app.core.permissions import Actor
from app.core.records import Job
from app.core.web import page, perform_once, reading, requires, signed_in

blueprint = Blueprint("jobs", __name__, template_folder="templates")
PER_PAGE = 30
STATES = {
    JobState.WAITING: (lazy("wartet"), "neutral"),
    JobState.RUNNING: (lazy("läuft"), "info"),
    JobState.DONE: (lazy("erledigt"), "success"),
    JobState.FAILED: (lazy("gescheitert"), "danger"),
    JobState.CANCELLED: (lazy("abgebrochen"), "warning"),
}


def job_by_id(session: Session, job_id: int) -> Job | None:
    """The job of this number."""
    return session.exec(select(Job).where(col(Job.id) == job_id)).first() if job_id < 2**31 else None


@blueprint.get("/vorgaenge")
@requires(may_list_jobs)
def index() -> Response:
    """The reader's own jobs, all of them for the coordination and the administration; the newest first."""
    number = min(max(1, request.args.get("seite", 1, type=int)), 10**6)
    statement = _readable(signed_in())
    total = reading().exec(select(func.count()).select_from(statement.subquery())).one()
    rows = reading().exec(statement.order_by(col(Job.id).desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    return page(
        "jobs/index.html",
        rows=[(job, title_of(job), *STATES[job.state]) for job in rows],
        number=number,
        pages=-(-total // PER_PAGE),
        page_url=lambda wanted: url_for("jobs.index", seite=wanted),
    )


def _readable(actor: Actor) -> Any:
    statement = select(Job)
    return statement if sees_all_jobs(actor) else statement.where(col(Job.person_id) == actor.person_id)


@blueprint.get("/vorgaenge/<int:job_id>")
@requires(may_read_job, load=job_by_id)
def show(job: Job, job_id: int) -> Response:
    """One job; htmx fetches the fragment again while it is under way."""
    del job_id
    return page("jobs/show.html", fragment="jobs/_progress.html", **facts(job), form=ConfirmForm(formdata=None))


def facts(job: Job) -> dict[str, Any]:
    """What the page and the fragment of a job need, also for pages of features that include the fragment."""
    words, tone = STATES[job.state]
    known = kinds.get(job.kind)
    home = known.page(json.loads(job.arguments)) if known and known.page else None
    return {
        "job": job,
        "title": title_of(job),
        "state_words": words,
        "tone": tone,
        "is_open": job.state in OPEN,
        "is_again": job.state in (JobState.FAILED, JobState.CANCELLED),
        "home": home,
    }


def title_of(job: Job) -> str:
    """What people call this job."""
    known = kinds.get(job.kind)
    return str(known.title) if known else job.kind


@blueprint.post("/vorgaenge/<int:job_id>/abbrechen")
@requires(may_steer_job, load=job_by_id)
def cancel(job: Job, job_id: int) -> AnyResponse:
    """Stop it."""
    del job
    return perform_once(jobs.cancel, job_id, then=lambda stopped: url_for("jobs.show", job_id=stopped.id))


@blueprint.post("/vorgaenge/<int:job_id>/wiederholen")
@requires(may_steer_job, load=job_by_id)
def retry(job: Job, job_id: int) -> AnyResponse:
    """Let it run again."""
    del job
    return perform_once(jobs.retry, job_id, then=lambda again: url_for("jobs.show", job_id=again.id))
