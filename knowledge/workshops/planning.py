"""Planning a workshop: writing the plan down, changing it, saying who attends which case, calling it off.

After the workshop has begun nothing here changes it any more. What is locked by a consent cannot be set (DP-5).
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, select

from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.mail import checked_address
from app.core.work import Work
from app.people.models import Organisation, Tenant
from knowledge.cases.access import scopes_of
from knowledge.privacy.confirming import places_for, refuse_unconfirmed
from knowledge.workshops import choices, rules
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopCaseOrganisation, WorkshopOrganisation
from knowledge.workshops.policy import may_plan_workshop, may_plan_workshops
from knowledge.workshops.queries import access_of
from knowledge.workshops.rules import Cell, Plan, Problem
from knowledge.workshops.states import WorkshopState


class BadPlan(DomainError):
    """The plan cannot be taken; `problems` say why, field by field, in the reader's language."""

    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].reason)
        self.problems = tuple(problems)


class PlanIsFixed(DomainError):
    """The workshop has begun or was called off."""


def create_workshop(work: Work, plan: Plan, confirmed: Collection[str] = ()) -> Workshop:
    """A new workshop with the next key of its year. `confirmed` are keys of hits of the privacy check."""
    work.require(may_plan_workshops(work.actor))
    tenant = _locked_tenant(work)
    _check(work, plan, ZoneInfo(tenant.timezone))
    _refuse_unconfirmed(work.session, (plan.title, plan.question), confirmed)
    keys = work.session.exec(select(Workshop.key)).all()
    workshop = Workshop(
        key=rules.key_of(plan.day.year, rules.next_number(keys, plan.day.year)), title="", date=plan.day
    )
    _write(work, workshop, plan, ZoneInfo(tenant.timezone))
    work.record("workshop.planned", workshop, cases=len(plan.slots), organisations=len(plan.organisation_ids))
    return workshop


def change_workshop(work: Work, key: str, plan: Plan, version: int, confirmed: Collection[str] = ()) -> Workshop:
    """Write a change of the plan down, if it is still as the form showed it."""
    workshop = plannable(work, key, version)
    zone = ZoneInfo(_locked_tenant(work).timezone)
    _check(work, plan, zone, workshop)
    said = (workshop.title, workshop.question or "")
    _refuse_unconfirmed(work.session, (plan.title, plan.question), confirmed, said)
    before = _told(workshop)
    _write(work, workshop, plan, zone)
    if _told(workshop) != before:
        workshop.revision += 1
    workshop.version += 1
    work.record("workshop.changed", workshop, version=workshop.version, revision=workshop.revision)
    _announce(work, workshop)
    return workshop


def set_attendance(work: Work, key: str, wanted: Collection[Cell], emails: Mapping[int, str], version: int) -> Workshop:
    """Say which invited organisation attends which case, and where it is written to. A locked cell is refused."""
    workshop = plannable(work, key, version)
    entries = _entries(work.session, workshop)
    invited = _invited(work.session, workshop)
    reasons = locked_reasons(work.session, list(invited), list(entries))
    for organisation_id, case_id in wanted:
        if organisation_id not in invited or case_id not in entries:
            raise InvalidInput(_("Bitte wählen Sie nur aus den eingeladenen Stellen und den Fällen dieses Workshops."))
        if (organisation_id, case_id) in reasons:
            raise InvalidInput(_(reasons[organisation_id, case_id]))
    for organisation_id, row in invited.items():
        row.email = checked_address(emails[organisation_id]) if emails.get(organisation_id, "").strip() else None
        work.session.add(row)
    _write_cells(work.session, entries, list(invited), set(wanted))
    workshop.version += 1
    work.session.add(workshop)
    work.record("workshop.attendance_set", workshop, cells=len(set(wanted)))
    _announce(work, workshop)
    return workshop


def call_off(work: Work, key: str, reason: str, confirmed: bool = False) -> Workshop:
    """The workshop does not take place; its cases are free for another one. Who was invited is told by `inviting`.

    `confirmed`: somebody looked at what the privacy check marks in the reason.
    """
    workshop = plannable(work, key)
    if not confirmed:
        _refuse_unconfirmed(work.session, (reason,), ())
    workshop.state, workshop.cancelled_because = WorkshopState.CANCELLED, reason
    workshop.version += 1
    workshop.revision += 1
    work.session.add(workshop)
    work.session.exec(delete(WorkshopCase).where(col(WorkshopCase.workshop_id) == workshop.id))
    work.record("workshop.cancelled", workshop)
    _announce(work, workshop)
    return workshop


def _refuse_unconfirmed(
    session: Session, texts: Collection[str], confirmed: Collection[str], accepted: Collection[str] = ()
) -> None:
    """Everybody who is invited reads these texts: nothing that may point at a person unseen (DP-10)."""
    refuse_unconfirmed(texts, confirmed, accepted=accepted, allowed=places_for(session))


def plannable(work: Work, key: str, version: int | None = None) -> Workshop:
    """The workshop, locked, if this person may plan it and its plan may still change."""
    workshop = work.session.exec(select(Workshop).where(col(Workshop.key) == key).with_for_update()).first()
    if workshop is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(may_plan_workshop(work.actor, access_of(work.session, workshop)))
    verdict = rules.may_change_plan(workshop.state)
    if not verdict:
        raise PlanIsFixed(_(verdict.reason))
    if version is not None and workshop.version != version:
        raise ChangedMeanwhile(
            _("Jemand anderes hat diesen Workshop inzwischen geändert. Bitte prüfen Sie den neuen Stand.")
        )
    return workshop


