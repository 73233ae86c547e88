"""Reading topics: the brief of one, with the gaps that it bundles and their evidence together."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.gaps.evidence import Strength, distinct_strength, strengths
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.visibility import topic_visibility, visible_levels
from knowledge.solutions.models import Solution, SolutionGap


@dataclass(frozen=True)
class FoundTopic:
    """A topic with its gaps; `visibility` is what `may_read_topic` asks for."""

    topic: Topic
    gaps: tuple[Gap, ...]
    visibility: str


@dataclass(frozen=True)
class TopicSheet:
    """What the page of a topic adds: the evidence of each gap, and of all together."""

    strengths: dict[int, Strength]
    cases: int
    organisations: int
    solutions: tuple[Solution, ...]


def topic_by_key(session: Session, key: str) -> FoundTopic | None:
    """The topic of this key with its gaps in their order."""
    topic = session.exec(select(Topic).where(col(Topic.key) == key)).first()
    if topic is None:
        return None
    gaps = session.exec(
        select(Gap).where(col(Gap.topic_id) == topic.id).order_by(col(Gap.topic_position), col(Gap.key))
    ).all()
    return FoundTopic(topic, tuple(gaps), topic_visibility(topic.state, [gap.visibility for gap in gaps]))


def sheet(session: Session, actor: Actor, found: FoundTopic) -> TopicSheet:
    """Evidence and solutions of the topic's gaps. Three statements."""
    gap_ids = [gap.id or 0 for gap in found.gaps]
    cases, organisations = distinct_strength(session, gap_ids)
    statement = (
        select(Solution)
        .where(
            col(Solution.id).in_(select(SolutionGap.solution_id).where(col(SolutionGap.gap_id).in_(gap_ids))),
            col(Solution.visibility).in_(visible_levels(actor)),
        )
        .order_by(col(Solution.key))
    )
    return TopicSheet(strengths(session, gap_ids), cases, organisations, tuple(session.exec(statement)))
