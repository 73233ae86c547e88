"""Rows of a demo file's cases: consent, de-identification, stations, findings."""

from app.core import clock
from app.dataset.building import Building
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_knowledge import CaseGiven, CheckGiven, ConsentGiven, StationGiven
from knowledge.cases.models import (
    Case,
    CaseFacet,
    ClientConsent,
    ConsentScope,
    DeidentificationChange,
    DeidentificationCheck,
    Finding,
    OpenQuestion,
    Station,
    StationAgency,
)
from knowledge.cases.states import CaseFacetName, CaseState, CheckResult

PLAIN_FACTS = {"key", "title", "case_giver_type", "household", "anchor", "span_months", "timing", "client_view"}
STATION_FACTS = {
    "key",
    "month",
    "title",
    "legal_domain",
    "life_domain",
    "transition",
    "assessment",
    "text",
    "what_helped",
}


def build_cases(build: Building, demo: DemoFile) -> None:
    """All cases; the gaps that their findings support are already there."""
    build.add_keyed("cases", {given.key: _case(build, given) for given in demo.cases})
    build.ids.update(stations={}, findings={})
    for given in demo.cases:
        case_id = build.id("cases", given.key)
        build.add(
            CaseFacet(case_id=case_id, facet=facet, key=key, position=index)
            for facet, keys in (
                (CaseFacetName.AFFECTED_GROUP, given.affected_groups),
                (CaseFacetName.SENSITIVE, given.sensitive),
            )
            for index, key in enumerate(keys)
        )
        _build_consent(build, case_id, given.consent)
        if given.deidentification:
            _build_check(build, case_id, given.deidentification)
        _build_stations(build, case_id, given)
        build.add(
            OpenQuestion(case_id=case_id, position=index, text=text) for index, text in enumerate(given.questions)
        )


def _case(build: Building, given: CaseGiven) -> Case:
    return Case(
        state=state_of(given),
        case_giver_id=build.id_or_none("people", given.case_giver),
        municipality_id=build.id_or_none("municipalities", given.municipality),
        created_on=clock.today(),
        **given.model_dump(include=PLAIN_FACTS),
    )


def state_of(given: CaseGiven) -> CaseState:
    """The state that consent and check imply; the file names none."""
    if given.consent.withdrawn:
        return CaseState.WITHDRAWN
    released = given.deidentification is not None and given.deidentification.result == CheckResult.RELEASED
    return CaseState.RELEASED if released else CaseState.DRAFT


def _build_consent(build: Building, case_id: int, given: ConsentGiven) -> None:
    consent_id = build.add_one(ClientConsent(case_id=case_id, **given.model_dump(exclude={"scopes"})))
    build.add(
        ConsentScope(consent_id=consent_id, scope=scope, position=index) for index, scope in enumerate(given.scopes)
    )


def _build_check(build: Building, case_id: int, given: CheckGiven) -> None:
    check = DeidentificationCheck(
        case_id=case_id,
        checked_by_id=build.id("people", given.checked_by),
        checked_on=given.checked_on,
        result=given.result,
    )
    check_id = build.add_one(check)
    build.add(
        DeidentificationChange(check_id=check_id, position=index, text=text) for index, text in enumerate(given.changed)
    )


def _build_stations(build: Building, case_id: int, given: CaseGiven) -> None:
    stations = {
        row.key: Station(case_id=case_id, position=index, **row.model_dump(include=STATION_FACTS))
        for index, row in enumerate(given.stations)
    }
    build.add(stations.values())
    for row in given.stations:
        station_id = stations[row.key].id or 0
        build.ids["stations"][row.key] = station_id
        build.add(
            StationAgency(station_id=station_id, position=index, agency_type=kind)
            for index, kind in enumerate(row.agencies)
        )
        _build_findings(build, station_id, row)


def _build_findings(build: Building, station_id: int, given: StationGiven) -> None:
    rows = [
        Finding(station_id=station_id, gap_id=build.id("gaps", row.gap), position=index, text=row.text)
        for index, row in enumerate(given.findings)
    ]
    build.add(rows)
    for row, written in zip(given.findings, rows, strict=True):
        build.ids["findings"].setdefault(f"{given.key} {row.gap}", written.id or 0)
