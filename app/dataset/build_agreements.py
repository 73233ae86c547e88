"""Rows of a demo file's target agreement."""

from app.dataset.building import Building
from app.dataset.schema_meetings import AgreementGiven, GoalGiven, MeasureGiven, MonitoringGiven, ObligationGiven
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

PLAIN_FACTS = {
    "key",
    "title",
    "state",
    "version",
    "valid_from",
    "valid_until",
    "situation",
    "guiding_goal",
    "data_protection",
    "escalation",
}


def build_agreement(build: Building, given: AgreementGiven) -> None:
    """The agreement with everything that belongs to it."""
    agreement = Agreement(
        body_id=build.id_or_none("bodies", given.body),
        topic_id=build.id_or_none("topics", given.topic),
        meeting_id=build.id_or_none("meetings", given.meeting),
        **given.model_dump(include=PLAIN_FACTS),
    )
    build.add_keyed("agreements", {given.key: agreement})
    agreement_id = build.id("agreements", given.key)
    build.add(
        AgreementGap(agreement_id=agreement_id, gap_id=build.id("gaps", key), position=i)
        for i, key in enumerate(given.gaps)
    )
    build.add(AgreementVersion(agreement_id=agreement_id, **row.model_dump()) for row in given.history)
    _build_goals(build, agreement_id, given.goals)
    _build_obligations(build, agreement_id, given.obligations)
    _build_measures(build, agreement_id, given.measures)
    if given.monitoring:
        _build_monitoring(build, agreement_id, given.monitoring)


def _build_goals(build: Building, agreement_id: int, given: list[GoalGiven]) -> None:
    goals = {
        row.key: Goal(agreement_id=agreement_id, key=row.key, position=index, text=row.text, **row.smart.model_dump())
        for index, row in enumerate(given)
    }
    build.add_keyed("goals", goals)
    build.add(
        GoalIndicator(
            goal_id=build.id("goals", row.key),
            position=index,
            owner_id=build.id("organisations", indicator.owner),
            **indicator.model_dump(exclude={"owner"}),
        )
        for row in given
        for index, indicator in enumerate(row.indicators)
    )


def _build_obligations(build: Building, agreement_id: int, given: list[ObligationGiven]) -> None:
    rows = [
        Obligation(
            agreement_id=agreement_id, organisation_id=build.id("organisations", row.org), position=index, text=row.text
        )
        for index, row in enumerate(given)
    ]
    build.add(rows)
    build.add(
        OrgConsent(
            obligation_id=written.id or 0,
            state=row.consent,
            given_on=row.consent_on,
            given_by_id=build.id_or_none("people", row.by),
            reservation=row.reservation,
        )
        for written, row in zip(rows, given, strict=True)
    )


def _build_measures(build: Building, agreement_id: int, given: list[MeasureGiven]) -> None:
    rows = [
        Measure(
            agreement_id=agreement_id,
            goal_id=build.id("goals", row.goal),
            position=index,
            lead_id=build.id("organisations", row.lead),
            builds_on_id=build.id_or_none("past_solutions", row.builds_on),
            **row.model_dump(include={"key", "title", "text", "start", "due", "status", "resources", "risk"}),
        )
        for index, row in enumerate(given)
    ]
    build.add(rows)
    build.add(
        MeasureContributor(measure_id=written.id or 0, organisation_id=build.id("organisations", key), position=index)
        for written, row in zip(rows, given, strict=True)
        for index, key in enumerate(row.contributors)
    )


def _build_monitoring(build: Building, agreement_id: int, given: MonitoringGiven) -> None:
    plan = MonitoringPlan(
        agreement_id=agreement_id,
        reporter_id=build.id("organisations", given.reporter),
        **given.model_dump(exclude={"reporter", "to"}),
    )
    plan_id = build.add_one(plan)
    bodies = build.ids["bodies"]
    build.add(
        MonitoringAddressee(
            plan_id=plan_id, position=index, body_id=bodies.get(name), text=None if name in bodies else name
        )
        for index, name in enumerate(given.to)
    )
