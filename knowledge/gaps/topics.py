"""Reading one topic: its gaps, its lineage, and the evidence of all together."""

from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from app.core.permissions import Actor
from knowledge.gaps.evidence import Strength, distinct_strength, strengths
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.visibility import readable_topics, topic_visibility, visible_levels
from knowledge.solutions.models import Solution, SolutionGap


@dataclass(frozen=True)
class FoundTopic:
    """A topic with its gaps; `visibility` is what `may_read_topic` asks for.

    A merged topic has no gaps any more: it is as open as the topic that took it in, `target`.
    """

    topic: Topic
    gaps: tuple[Gap, ...]
    visibility: str
    target: Topic | None = None

    @property
    def id(self) -> int:
        """The topic's id."""
        return self.topic.id or 0

    @property
    def state(self) -> str:
        """Where the topic stands."""
        return self.topic.state

    @property
    def is_merged(self) -> bool:
        """Whether another topic took it in."""
        return self.target is not None

    @property
    def gap_ids(self) -> list[int]:
        """The ids of its gaps in their order."""
        return [gap.id or 0 for gap in self.gaps]


@dataclass(frozen=True)
class TopicSheet:
    """What the page of a topic adds: the evidence of each gap, and of all together."""

    strengths: dict[int, Strength]
    cases: int
    organisations: int
    solutions: tuple[Solution, ...]


@dataclass(frozen=True)
class Lineage:
    """Where a topic comes from and what came out of it, as far as the reader may read it."""

    split_from: Topic | None
    split_off: tuple[Topic, ...]
    merged_here: tuple[Topic, ...]


def topic_by_key(session: Session, key: str) -> FoundTopic | None:
    """The topic of this key with its gaps in their order."""
    topic = session.exec(select(Topic).where(col(Topic.key) == key)).first()
    if topic is None:
        return None
    target = session.exec(select(Topic).where(col(Topic.id) == topic.merged_into_id)).first()
    holder = target or topic
    gaps = gaps_of(session, holder.id or 0)
    visibility = topic_visibility(holder.state, [gap.visibility for gap in gaps])
    return FoundTopic(topic, () if target else gaps, visibility, target)


def gaps_of(session: Session, topic_id: int) -> tuple[Gap, ...]:
    """The gaps of a topic in their order. One statement."""
    statement = select(Gap).where(col(Gap.topic_id) == topic_id).order_by(col(Gap.topic_position), col(Gap.key))
    return tuple(session.exec(statement))


def sheet(session: Session, actor: Actor, found: FoundTopic) -> TopicSheet:
    """Evidence and solutions of the topic's gaps. Three statements."""
    gap_ids = found.gap_ids
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


def lineage(session: Session, actor: Actor, topic: Topic) -> Lineage:
    """The topic's relatives. Merged ones have no gaps and are as open as this one; the others ask for themselves."""
    kin = or_(
        col(Topic.id) == topic.split_from_id,
        col(Topic.split_from_id) == topic.id,
    )
    rows = session.exec(select(Topic).where(kin, readable_topics(actor)).order_by(col(Topic.key))).all()
    merged = session.exec(select(Topic).where(col(Topic.merged_into_id) == topic.id).order_by(col(Topic.key))).all()
    return Lineage(
        next((row for row in rows if row.id == topic.split_from_id), None),
        tuple(row for row in rows if row.split_from_id == topic.id),
        tuple(merged),
    )
