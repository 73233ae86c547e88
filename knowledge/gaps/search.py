"""Gaps and topics as search documents. Evidence, reports and notes of the coordination never go into the index."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime

from sqlmodel import Session, col, func, select

from knowledge.gaps.models import Gap, GapFacet, GapHistory, Topic
from knowledge.gaps.policy import BODY, COORDINATION, NETWORK, PUBLIC
from knowledge.gaps.states import GapFacetName
from knowledge.gaps.visibility import topic_visibility
from knowledge.search import audience
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.registry import Source, registry

AUDIENCES = {
    COORDINATION: frozenset({audience.role("coordination")}),
    BODY: frozenset({audience.role("coordination"), audience.MEMBERS}),
    NETWORK: frozenset({audience.EVERYONE}),
    PUBLIC: frozenset({audience.EVERYONE}),
}


def audience_of(visibility: str) -> frozenset[str]:
    """Whom `policy.sees` lets read this level, as audience tokens; unknown levels are the coordination's alone."""
    return AUDIENCES.get(visibility, AUDIENCES[COORDINATION])


def register() -> None:
    """Tell search where gaps and topics come from."""
    registry.register(Source(Kind.GAP, gap_documents, gap_documents))
    registry.register(Source(Kind.TOPIC, topic_documents, topic_documents))


def gap_documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The gaps of these keys, or all; merged ones are found under the gap that took them in. Three statements."""
    statement = select(Gap).where(col(Gap.merged_into_id).is_(None))
    if keys is not None:
        statement = statement.where(col(Gap.key).in_(keys))
    rows = session.exec(statement).all()
    ids = [row.id or 0 for row in rows] if keys is not None else None
    codes, moved = _codes(session, ids), _last_steps(session, ids)
    for row in rows:
        yield SearchDocument(
            kind=Kind.GAP,
            key=row.key,
            title=row.title,
            body=row.summary,
            url=f"/fehlstellen/{row.key}",
            audience=audience_of(row.visibility),
            updated=moved.get(row.id or 0) or _day(row.first_reported),
            facets={"status": (row.status.value,), **codes.get(row.id or 0, {})},
        )


def _codes(session: Session, gap_ids: Collection[int] | None) -> dict[int, dict[str, tuple[str, ...]]]:
    statement = select(GapFacet.gap_id, GapFacet.facet, GapFacet.key).order_by(col(GapFacet.position))
    if gap_ids is not None:
        statement = statement.where(col(GapFacet.gap_id).in_(gap_ids))
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for gap_id, facet, key in session.exec(statement):
        name = "cause" if facet == GapFacetName.KIND else str(facet)
        of_gap = found.setdefault(gap_id, {})
        of_gap[name] = (*of_gap.get(name, ()), key)
    return found


def _last_steps(session: Session, gap_ids: Collection[int] | None) -> dict[int, datetime]:
    statement = select(GapHistory.gap_id, func.max(col(GapHistory.at))).group_by(col(GapHistory.gap_id))
    if gap_ids is not None:
        statement = statement.where(col(GapHistory.gap_id).in_(gap_ids))
    return dict(session.exec(statement).all())


def topic_documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The topics of these keys, or all, each with the titles of its gaps. Two statements."""
    statement = select(Topic)
    if keys is not None:
        statement = statement.where(col(Topic.key).in_(keys))
    topics = session.exec(statement).all()
    gaps: dict[int, list[Gap]] = {}
    bundled = select(Gap).where(col(Gap.topic_id).in_([topic.id for topic in topics]))
    for gap in session.exec(bundled.order_by(col(Gap.topic_position), col(Gap.key))):
        gaps.setdefault(gap.topic_id or 0, []).append(gap)
    for topic in topics:
        of_topic = gaps.get(topic.id or 0, [])
        yield SearchDocument(
            kind=Kind.TOPIC,
            key=topic.key,
            title=topic.title,
            body="\n".join(filter(None, [topic.brief, *(gap.title for gap in of_topic)])),
            url=f"/themen/{topic.key}",
            audience=audience_of(topic_visibility(topic.state, [gap.visibility for gap in of_topic])),
            updated=_day(max((gap.first_reported for gap in of_topic), default=date(2000, 1, 1))),
            facets={"state": (topic.state.value,)},
        )


def _day(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
