"""Reading several topics: the list with its counts, what may be bundled, and what a topic may be merged with."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import distinct
from sqlmodel import Session, col, func, select

from app.core.permissions import Actor
from app.people.models import Municipality
from knowledge.gaps.evidence import strengths, supporting
from knowledge.gaps.models import Gap, GapFacet, GapMunicipality, Topic
from knowledge.gaps.states import GapFacetName, GapStatus, TopicState
from knowledge.gaps.visibility import readable_topics

PAGE_SIZE = 25
CANDIDATES = 20
"""So many gaps are offered at once; a search narrows them."""

BUNDLED_FROM = (GapStatus.TOPIC_STORE, GapStatus.IN_REVIEW, GapStatus.REPORTED, GapStatus.DEFERRED)
"""States from which a gap may join a topic; the topic store is where it should be before the topic is submitted."""


def may_join(gap: Gap) -> bool:
    """Whether the gap has no topic and stands where it may join one."""
    return gap.topic_id is None and gap.merged_into_id is None and gap.status in BUNDLED_FROM


@dataclass(frozen=True)
class TopicRow:
    """A topic of the list: its gaps' distinct cases one by one, and those of all together."""

    topic: Topic
    gaps: int
    cases: int
    cases_of_gaps: tuple[int, ...]

    @property
    def id(self) -> int:
        """The topic's id, which names the row."""
        return self.topic.id or 0


@dataclass(frozen=True)
class TopicList:
    """One page of the list with the number of topics in each state."""

    rows: tuple[TopicRow, ...]
    counts: dict[TopicState, int]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE_SIZE))


def topics(
    session: Session, actor: Actor, state: TopicState | None = None, words: str = "", page: int = 1
) -> TopicList:
    """The topics that the reader may read, ranked ones first. Five statements, however many there are."""
    standing = [col(Topic.merged_into_id).is_(None), readable_topics(actor), *_says(words)]
    counted = session.exec(select(Topic.state, func.count(col(Topic.id))).where(*standing).group_by(col(Topic.state)))
    counts = {TopicState(each): number for each, number in counted}
    total = sum(counts.values()) if state is None else counts.get(state, 0)
    shown = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    statement = select(Topic).where(*standing).order_by(col(Topic.rank).asc().nulls_last(), col(Topic.key).desc())
    if state is not None:
        statement = statement.where(col(Topic.state) == state)
    found = session.exec(statement.limit(PAGE_SIZE).offset((shown - 1) * PAGE_SIZE)).all()
    return TopicList(_rows(session, found), counts, total, shown)


def every_topic(session: Session, actor: Actor, state: TopicState | None, words: str) -> tuple[TopicRow, ...]:
    """All topics of this choice in the order of the list, for a list to take away. Four statements."""
    statement = select(Topic).where(col(Topic.merged_into_id).is_(None), readable_topics(actor), *_says(words))
    if state is not None:
        statement = statement.where(col(Topic.state) == state)
    order = (col(Topic.rank).asc().nulls_last(), col(Topic.key).desc())
    return _rows(session, session.exec(statement.order_by(*order)).all())


def _says(words: str) -> list[Any]:
    """Conditions that every typed word stands in the title, the question or the key."""
    where = (col(Topic.title), col(Topic.guiding_question), col(Topic.key))
    return [sa.or_(*(column.icontains(word, autoescape=True) for column in where)) for word in words.split()]


def _rows(session: Session, found: Collection[Topic]) -> tuple[TopicRow, ...]:
    ids = [topic.id or 0 for topic in found]
    bundled: dict[int, list[int]] = {}
    for topic_id, gap_id in session.exec(select(Gap.topic_id, Gap.id).where(col(Gap.topic_id).in_(ids))):
        bundled.setdefault(topic_id or 0, []).append(gap_id or 0)
    together = _distinct_cases(session, ids)
    strength = strengths(session, [gap_id for gaps in bundled.values() for gap_id in gaps])
    rows = ((topic, bundled.get(topic.id or 0, [])) for topic in found)
    return tuple(
        TopicRow(topic, len(gaps), together.get(topic.id or 0, 0), tuple(strength[gap_id].cases for gap_id in gaps))
        for topic, gaps in rows
    )


