"""Who reads, reports on and steers the control of decisions. Pure predicates."""

from dataclasses import dataclass

from app.core.permissions import Actor, Verdict, all_of, allowed_if, shown_if
from meetings.bodies.policy import BodyAccess, is_chair, is_member, runs_meetings_of


@dataclass(frozen=True)
class TaskAccess:
    """What the predicates need to know of a task."""

    body: BodyAccess
    organisation_id: int | None = None
    person_id: int | None = None


def may_read_list(actor: Actor) -> Verdict:
    """The page is for everybody who is signed in; it lists what each of them may read."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def _in_charge(actor: Actor, task: TaskAccess) -> bool:
    own = task.organisation_id is not None and actor.organisation_id == task.organisation_id
    return own or (task.person_id is not None and actor.person_id == task.person_id)


def may_read_task(actor: Actor, task: TaskAccess) -> Verdict:
    """The body, its chair, the coordination, and the organisation that has to do it."""
    body = task.body
    return shown_if(
        is_member(actor, body) or is_chair(actor, body) or actor.has_role("coordination") or _in_charge(actor, task)
    )


def may_report(actor: Actor, task: TaskAccess) -> Verdict:
    """The organisation in charge, and the office on its behalf."""
    return all_of(
        may_read_task(actor, task),
        allowed_if(
            _in_charge(actor, task) or runs_meetings_of(actor, task.body),
            "Berichte gibt die Organisation, die mit der Aufgabe betraut ist.",
        ),
    )


def may_steer_tasks(actor: Actor, body: BodyAccess) -> Verdict:
    """Setting tasks, taking them off the list and replacing them is done by those who run the body's meetings."""
    return allowed_if(runs_meetings_of(actor, body), "Aufträge führen Vorsitz und Geschäftsstelle.")


def may_steer_task(actor: Actor, task: TaskAccess) -> Verdict:
    """The same for one task."""
    return all_of(may_read_task(actor, task), may_steer_tasks(actor, task.body))


def roles_at(actor: Actor, task: TaskAccess) -> frozenset[str]:
    """The person's roles as the lifecycle of this very task must see them."""
    named = {"charge": _in_charge(actor, task), "office": bool(runs_meetings_of(actor, task.body))}
    return frozenset(role for role, holds in named.items() if holds)
