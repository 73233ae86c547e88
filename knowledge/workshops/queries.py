"""Reads of workshops: those a person may know of, and one with its invitations and attendance per case."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.people.models import Organisation, Person, PersonRole
from app.people.states import Role
from knowledge.cases.models import Case, ClientConsent, ConsentScope
from knowledge.cases.rules import may_attend
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopCaseOrganisation, WorkshopOrganisation
from knowledge.workshops.policy import WorkshopAccess, may_read_workshop


@dataclass(frozen=True)
class Attendance:
    """One organisation and one case: does it attend, or is it locked by the person's consent, and why?"""

    attends: bool
    reason: str = ""

    @property
    def locked(self) -> bool:
        """Whether the consent keeps it out."""
        return bool(self.reason)


@dataclass(frozen=True)
class CaseRow:
    """A case of the workshop with the scopes of its consent."""

    case: Case
    entry: WorkshopCase
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class WorkshopSheet:
    """A workshop with everything on its page. `attendance`: organisation id → one cell per case."""

    workshop: Workshop
    access: WorkshopAccess
    moderator: str
    minute_taker: str
    organisations: tuple[Organisation, ...]
    cases: tuple[CaseRow, ...]
    attendance: dict[int, tuple[Attendance, ...]]
    emails: dict[int, str]

    def attending(self, organisation_id: int) -> int:
        """At how many of the cases an organisation is."""
        return sum(cell.attends and not cell.locked for cell in self.attendance.get(organisation_id, ()))


def access_of(session: Session, workshop: Workshop) -> WorkshopAccess:
    """Who leads it and who is invited. One statement."""
    return accesses(session, [workshop])[workshop.id or 0]


def readable_workshops(session: Session, actor: Actor) -> list[Workshop]:
    """The workshops that this person may know of, newest first. Two statements."""
    rows = session.exec(select(Workshop).order_by(col(Workshop.date).desc())).all()
    known = accesses(session, rows)
    return [row for row in rows if may_read_workshop(actor, known[row.id or 0])]


def accesses(session: Session, workshops: Collection[Workshop]) -> dict[int, WorkshopAccess]:
    """Who leads each workshop and who is invited, by its id. One statement."""
    invited: dict[int, set[int]] = defaultdict(set)
    ids = [workshop.id for workshop in workshops]
    rows = session.exec(
        select(WorkshopOrganisation.workshop_id, WorkshopOrganisation.organisation_id).where(
            col(WorkshopOrganisation.workshop_id).in_(ids)
        )
    )
    for workshop_id, organisation_id in rows:
        invited[workshop_id].add(organisation_id)
    return {
        row.id or 0: WorkshopAccess(row.moderation_id, row.minute_taker_id, frozenset(invited[row.id or 0]))
        for row in workshops
    }


def sheet_by_key(session: Session, key: str) -> WorkshopSheet | None:
    """The workshop with this key and all that belongs to it."""
    workshop = session.exec(select(Workshop).where(col(Workshop.key) == key)).first()
    if workshop is None:
        return None
    names = _names(session, workshop)
    organisations = _organisations(session, workshop)
    cases = _cases(session, workshop)
    return WorkshopSheet(
        workshop=workshop,
        access=accesses(session, [workshop])[workshop.id or 0],
        moderator=names.get(workshop.moderation_id or 0, ""),
        minute_taker=names.get(workshop.minute_taker_id or 0, ""),
        organisations=tuple(each for each, _email in organisations),
        cases=cases,
        attendance=_attendance(session, [each for each, _email in organisations], cases),
        emails={each.id or 0: email for each, email in organisations if email},
    )


def people_of(session: Session, organisation_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The names of the people who are invited with their organisation; no administrators. One statement."""
    admins = select(PersonRole.person_id).where(col(PersonRole.role) == Role.ADMIN)
    rows = session.exec(
        select(Person.organisation_id, Person.name)
        .where(
            col(Person.organisation_id).in_(organisation_ids),
            col(Person.active).is_(True),
            col(Person.id).not_in(admins),
        )
        .order_by(col(Person.name))
    )
    found: dict[int, tuple[str, ...]] = {}
    for organisation_id, name in rows:
        found[organisation_id] = (*found.get(organisation_id, ()), name)
    return found


def _names(session: Session, workshop: Workshop) -> dict[int, str]:
    wanted = [workshop.moderation_id, workshop.minute_taker_id]
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted)))
    return {id_ or 0: name for id_, name in rows}


def _organisations(session: Session, workshop: Workshop) -> list[tuple[Organisation, str | None]]:
    statement = (
        select(Organisation, WorkshopOrganisation.email)
        .join(WorkshopOrganisation, col(WorkshopOrganisation.organisation_id) == col(Organisation.id))
        .where(col(WorkshopOrganisation.workshop_id) == workshop.id)
        .order_by(col(WorkshopOrganisation.position))
    )
    return list(session.exec(statement))


def _cases(session: Session, workshop: Workshop) -> tuple[CaseRow, ...]:
    rows = session.exec(
        select(Case, WorkshopCase)
        .join(WorkshopCase, col(WorkshopCase.case_id) == col(Case.id))
        .where(col(WorkshopCase.workshop_id) == workshop.id)
        .order_by(col(WorkshopCase.position))
    ).all()
    scopes: dict[int, list[str]] = defaultdict(list)
    found = session.exec(
        select(ClientConsent.case_id, ConsentScope.scope)
        .join(ConsentScope, col(ConsentScope.consent_id) == col(ClientConsent.id))
        .where(
            col(ClientConsent.case_id).in_([case.id for case, _entry in rows]), col(ClientConsent.withdrawn).is_(False)
        )
        .order_by(col(ConsentScope.position))
    )
    for case_id, scope in found:
        scopes[case_id].append(str(scope))
    return tuple(CaseRow(case, entry, tuple(scopes[case.id or 0])) for case, entry in rows)


def _attendance(
    session: Session, organisations: Collection[Organisation], cases: tuple[CaseRow, ...]
) -> dict[int, tuple[Attendance, ...]]:
    rows = session.exec(
        select(WorkshopCaseOrganisation.workshop_case_id, WorkshopCaseOrganisation.organisation_id).where(
            col(WorkshopCaseOrganisation.workshop_case_id).in_([row.entry.id for row in cases])
        )
    )
    attending = set(rows.all())
    return {
        organisation.id or 0: tuple(
            Attendance((row.entry.id, organisation.id) in attending, may_attend(organisation.type, row.scopes).reason)
            for row in cases
        )
        for organisation in organisations
    }