def locked_reasons(session: Session, organisation_ids: Collection[int], case_ids: Collection[int]) -> dict[Cell, str]:
    """Every cell that a consent locks, with the reason. Two statements."""
    rows = session.exec(select(Organisation.id, Organisation.type).where(col(Organisation.id).in_(organisation_ids)))
    scopes = scopes_of(session, case_ids)
    return rules.locked_cells({id_ or 0: kind for id_, kind in rows}, {each: scopes.get(each, ()) for each in case_ids})


def _locked_tenant(work: Work) -> Tenant:
    """The county's row, locked: two planners take turns, so that no key and no case is given twice."""
    return work.session.exec(select(Tenant).where(col(Tenant.id) == work.tenant_id).with_for_update()).one()


def _told(workshop: Workshop) -> tuple[Any, ...]:
    """What an invitation says: whoever has one must hear of a change of it."""
    return workshop.date, workshop.starts_at, workshop.ends_at, workshop.place, workshop.format


def _check(work: Work, plan: Plan, zone: ZoneInfo, workshop: Workshop | None = None) -> None:
    today = work.now.astimezone(zone).date()
    found = rules.problems(plan, zone, today, workshop.date if workshop else None)
    found += choices.problems(work.session, work.actor, plan, workshop, today)
    if found:
        raise BadPlan([Problem(each.field, _(each.reason)) for each in found])


def _write(work: Work, workshop: Workshop, plan: Plan, zone: ZoneInfo) -> None:
    workshop.title, workshop.date, workshop.format = plan.title, plan.day, plan.format
    workshop.starts_at = rules.moment(plan.day, plan.starts, zone)
    workshop.ends_at = rules.moment(plan.day, plan.ends, zone)
    workshop.place, workshop.question = plan.place or None, plan.question or None
    workshop.moderation_id, workshop.minute_taker_id = plan.moderation_id, plan.minute_taker_id
    work.session.add(workshop)
    work.session.flush()
    _write_organisations(work.session, workshop, plan.organisation_ids)
    _write_cases(work.session, workshop, plan, zone)


def _write_organisations(session: Session, workshop: Workshop, wanted: Sequence[int]) -> None:
    """The invited organisations in their order; one that is not invited any more attends no case."""
    present = _invited(session, workshop)
    gone = [each for each in present if each not in wanted]
    cases = select(WorkshopCase.id).where(col(WorkshopCase.workshop_id) == workshop.id)
    session.exec(
        delete(WorkshopCaseOrganisation).where(
            col(WorkshopCaseOrganisation.workshop_case_id).in_(cases),
            col(WorkshopCaseOrganisation.organisation_id).in_(gone),
        )
    )
    for each in gone:
        session.delete(present[each])
    for place, each in enumerate(wanted):
        row = present.get(each) or WorkshopOrganisation(workshop_id=workshop.id or 0, organisation_id=each)
        row.position = place
        session.add(row)
    session.flush()


def _write_cases(session: Session, workshop: Workshop, plan: Plan, zone: ZoneInfo) -> None:
    """The cases in their order with their times; what stays keeps its row, and with it who attends."""
    present = _entries(session, workshop)
    chosen = {slot.case_id for slot in plan.slots}
    for case_id, row in present.items():
        if case_id not in chosen:
            session.delete(row)
    session.flush()
    for place, slot in enumerate(plan.slots):
        row = present.get(slot.case_id) or WorkshopCase(workshop_id=workshop.id or 0, case_id=slot.case_id)
        row.position = place
        row.starts_at = rules.moment(plan.day, slot.starts, zone) if slot.starts else None
        row.ends_at = rules.moment(plan.day, slot.ends, zone) if slot.ends else None
        session.add(row)
    session.flush()


def _write_cells(
    session: Session, entries: Mapping[int, WorkshopCase], organisations: Sequence[int], wanted: set[Cell]
) -> None:
    of_cases = [row.id for row in entries.values()]
    session.exec(delete(WorkshopCaseOrganisation).where(col(WorkshopCaseOrganisation.workshop_case_id).in_(of_cases)))
    session.add_all(
        WorkshopCaseOrganisation(workshop_case_id=row.id or 0, organisation_id=organisation_id, position=place)
        for case_id, row in entries.items()
        for place, organisation_id in enumerate(organisations)
        if (organisation_id, case_id) in wanted
    )
    session.flush()


def _entries(session: Session, workshop: Workshop) -> dict[int, WorkshopCase]:
    rows = session.exec(
        select(WorkshopCase).where(col(WorkshopCase.workshop_id) == workshop.id).order_by(col(WorkshopCase.position))
    )
    return {row.case_id: row for row in rows}


def _invited(session: Session, workshop: Workshop) -> dict[int, WorkshopOrganisation]:
    rows = session.exec(
        select(WorkshopOrganisation)
        .where(col(WorkshopOrganisation.workshop_id) == workshop.id)
        .order_by(col(WorkshopOrganisation.position))
    )
    return {row.organisation_id: row for row in rows}


def _announce(work: Work, workshop: Workshop) -> None:
    work.announce(f"workshop:{workshop.id}", "room")


def local_time(moment: dt.datetime | None, zone: ZoneInfo) -> dt.time | None:
    """The time of day that a form shows for a moment."""
    return moment.astimezone(zone).time().replace(tzinfo=None) if moment else None
