"""Gaps with evidence of any strength, for tests that need more than the demo county has."""

import datetime as dt
from itertools import count

from sqlmodel import Session

from app.people.models import Organisation, Person
from knowledge.cases.models import Case, ClientConsent, Finding, Station
from knowledge.cases.states import CaseState, CaseTiming, ConsentForm, StationAssessment
from knowledge.gaps.models import Evidence, Gap, GapIndicator
from knowledge.gaps.states import SolvableAt
from tests.support.county import a_person, an_organisation

_numbers = count(1)


def a_gap(session: Session, **values: object) -> Gap:
    """A gap that the whole network may read."""
    number = next(_numbers)
    given = {
        "key": f"F-2030-{number:05}",
        "title": f"Fehlstelle {number}",
        "summary": "Wenn etwas wechselt, reißt etwas.",
        "solvable_at": SolvableAt.STRATEGIC,
        "severity": 2,
        "frequency": 2,
        "visibility": "network",
        "first_reported": dt.date(2030, 1, 1),
        **values,
    }
    row = Gap(**given)
    session.add(row)
    session.flush()
    return row


def a_giver(session: Session, organisation: Organisation | None = None) -> Person:
    """Somebody who brings in cases."""
    return a_person(session, organisation or an_organisation(session))


def a_case(session: Session, giver: Person, *, withdrawn: bool = False, state: CaseState = CaseState.RELEASED) -> Case:
    """A case with consent."""
    case = Case(
        key=f"baum-{next(_numbers)}",
        title="Fall",
        state=state,
        case_giver_type="jobcenter",
        case_giver_id=giver.id,
        household="eine Person",
        anchor="Ankunft",
        span_months=3,
        timing=CaseTiming.CLOSED,
    )
    session.add(case)
    session.flush()
    session.add(
        ClientConsent(
            case_id=case.id or 0,
            form=ConsentForm.WRITTEN,
            obtained_month="2030-01",
            language_supported=True,
            withdrawn=withdrawn,
        )
    )
    return case


def support(session: Session, gap: Gap, case: Case) -> Finding:
    """A station of the case with a finding that speaks for the gap."""
    station = Station(
        case_id=case.id or 0,
        key=f"S{next(_numbers)}",
        month=1,
        title="Bruch",
        legal_domain="sgb2",
        life_domain="health",
        assessment=StationAssessment.BREAK,
        text="…",
    )
    session.add(station)
    session.flush()
    finding = Finding(station_id=station.id or 0, gap_id=gap.id, text="…")
    session.add(finding)
    session.flush()
    session.add(Evidence(gap_id=gap.id or 0, station_id=station.id or 0, finding_id=finding.id))
    session.flush()
    return finding


def indicators(session: Session, gap: Gap, number: int) -> None:
    """So many figures for the gap."""
    session.add_all(GapIndicator(gap_id=gap.id or 0, label=f"Kennzahl {n}", position=n) for n in range(number))
    session.flush()
