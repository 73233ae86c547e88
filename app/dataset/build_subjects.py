"""What a demo file's decisions are about.

The file says it outright for a report to the state, and in words for the rest: by a gap's key, by a
topic's title or a project group's name between quotes. Without these rows the thread would end here.
"""

from collections.abc import Iterator

from app.dataset.building import Building
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_meetings import DecisionGiven
from meetings.agenda.states import DecisionKind
from meetings.decisions.models import DecisionSubject
from meetings.decisions.states import SubjectRelation


def build_subjects(build: Building, demo: DemoFile) -> None:
    """Link every decision to what it names."""
    for decision in demo.decisions:
        escalated = escalated_by(demo, decision)
        concerned = [link for link in dict.fromkeys(named_in(demo, decision)) if link not in escalated]
        for relation, links in ((SubjectRelation.ESCALATES, escalated), (SubjectRelation.CONCERNS, concerned)):
            build.add(_subject(build, decision, relation, index, link) for index, link in enumerate(links))


def escalated_by(demo: DemoFile, decision: DecisionGiven) -> list[tuple[str, str]]:
    """The gaps that the file says were reported to the state by this decision."""
    return [("gaps", gap.key) for gap in demo.gaps if gap.escalation and gap.escalation.by_decision == decision.key]


def named_in(demo: DemoFile, decision: DecisionGiven) -> Iterator[tuple[str, str]]:
    """Section and key of everything that the text of a decision names; a mandate names body and topic."""
    for gap in demo.gaps:
        if gap.key in decision.text:
            yield "gaps", gap.key
    for topic in demo.topics:
        if f"„{topic.title}“" in decision.text:
            yield "topics", topic.key
    for body in demo.bodies:
        if decision.kind == DecisionKind.MANDATE and _is_named(body.name, decision.text):
            yield "bodies", body.key
            if body.topic:
                yield "topics", body.topic


def _is_named(name: str, text: str) -> bool:
    """A group is cited whole or without its first word: „Übergang AsylbLG – SGB II“."""
    return f"„{name}“" in text or f"„{name.partition(' ')[2]}“" in text


def _subject(
    build: Building, decision: DecisionGiven, relation: SubjectRelation, position: int, link: tuple[str, str]
) -> DecisionSubject:
    section, key = link
    return DecisionSubject(
        decision_id=build.id("decisions", decision.key),
        relation=relation,
        position=position,
        gap_id=build.id("gaps", key) if section == "gaps" else None,
        topic_id=build.id("topics", key) if section == "topics" else None,
        body_id=build.id("bodies", key) if section == "bodies" else None,
    )
