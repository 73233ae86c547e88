"""What a plan may choose from: people who can lead, cases that are released and free, organisations of the county."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from app.core.permissions import Actor, refused
from app.people.models import Organisation, Person, PersonRole
from app.people.states import Role
from knowledge.cases.access import FoundCase, readable_cases
from knowledge.cases.states import CaseState
from knowledge.workshops.models import Workshop
from knowledge.workshops.rules import Plan, Problem, may_lead, named_cases

LEADERS = (Role.COORDINATION, Role.MODERATOR)
MINUTE_TAKERS = (Role.COORDINATION, Role.MODERATOR, Role.MINUTES)


def people(session: Session, roles: Iterable[Role]) -> list[tuple[int, str, str]]:
    """Active people with one of the roles who are no administrators: id, name, type of their organisation."""
    admins = select(PersonRole.person_id).where(col(PersonRole.role) == Role.ADMIN)
    rows = session.exec(
        select(Person.id, Person.name, Organisation.type)
        .join(PersonRole, col(PersonRole.person_id) == col(Person.id))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(PersonRole.role).in_(list(roles)), col(Person.active).is_(True), col(Person.id).not_in(admins))
        .order_by(col(Person.name))
        .distinct()
    )
    return [(id_ or 0, name, kind) for id_, name, kind in rows]


def organisations(session: Session) -> list[tuple[int, str]]:
    """Every organisation of the county, by name."""
    rows = session.exec(select(Organisation.id, Organisation.name).order_by(col(Organisation.name)))
    return [(id_ or 0, name) for id_, name in rows]


def cases(session: Session, actor: Actor, workshop_id: int | None, today: date) -> list[FoundCase]:
    """The cases that this person may put on the agenda: released, readable to them, in no other workshop."""
    found = readable_cases(session, actor, today)
    return [
        each
        for each in found
        if each.case.state == CaseState.RELEASED and (each.workshop is None or each.workshop.id == workshop_id)
    ]


def problems(session: Session, actor: Actor, plan: Plan, workshop: Workshop | None, today: date) -> list[Problem]:
    """What of the plan is not on offer, or must not be said or led."""
    offered = {each.id: each for each in cases(session, actor, workshop.id if workshop else None, today)}
    known = {id_ for id_, _name in organisations(session)}
    found = [
        Problem(
            "cases", refused("Einer der Fälle ist nicht mehr frei oder nicht freigegeben. Bitte wählen Sie neu.").reason
        )
        for slot in plan.slots
        if slot.case_id not in offered
    ][:1]
    if not set(plan.organisation_ids) <= known:
        found.append(Problem("organisations", refused("Bitte wählen Sie Stellen aus der Liste.").reason))
    picked = [offered[slot.case_id] for slot in plan.slots if slot.case_id in offered]
    found += _leaders(session, plan, picked)
    return found + _texts(plan, picked)


def _leaders(session: Session, plan: Plan, picked: list[FoundCase]) -> list[Problem]:
    found = []
    for name, chosen, roles in (
        ("moderation_id", plan.moderation_id, LEADERS),
        ("minute_taker_id", plan.minute_taker_id, MINUTE_TAKERS),
    ):
        if chosen is None:
            continue
        kinds = {id_: kind for id_, _name, kind in people(session, roles)}
        if chosen not in kinds:
            found.append(Problem(name, refused("Bitte wählen Sie aus der Liste.").reason))
        elif not (verdict := may_lead(kinds[chosen], [each.scopes for each in picked])):
            found.append(Problem(name, verdict.reason))
    return found


def _texts(plan: Plan, picked: list[FoundCase]) -> list[Problem]:
    """Title, place and question are read by everybody who is invited: no case may be named in them (DP-7)."""
    names = [each.case.key for each in picked]
    return [
        Problem(
            field,
            refused(
                "Bitte nennen Sie hier keinen Fall: Das lesen alle Eingeladenen, auch wer nicht bei ihm ist."
            ).reason,
        )
        for field in ("title", "place", "question")
        if named_cases([getattr(plan, field)], names)
    ]
