"""Who may read which case: the facts that `policy.may_read_case` asks for, loaded for many cases at once.

Three statements, however many cases. Lists, pages and the thread all go through here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.cases.models import Case, ClientConsent, ConsentScope
from knowledge.cases.policy import CaseAccess, may_read_case
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopCaseOrganisation
from knowledge.workshops.states import WorkshopState

PHASES = {
    WorkshopState.PLANNED: "planned",
    WorkshopState.RUNNING: "live",
    WorkshopState.PAUSED: "live",
    WorkshopState.HELD: "review",
    WorkshopState.RELEASED: "released",
}
"""What the reading window calls the states of a workshop; a cancelled one opens no window."""


@dataclass(frozen=True, kw_only=True)
class FoundCase(CaseAccess):
    """A case with the workshop that reconstructs it, and all that the predicates ask for."""

    case: Case
    workshop: Workshop | None = None
    workshop_case: WorkshopCase | None = None

    @property
    def id(self) -> int:
        """The case's id."""
        return self.case.id or 0


def found_cases(session: Session, today: date, case_ids: Collection[int] | None = None) -> list[FoundCase]:
    """The cases of these ids, or all, in the order of workshops and of their agendas."""
    statement = (
        select(Case, WorkshopCase, Workshop)
        .outerjoin(WorkshopCase, col(WorkshopCase.case_id) == col(Case.id))
        .outerjoin(Workshop, col(Workshop.id) == col(WorkshopCase.workshop_id))
        .order_by(col(Workshop.date).desc(), col(WorkshopCase.position), col(Case.key))
    )
    if case_ids is not None:
        statement = statement.where(col(Case.id).in_(case_ids))
    rows = session.exec(statement).all()
    scopes = scopes_of(session, case_ids)
    attending = _attending(session, case_ids)
    return [
        FoundCase(
            state=case.state,
            giver_id=case.case_giver_id,
            scopes=scopes.get(case.id or 0, frozenset()),
            attending_organisation_ids=attending.get(case.id or 0, frozenset()),
            workshop_state=PHASES.get(workshop.state) if workshop else None,
            released_on=workshop.released_on if workshop else None,
            today=today,
            moderator_id=workshop.moderation_id if workshop else None,
            minute_taker_id=workshop.minute_taker_id if workshop else None,
            submitted=case.submitted_at is not None,
            case=case,
            workshop=workshop,
            workshop_case=link,
        )
        for case, link, workshop in rows
    ]


def readable_cases(
    session: Session, actor: Actor, today: date, case_ids: Collection[int] | None = None
) -> list[FoundCase]:
    """Those of the cases that this person may read today."""
    return [found for found in found_cases(session, today, case_ids) if may_read_case(actor, found)]


def case_by_id(session: Session, case_id: int, today: date) -> FoundCase | None:
    """The case of this id."""
    return next(iter(found_cases(session, today, [case_id])), None)


def case_by_key(session: Session, key: str, today: date) -> FoundCase | None:
    """The case of this key."""
    case_id = session.exec(select(Case.id).where(col(Case.key) == key)).first()
    return next(iter(found_cases(session, today, [case_id])), None) if case_id else None


def scopes_of(session: Session, case_ids: Collection[int] | None = None) -> dict[int, frozenset[str]]:
    """What each person consented to; a withdrawn consent covers nothing."""
    statement = (
        select(ClientConsent.case_id, ConsentScope.scope)
        .join(ConsentScope, col(ConsentScope.consent_id) == col(ClientConsent.id))
        .where(col(ClientConsent.withdrawn).is_(False))
    )
    if case_ids is not None:
        statement = statement.where(col(ClientConsent.case_id).in_(case_ids))
    found: dict[int, frozenset[str]] = {}
    for case_id, scope in session.exec(statement):
        found[case_id] = found.get(case_id, frozenset()) | {scope}
    return found


def _attending(session: Session, case_ids: Collection[int] | None) -> dict[int, frozenset[int]]:
    statement = select(WorkshopCase.case_id, WorkshopCaseOrganisation.organisation_id).join(
        WorkshopCaseOrganisation, col(WorkshopCaseOrganisation.workshop_case_id) == col(WorkshopCase.id)
    )
    if case_ids is not None:
        statement = statement.where(col(WorkshopCase.case_id).in_(case_ids))
    found: dict[int, frozenset[int]] = {}
    for case_id, organisation_id in session.exec(statement):
        found[case_id] = found.get(case_id, frozenset()) | {organisation_id}
    return found
