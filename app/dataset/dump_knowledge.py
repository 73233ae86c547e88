"""A tenant's workshops, gaps, topics and solutions as a demo file has them."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.dataset.tables_read import facts, keys, owned, rows, told
from app.people.models import Municipality, Organisation, Person
from knowledge.cases.models import Case, Station
from knowledge.gaps.models import Escalation, Evidence, Gap, GapFacet, GapIndicator, GapMunicipality, Topic
from knowledge.gaps.states import GapFacetName, Polarity
from knowledge.solutions.models import Solution, SolutionDocument, SolutionGap, SolutionLesson, SolutionOrganisation
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopCaseOrganisation, WorkshopOrganisation
from meetings.agenda.models import Meeting
from meetings.bodies.models import Body, TopicMandate
from meetings.decisions.models import Decision, DecisionSubject, TopicDecision
from meetings.decisions.states import SubjectRelation

FACETS = {
    GapFacetName.LIFE_DOMAIN: "life_domains",
    GapFacetName.LEGAL_DOMAIN: "legal_domains",
    GapFacetName.INTERFACE: "interface",
    GapFacetName.TRANSITION: "transitions",
    GapFacetName.AFFECTED_GROUP: "affected_groups",
    GapFacetName.KIND: "kinds",
}
ALWAYS = (
    "key",
    "title",
    "summary",
    "solvable_at",
    "severity",
    "frequency",
    "status",
    "first_reported",
    "reports",
    "visibility",
)
IF_TOLD = ("report_source", "evidence_note", "deadline", "deadline_note", "deferred_until", "deferred_reason")


def workshops(session: Session, zone: ZoneInfo) -> list[dict[str, Any]]:
    """The workshops with their cases and who attends."""
    people, organisations = keys(session, Person), keys(session, Organisation)
    invited = owned(session, WorkshopOrganisation, "workshop_id")
    cases = owned(session, WorkshopCase, "workshop_id")
    attending = owned(session, WorkshopCaseOrganisation, "workshop_case_id")
    names = keys(session, Case)
    plain_facts = ("key", "title", "date", "place", "format", "question", "confidentiality_confirmed", "state")
    return [
        {
            **facts(row, *plain_facts),
            **told(row, "released_on"),
            **clocks(row, zone),
            "moderation": people[row.moderation_id],
            "minutes": people[row.minute_taker_id],
            "participants_orgs": [organisations[each.organisation_id] for each in invited(row.id)],
            "cases": [
                {
                    "case": names[case.case_id],
                    **clocks(case, zone),
                    "orgs": [organisations[each.organisation_id] for each in attending(case.id)],
                }
                for case in cases(row.id)
            ],
        }
        for row in rows(session, Workshop)
    ]


def clocks(row: Any, zone: ZoneInfo) -> dict[str, str]:
    """Start and end as clock times in the tenant's zone."""
    return {
        name: f"{moment.astimezone(zone):%H:%M}"
        for name, moment in (("start", row.starts_at), ("end", row.ends_at))
        if moment
    }


def gaps(session: Session) -> list[dict[str, Any]]:
    """The gaps with codes, evidence, figures, escalation, solutions and topic."""
    codes = owned(session, GapFacet, "gap_id")
    places, named = owned(session, GapMunicipality, "gap_id"), keys(session, Municipality)
    figures, evidence = owned(session, GapIndicator, "gap_id"), _evidence(session)
    tried = _solutions_of_gaps(session)
    escalations = _escalations(session)
    topics = keys(session, Topic)
    return [
        {
            **facts(row, *ALWAYS),
            **told(row, *IF_TOLD),
            **{name: [code.key for code in codes(row.id) if code.facet == facet] for facet, name in FACETS.items()},
            "municipalities": [named[place.municipality_id] for place in places(row.id)],
            "indicators": [facts(figure, "label", "before", "after", "period") for figure in figures(row.id)],
            **evidence(row.id),
            **escalations.get(row.id or 0, {}),
            "solutions": tried.get(row.id or 0, []),
            "topic": topics[row.topic_id],
        }
        for row in rows(session, Gap)
    ]


def _evidence(session: Session) -> Callable[[int | None], dict[str, Any]]:
    cases = keys(session, Case)
    stations = {row.id: {"case": cases[row.case_id], "station": row.key} for row in rows(session, Station)}
    found = owned(session, Evidence, "gap_id")

    def of(gap_id: int | None) -> dict[str, Any]:
        both = found(gap_id)
        against = [{**stations[row.station_id], "text": row.text} for row in both if row.polarity == Polarity.AGAINST]
        supporting = [stations[row.station_id] for row in both if row.polarity == Polarity.FOR]
        return {"evidence": supporting, **({"counter_evidence": against} if against else {})}

    return of


def _solutions_of_gaps(session: Session) -> dict[int, list[str]]:
    named = keys(session, Solution)
    found: dict[int, list[str]] = {}
    for row in sorted(rows(session, SolutionGap), key=lambda row: row.gap_position):
        found.setdefault(row.gap_id, []).append(named[row.solution_id])
    return found


def _escalations(session: Session) -> dict[int, dict[str, Any]]:
    decisions = keys(session, Decision)
    subjects = [row for row in rows(session, DecisionSubject) if row.relation == SubjectRelation.ESCALATES]
    decided = {row.gap_id: decisions[row.decision_id] for row in subjects}
    names = ("addressee", "via", "sent_on", "answer")
    return {
        row.gap_id: {"escalation": {**facts(row, *names), "by_decision": decided.get(row.gap_id)}}
        for row in rows(session, Escalation)
    }


def topics(session: Session) -> list[dict[str, Any]]:
    """The topics with their gaps, where they were decided and who works on them."""
    bundled: dict[int | None, list[str]] = {}
    for gap in sorted(rows(session, Gap), key=lambda gap: gap.topic_position or 0):
        bundled.setdefault(gap.topic_id, []).append(gap.key)
    meetings, bodies = keys(session, Meeting), keys(session, Body)
    decided = {row.topic_id: meetings[row.meeting_id] for row in rows(session, TopicDecision)}
    given = {row.topic_id: bodies[row.body_id] for row in rows(session, TopicMandate)}
    return [
        {
            **facts(row, "key", "title", "state", "rank"),
            "gaps": bundled.get(row.id, []),
            "decided_in": decided.get(row.id or 0),
            "body": given.get(row.id or 0),
        }
        for row in rows(session, Topic)
    ]


def solutions(session: Session) -> list[dict[str, Any]]:
    """What was tried."""
    lessons, documents = owned(session, SolutionLesson, "solution_id"), owned(session, SolutionDocument, "solution_id")
    partners, organisations = owned(session, SolutionOrganisation, "solution_id"), keys(session, Organisation)
    meant, gaps_named = owned(session, SolutionGap, "solution_id"), keys(session, Gap)
    return [
        {
            **facts(row, "key", "title", "kind", "effect", "description"),
            **told(row, "result", "transfer", "cost"),
            "period": {"start": row.period_start, "end": row.period_end},
            "gaps": [gaps_named[each.gap_id] for each in meant(row.id)],
            "lessons": [lesson.text for lesson in lessons(row.id)],
            "orgs": [organisations[each.organisation_id] for each in partners(row.id)],
            "documents": [document.title for document in documents(row.id)],
        }
        for row in rows(session, Solution)
    ]