def _distinct_cases(session: Session, topic_ids: Collection[int]) -> dict[int, int]:
    """The distinct cases behind each topic. One statement."""
    evidence = supporting(select(Gap.id).where(col(Gap.topic_id).in_(topic_ids)))
    statement: Any = (
        sa.select(col(Gap.topic_id), func.count(distinct(evidence.c.case_id)))
        .join(evidence, evidence.c.gap_id == col(Gap.id))
        .group_by(col(Gap.topic_id))
    )
    return dict(session.exec(statement).all())


def candidates(
    session: Session, words: str = "", standing: Collection[GapStatus] = BUNDLED_FROM
) -> tuple[tuple[Gap, ...], int]:
    """Gaps without a topic that may join one, the most pressing first, and how many there are. For the coordination."""
    where = (col(Gap.title), col(Gap.summary), col(Gap.key))
    said = [sa.or_(*(column.icontains(word, autoescape=True) for column in where)) for word in words.split()]
    free = [col(Gap.topic_id).is_(None), col(Gap.merged_into_id).is_(None), col(Gap.status).in_(standing)]
    pressing = (col(Gap.severity) * col(Gap.frequency)).desc()
    statement = select(Gap).where(*free, *said).order_by(pressing, col(Gap.key)).limit(CANDIDATES)
    total = session.exec(select(func.count(col(Gap.id))).where(*free, *said)).one()
    return tuple(session.exec(statement)), total


def unfit_to_join(session: Session, gap_keys: Collection[str]) -> tuple[str, ...]:
    """Those of the keys whose gaps may not join a topic, or that nothing has. One statement."""
    fit = {gap.key for gap in session.exec(select(Gap).where(col(Gap.key).in_(gap_keys))) if may_join(gap)}
    return tuple(sorted(set(gap_keys) - fit))


def mergeable(session: Session, topic: Topic) -> tuple[Topic, ...]:
    """The other topics that stand where this one stands. For the coordination."""
    statement = select(Topic).where(
        col(Topic.state) == topic.state, col(Topic.merged_into_id).is_(None), col(Topic.id) != topic.id
    )
    return tuple(session.exec(statement.order_by(col(Topic.key))))


@dataclass(frozen=True)
class Scope:
    """What the gaps of a topic are about together: the codes of each facet, and the municipalities that are named."""

    codes: dict[GapFacetName, tuple[str, ...]]
    municipalities: tuple[str, ...]
    conceals: bool = False
    """Whether municipalities and groups of some of the gaps are left out, be there any or not."""


def scope_of(session: Session, gap_ids: Collection[int], told: Collection[int]) -> Scope:
    """Codes and municipalities of these gaps, each once, the most frequent first. Two statements.

    Municipalities and affected groups come only from those gaps of which they may be told, `told` (see `places.py`).
    """
    may_be_told = (col(GapFacet.facet) != GapFacetName.AFFECTED_GROUP) | col(GapFacet.gap_id).in_(told)
    counted = select(GapFacet.facet, GapFacet.key, func.count()).where(col(GapFacet.gap_id).in_(gap_ids), may_be_told)
    codes: dict[GapFacetName, tuple[str, ...]] = {}
    grouped = counted.group_by(col(GapFacet.facet), col(GapFacet.key))
    for facet, key, _number in session.exec(
        grouped.order_by(func.count().desc(), func.min(col(GapFacet.position)), col(GapFacet.key))
    ):
        codes[GapFacetName(facet)] = (*codes.get(GapFacetName(facet), ()), key)
    named = select(Municipality.name).where(
        col(Municipality.id).in_(
            select(col(GapMunicipality.municipality_id)).where(col(GapMunicipality.gap_id).in_(told))
        )
    )
    conceals = not set(gap_ids) <= set(told)
    return Scope(codes, tuple(session.exec(named.order_by(col(Municipality.name)))), conceals)
