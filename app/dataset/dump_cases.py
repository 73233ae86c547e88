"""A tenant's cases as a demo file has them."""

from typing import Any

from sqlmodel import Session

from app.dataset.tables_read import facts, keys, owned, plain, rows, told
from app.people.models import Municipality, Person
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
from knowledge.cases.states import CaseFacetName
from knowledge.gaps.models import Gap
from knowledge.workshops.models import Workshop, WorkshopCase


def cases(session: Session) -> list[dict[str, Any]]:
    """The cases with consent, check, stations and questions."""
    givers, places = keys(session, Person), keys(session, Municipality)
    workshops = keys(session, Workshop)
    held = {row.case_id: workshops[row.workshop_id] for row in rows(session, WorkshopCase)}
    codes = owned(session, CaseFacet, "case_id")
    questions = owned(session, OpenQuestion, "case_id")
    consents, checks, stations = _consents(session), _checks(session), _stations(session)
    return [
        {
            **facts(row, "key", "title", "case_giver_type", "household", "anchor", "span_months", "timing"),
            **told(row, "client_view"),
            "workshop": held.get(row.id or 0),
            "case_giver": givers[row.case_giver_id],
            "municipality": places[row.municipality_id],
            "affected_groups": _codes(codes(row.id), CaseFacetName.AFFECTED_GROUP),
            **({"sensitive": found} if (found := _codes(codes(row.id), CaseFacetName.SENSITIVE)) else {}),
            **consents.get(row.id or 0, {}),
            **checks.get(row.id or 0, {}),
            "stations": stations.get(row.id or 0, []),
            "questions": [question.text for question in questions(row.id)],
        }
        for row in rows(session, Case)
    ]


def _codes(found: list[CaseFacet], facet: CaseFacetName) -> list[str]:
    return [row.key for row in found if row.facet == facet]


def _consents(session: Session) -> dict[int, dict[str, Any]]:
    scopes = owned(session, ConsentScope, "consent_id")
    return {
        row.case_id: {
            "consent": {
                **facts(row, "form", "obtained_month", "language_supported", "withdrawn"),
                "scopes": [plain(scope.scope) for scope in scopes(row.id)],
            }
        }
        for row in rows(session, ClientConsent)
    }


def _checks(session: Session) -> dict[int, dict[str, Any]]:
    people = keys(session, Person)
    changes = owned(session, DeidentificationChange, "check_id")
    return {
        row.case_id: {
            "deidentification": {
                **facts(row, "checked_on", "result"),
                "changed": [change.text for change in changes(row.id)],
                "checked_by": people[row.checked_by_id],
            }
        }
        for row in rows(session, DeidentificationCheck)
    }


def _stations(session: Session) -> dict[int, list[dict[str, Any]]]:
    agencies = owned(session, StationAgency, "station_id")
    findings = owned(session, Finding, "station_id")
    gaps = keys(session, Gap)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(rows(session, Station), key=lambda row: row.position):
        said = [{"gap": gaps[finding.gap_id], "text": finding.text} for finding in findings(row.id)]
        found.setdefault(row.case_id, []).append(
            {
                **facts(row, "key", "month", "title", "legal_domain", "life_domain", "assessment", "text"),
                **told(row, "transition", "what_helped"),
                "agencies": [agency.agency_type for agency in agencies(row.id)],
                **({"findings": said} if said else {}),
            }
        )
    return found
