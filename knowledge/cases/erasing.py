"""Erasing a case for good (DP-6, DP-8, DP-9): what goes, what stays so that the count stays true, and the proof.

Two ways. A person who takes the consent back, or asks for it, takes everything along, the evidence too. When the time
is up the story goes and the bare count stays: which case spoke for which gap, from which organisation.
"""

import json
from collections.abc import Callable, Iterable

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select, update

from app.core.clock import LOCAL
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Person
from knowledge.cases import access
from knowledge.cases.access import FoundCase
from knowledge.cases.belongings import belongings, of_case
from knowledge.cases.erasure_models import CaseErasure, LostEvidence
from knowledge.cases.models import Case, Finding, Station
from knowledge.cases.policy import may_erase_case, may_withdraw_case
from knowledge.cases.rules import GONE
from knowledge.cases.states import CaseState, CaseTiming, ErasureWhy, StationAssessment
from knowledge.gaps.models import Evidence
from knowledge.privacy import gate

Erase = Callable[[Work, int], int]
"""Erases what a room keeps about a case beside the tables that belong to it; how many rows."""

LOG = "case_access_entry"
"""Who opened the case stays its twelve months: it holds no text, and it must outlive what it protects (DP-15)."""

SKELETON = (LOG, "station", "finding", "evidence", "workshop_case", "workshop_case_organisation")
"""The tables of which something stays when the time is up."""

_others: dict[str, Erase] = {}


def register(name: str, erase: Erase) -> None:
    """Have this called for every case that is erased; `name` stands in the proof."""
    _others[name] = erase


register("privacy_decision", lambda work, case_id: gate.forget(work, ("case", case_id)))


def erase_case(work: Work, case_id: int, *, why: ErasureWhy) -> CaseErasure:
    """Erase a case and write the proof of it. For retention the caller knows that the time is up."""
    found = _locked(work, case_id)
    if why != ErasureWhy.RETENTION:
        may = may_withdraw_case if why == ErasureWhy.WITHDRAWAL else may_erase_case
        work.require(may(work.actor, found))
    if found.state in GONE:
        raise NotFound(_("Diese Seite gibt es nicht."))
    counts_on = why == ErasureWhy.RETENTION
    gaps = [] if counts_on else _gaps_of(work.session, case_id)
    rows = {name: erase(work, case_id) for name, erase in _others.items()}
    rows |= _erase_all(work.session, case_id, SKELETON if counts_on else ())
    case = _emptied(work, found, why)
    if found.workshop is not None:
        work.announce(f"workshop:{found.workshop.id}", "room")
    return _proof(work, case, why, rows, gaps)


def _locked(work: Work, case_id: int) -> FoundCase:
    work.session.exec(select(Case.id).where(col(Case.id) == case_id).with_for_update()).first()
    found = access.case_by_id(work.session, case_id, work.now.astimezone(LOCAL).date())
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return found


def _gaps_of(session: Session, case_id: int) -> list[int]:
    """The gaps that lose evidence."""
    statement = (
        select(Evidence.gap_id)
        .join(Station, col(Station.id) == col(Evidence.station_id))
        .where(col(Station.case_id) == case_id)
    )
    return sorted(set(session.exec(statement)))


def _erase_all(session: Session, case_id: int, kept: Iterable[str]) -> dict[str, int]:
    """Delete what belongs to the case, the farthest first; of kept tables what no evidence needs, and every word."""
    gone = _keep_the_bones(session, case_id) if "station" in kept else {}
    for each in reversed(belongings()):
        if each.table.name == LOG or each.table.name in kept:
            continue
        statement = sa.delete(each.model).where(of_case(each, case_id))
        gone[each.table.name] = int(session.exec(statement).rowcount)
    return gone


def _keep_the_bones(session: Session, case_id: int) -> dict[str, int]:
    """Stations and findings: those without evidence go, the others lose their words."""
    stations = select(Station.id).where(col(Station.case_id) == case_id)
    proven = select(Evidence.station_id).where(col(Evidence.station_id).in_(stations))
    found = select(Evidence.finding_id).where(
        col(Evidence.station_id).in_(stations), col(Evidence.finding_id).is_not(None)
    )
    mine = col(Finding.station_id).in_(stations)
    findings = session.exec(delete(Finding).where(mine, col(Finding.id).not_in(found)))
    left = session.exec(delete(Station).where(col(Station.case_id) == case_id, col(Station.id).not_in(proven)))
    blank = session.exec(update(Finding).where(mine).values(text=""))
    bare = session.exec(update(Station).where(col(Station.case_id) == case_id).values(**_NOTHING))
    note = session.exec(update(Evidence).where(col(Evidence.station_id).in_(stations)).values(text=None))
    counted = {"finding": (findings, blank), "station": (left, bare), "evidence": (note,)}
    return {name: sum(int(each.rowcount) for each in results) for name, results in counted.items()}


_NOTHING = {
    "month": 0,
    "title": "",
    "legal_domain": "",
    "life_domain": "",
    "transition": None,
    "assessment": StationAssessment.NEUTRAL,
    "text": "",
    "what_helped": None,
    "hidden": True,
    "duration_weeks": None,
    "days_without_benefits": None,
    "days_without_insurance": None,
}
"""A station that says nothing but that it was one."""


def _emptied(work: Work, found: FoundCase, why: ErasureWhy) -> Case:
    """The case as a number: no word, no giver, no municipality."""
    case = found.case
    work.session.expire(case)
    if why == ErasureWhy.RETENTION and case.case_giver_id is not None:
        giver = select(Person.organisation_id).where(col(Person.id) == case.case_giver_id)
        case.giver_organisation_id = work.session.exec(giver).first()
    case.title = case.household = case.anchor = ""
    case.span_months, case.timing = 0, CaseTiming.CLOSED
    case.case_giver_id = case.municipality_id = None
    case.client_view = case.returned_note = case.submitted_at = None
    case.adults = case.adult_age = case.children = case.child_age = None
    case.state = CaseState.WITHDRAWN if why == ErasureWhy.WITHDRAWAL else CaseState.ERASED
    case.erased_on = work.now.astimezone(LOCAL).date()
    work.session.add(case)
    work.session.flush()
    return case


def _proof(work: Work, case: Case, why: ErasureWhy, rows: dict[str, int], gaps: list[int]) -> CaseErasure:
    counted = {name: number for name, number in sorted(rows.items()) if number}
    erasure = CaseErasure(
        case_key=case.key,
        why=why,
        at=work.now,
        person_id=work.actor.person_id or None,
        rows=json.dumps({"case": 1, **counted}),
    )
    work.session.add(erasure)
    work.session.flush()
    work.session.add_all(LostEvidence(gap_id=gap_id, erasure_id=erasure.id or 0) for gap_id in gaps)
    work.record("case.erased", case, why=why.value, rows=1 + sum(counted.values()), gaps=len(gaps))
    return erasure
