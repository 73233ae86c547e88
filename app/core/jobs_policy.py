"""Who may see and steer background jobs. Pure predicates."""

from typing import Protocol

from app.core.permissions import ALLOWED, Actor, Verdict, shown_if


class Owned(Protocol):
    """What a predicate must know of a job."""

    person_id: int


def may_list_jobs(actor: Actor) -> Verdict:
    """Everybody has a list: of the jobs that they started."""
    del actor
    return ALLOWED


def sees_all_jobs(actor: Actor) -> bool:
    """The coordination and the administration answer for what runs in the house."""
    return actor.has_role("coordination", "admin")


def may_read_job(actor: Actor, job: Owned) -> Verdict:
    """Whoever started it, the coordination, the administration; for others it does not exist."""
    return shown_if(job.person_id == actor.person_id or sees_all_jobs(actor))


def may_steer_job(actor: Actor, job: Owned) -> Verdict:
    """Whoever may see a job may stop it and start it again."""
    return may_read_job(actor, job)
