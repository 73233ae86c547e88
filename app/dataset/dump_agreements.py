"""A tenant's target agreement as a demo file has it. The format has one: the latest is written."""

from typing import Any

from sqlmodel import Session

from app.dataset.tables_read import facts, keys, owned, plain, rows, told
from app.people.models import Organisation, Person
from knowledge.gaps.models import Gap, Topic
from knowledge.solutions.models import Solution
from meetings.agenda.models import Meeting
from meetings.agreements.models import (
    Agreement,
    AgreementGap,
    AgreementVersion,
    Goal,
    GoalIndicator,
    Measure,
    MeasureContributor,
    MonitoringAddressee,
    MonitoringPlan,
    Obligation,
    OrgConsent,
)
from meetings.bodies.models import Body

INDICATOR = ("key", "kind", "label", "unit", "baseline", "baseline_period", "target", "due", "source")


def agreement(session: Session) -> dict[str, Any] | None:
    """The agreement with goals, obligations, measures, monitoring and history."""
    latest = next(reversed(rows(session, Agreement)), None)
    if latest is None:
        return None
    gaps, history = owned(session, AgreementGap, "agreement_id"), owned(session, AgreementVersion, "agreement_id")
    named = keys(session, Gap)
    return {
        **facts(latest, "key", "title", "state", "version", "situation", "guiding_goal"),
        **told(latest, "valid_from", "valid_until", "data_protection", "escalation"),
        "body": keys(session, Body)[latest.body_id],
        "topic": keys(session, Topic)[latest.topic_id],
        "meeting": keys(session, Meeting)[latest.meeting_id],
        "gaps": [named[row.gap_id] for row in gaps(latest.id)],
        "goals": _goals(session, latest),
        "obligations": _obligations(session, latest),
        "measures": _measures(session, latest),
        **_monitoring(session, latest),
        "history": [facts(row, "version", "date", "note") for row in history(latest.id)],
    }


def _goals(session: Session, of: Agreement) -> list[dict[str, Any]]:
    indicators, owners = owned(session, GoalIndicator, "goal_id"), keys(session, Organisation)
    return [
        {
            **facts(row, "key", "text"),
            "smart": facts(row, "specific", "measurable", "accepted", "realistic", "timed"),
            "indicators": [{**facts(each, *INDICATOR), "owner": owners[each.owner_id]} for each in indicators(row.id)],
        }
        for row in owned(session, Goal, "agreement_id")(of.id)
    ]


def _obligations(session: Session, of: Agreement) -> list[dict[str, Any]]:
    organisations, people = keys(session, Organisation), keys(session, Person)
    consents = {row.obligation_id: row for row in rows(session, OrgConsent)}
    found = []
    for row in owned(session, Obligation, "agreement_id")(of.id):
        consent = consents[row.id or 0]
        said = {"consent_on": consent.given_on, "by": people[consent.given_by_id], "reservation": consent.reservation}
        found.append(
            {
                "org": organisations[row.organisation_id],
                "text": row.text,
                "consent": plain(consent.state),
                **{name: value for name, value in said.items() if value is not None},
            }
        )
    return found


def _measures(session: Session, of: Agreement) -> list[dict[str, Any]]:
    organisations, goals, solutions = keys(session, Organisation), keys(session, Goal), keys(session, Solution)
    helpers = owned(session, MeasureContributor, "measure_id")
    return [
        {
            **facts(row, "key", "title", "text", "start", "due", "status"),
            **told(row, "resources", "risk"),
            "lead": organisations[row.lead_id],
            "contributors": [organisations[each.organisation_id] for each in helpers(row.id)],
            "goal": goals[row.goal_id],
            **({"builds_on": solutions[row.builds_on_id]} if row.builds_on_id else {}),
        }
        for row in owned(session, Measure, "agreement_id")(of.id)
    ]


def _monitoring(session: Session, of: Agreement) -> dict[str, Any]:
    bodies, organisations = keys(session, Body), keys(session, Organisation)
    addressees = owned(session, MonitoringAddressee, "plan_id")
    plan = next((row for row in rows(session, MonitoringPlan) if row.agreement_id == of.id), None)
    if plan is None:
        return {}
    return {
        "monitoring": {
            **facts(plan, "rhythm", "first_report"),
            **told(plan, "evaluation_due", "rule"),
            "reporter": organisations[plan.reporter_id],
            "to": [bodies[each.body_id] or each.text for each in addressees(plan.id)],
        }
    }
