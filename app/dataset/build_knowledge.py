"""Rows of a demo file's gaps, topics, solutions and workshops."""

from collections.abc import Iterator

from app.dataset.building import Building
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_knowledge import GapGiven, SolutionGiven, WorkshopGiven
from knowledge.gaps.models import Escalation, Evidence, Gap, GapFacet, GapIndicator, GapMunicipality, Topic
from knowledge.gaps.states import GapFacetName, Polarity
from knowledge.solutions.models import Solution, SolutionDocument, SolutionGap, SolutionLesson, SolutionOrganisation
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopCaseOrganisation, WorkshopOrganisation

PLAIN_FACTS = {
    "key",
    "title",
    "summary",
    "solvable_at",
    "severity",
    "frequency",
    "status",
    "visibility",
    "first_reported",
    "reports",
    "report_source",
    "evidence_note",
    "deadline",
    "deadline_note",
    "deferred_until",
    "deferred_reason",
}


def build_gaps(build: Building, demo: DemoFile) -> None:
    """Topics and gaps with everything but their evidence, which needs the cases."""
    build.add_keyed("topics", {t.key: Topic(key=t.key, title=t.title, state=t.state, rank=t.rank) for t in demo.topics})
    places = {key: place for topic in demo.topics for place, key in enumerate(topic.gaps)}
    build.add_keyed("gaps", {given.key: _gap(build, given, places.get(given.key)) for given in demo.gaps})
    for given in demo.gaps:
        gap_id = build.id("gaps", given.key)
        build.add(_facets(gap_id, given))
        build.add(
            GapMunicipality(gap_id=gap_id, municipality_id=build.id("municipalities", key), position=index)
            for index, key in enumerate(given.municipalities)
        )
        build.add(
            GapIndicator(gap_id=gap_id, position=index, **row.model_dump())
            for index, row in enumerate(given.indicators)
        )
        if given.escalation:
            build.add([Escalation(gap_id=gap_id, **given.escalation.model_dump(exclude={"by_decision"}))])


def _gap(build: Building, given: GapGiven, place: int | None) -> Gap:
    topic_id = build.id_or_none("topics", given.topic)
    return Gap(topic_id=topic_id, topic_position=place, **given.model_dump(include=PLAIN_FACTS))


def _facets(gap_id: int, given: GapGiven) -> Iterator[GapFacet]:
    codes = {
        GapFacetName.LIFE_DOMAIN: given.life_domains,
        GapFacetName.LEGAL_DOMAIN: given.legal_domains,
        GapFacetName.INTERFACE: given.interface,
        GapFacetName.TRANSITION: given.transitions,
        GapFacetName.AFFECTED_GROUP: given.affected_groups,
        GapFacetName.KIND: given.kinds,
    }
    for facet, keys in codes.items():
        for index, key in enumerate(keys):
            yield GapFacet(gap_id=gap_id, facet=facet, key=key, position=index)


def build_evidence(build: Building, demo: DemoFile) -> None:
    """The stations that speak for and against each gap, once cases and gaps are there."""
    for given in demo.gaps:
        gap_id = build.id("gaps", given.key)
        build.add(
            Evidence(
                gap_id=gap_id,
                station_id=build.id("stations", row.station),
                finding_id=build.id("findings", f"{row.station} {given.key}"),
                polarity=Polarity.FOR,
                position=index,
            )
            for index, row in enumerate(given.evidence)
        )
        build.add(
            Evidence(
                gap_id=gap_id,
                station_id=build.id("stations", row.station),
                polarity=Polarity.AGAINST,
                position=index,
                text=row.text,
            )
            for index, row in enumerate(given.counter_evidence)
        )


def build_solutions(build: Building, demo: DemoFile) -> None:
    """What was tried, with lessons, documents, organisations and gaps."""
    build.add_keyed("past_solutions", {given.key: _solution(given) for given in demo.past_solutions})
    places = {(gap.key, key): place for gap in demo.gaps for place, key in enumerate(gap.solutions)}
    for given in demo.past_solutions:
        solution_id = build.id("past_solutions", given.key)
        build.add(
            SolutionLesson(solution_id=solution_id, position=i, text=text) for i, text in enumerate(given.lessons)
        )
        build.add(
            SolutionDocument(solution_id=solution_id, position=i, title=title)
            for i, title in enumerate(given.documents)
        )
        build.add(
            SolutionOrganisation(solution_id=solution_id, organisation_id=build.id("organisations", key), position=i)
            for i, key in enumerate(given.orgs)
        )
        build.add(
            SolutionGap(
                solution_id=solution_id, gap_id=build.id("gaps", key), position=i, gap_position=places[key, given.key]
            )
            for i, key in enumerate(given.gaps)
        )


def _solution(given: SolutionGiven) -> Solution:
    facts = given.model_dump(include={"key", "title", "kind", "effect", "description", "result", "transfer", "cost"})
    return Solution(period_start=given.period.start, period_end=given.period.end, **facts)


def build_workshops(build: Building, demo: DemoFile) -> None:
    """Workshops, who is invited, and who attends which case."""
    build.add_keyed("workshops", {given.key: _workshop(build, given) for given in demo.workshops})
    for given in demo.workshops:
        workshop_id = build.id("workshops", given.key)
        build.add(
            WorkshopOrganisation(workshop_id=workshop_id, organisation_id=build.id("organisations", key), position=i)
            for i, key in enumerate(given.participants_orgs)
        )
        cases = {
            row.case: WorkshopCase(
                workshop_id=workshop_id,
                case_id=build.id("cases", row.case),
                position=i,
                starts_at=build.moment(given.date, row.start),
                ends_at=build.moment(given.date, row.end),
            )
            for i, row in enumerate(given.cases)
        }
        build.add(cases.values())
        build.add(
            WorkshopCaseOrganisation(
                workshop_case_id=cases[row.case].id or 0, organisation_id=build.id("organisations", key), position=i
            )
            for row in given.cases
            for i, key in enumerate(row.orgs)
        )


def _workshop(build: Building, given: WorkshopGiven) -> Workshop:
    facts = {"key", "title", "date", "place", "format", "question", "confidentiality_confirmed", "state", "released_on"}
    return Workshop(
        starts_at=build.moment(given.date, given.start),
        ends_at=build.moment(given.date, given.end),
        moderation_id=build.id("people", given.moderation),
        minute_taker_id=build.id("people", given.minutes),
        **given.model_dump(include=facts),
    )
