"""Gaps and topics as search documents. Evidence, reports and notes of the coordination never go into the index."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime

from sqlmodel import Session, col, func, select

from app.core.database import SCOPE
from app.people.models import Municipality, Tenant
from knowledge.gaps.evidence import strengths
from knowledge.gaps.models import Gap, GapFacet, GapHistory, GapMunicipality, Topic
from knowledge.gaps.policy import BODY, COORDINATION, NETWORK, PUBLIC
from knowledge.gaps.rules import MIN_CELL
from knowledge.gaps.states import GapFacetName
from knowledge.gaps.suppression import smallest_cell
from knowledge.gaps.visibility import topic_visibility
from knowledge.search import audience, vocabulary
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
    """The gaps of these keys, or all; merged ones are found under the gap that took them in. Six statements."""
    statement = select(Gap).where(col(Gap.merged_into_id).is_(None))
    if keys is not None:
        statement = statement.where(col(Gap.key).in_(keys))
    rows = session.exec(statement).all()
    ids = [row.id or 0 for row in rows] if keys is not None else None
    codes, moved, towns = _codes(session, ids), _last_steps(session, ids), _towns(session, ids)
    words = vocabulary.load(session)
    for row in rows:
        facets = {
            "status": (row.status.value,),
            "year": (str(row.first_reported.year),),
            "municipality": towns.get(row.id or 0, ()),
            **codes.get(row.id or 0, {}),
        }
        yield SearchDocument(
            kind=Kind.GAP,
            key=row.key,
            title=row.title,
            body=row.summary,
            url=f"/fehlstellen/{row.key}",
            audience=audience_of(row.visibility),
            updated=moved.get(row.id or 0) or _day(row.first_reported),
            facets=facets,
            labels=vocabulary.labels(words, facets),
        )


def _codes(session: Session, gap_ids: Collection[int] | None) -> dict[int, dict[str, tuple[str, ...]]]:
    """The codes that everybody may look for; groups would narrow a person down where there are few cases (DP-11)."""
    told = col(GapFacet.facet) != GapFacetName.AFFECTED_GROUP
    statement = select(GapFacet.gap_id, GapFacet.facet, GapFacet.key).where(told).order_by(col(GapFacet.position))
    if gap_ids is not None:
        statement = statement.where(col(GapFacet.gap_id).in_(gap_ids))
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for gap_id, facet, key in session.exec(statement):
        name = "cause" if facet == GapFacetName.KIND else str(facet)
        of_gap = found.setdefault(gap_id, {})
        of_gap[name] = (*of_gap.get(name, ()), key)
    return found


def _towns(session: Session, gap_ids: Collection[int] | None) -> dict[int, tuple[str, ...]]:
    """The municipalities of the gaps with so many cases that they may be told to every reader (DP-11)."""
    statement = (
        select(GapMunicipality.gap_id, Municipality.key)
        .join(Municipality, col(Municipality.id) == col(GapMunicipality.municipality_id))
        .order_by(col(GapMunicipality.position))
    )
    if gap_ids is not None:
        statement = statement.where(col(GapMunicipality.gap_id).in_(gap_ids))
    found: dict[int, tuple[str, ...]] = {}
    for gap_id, key in session.exec(statement):
        found[gap_id] = (*found.get(gap_id, ()), key)
    strength, cell = strengths(session, list(found)), smallest_cell(_min_cell(session))
    return {gap_id: keys for gap_id, keys in found.items() if strength[gap_id].cases >= cell}


def _min_cell(session: Session) -> int:
    return session.exec(select(Tenant.min_cell).where(col(Tenant.id) == session.info.get(SCOPE))).first() or MIN_CELL


def _last_steps(session: Session, gap_ids: Collection[int] | None) -> dict[int, datetime]:
    statement = select(GapHistory.gap_id, func.max(col(GapHistory.at))).group_by(col(GapHistory.gap_id))
    if gap_ids is not None:
        statement = statement.where(col(GapHistory.gap_id).in_(gap_ids))
    return dict(session.exec(statement).all())


def topic_documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The topics of these keys, or all, with the titles of their gaps; merged ones are left out. Five statements."""
    statement = select(Topic).where(col(Topic.merged_into_id).is_(None))
    if keys is not None:
        statement = statement.where(col(Topic.key).in_(keys))
    topics = session.exec(statement).all()
    gaps: dict[int, list[Gap]] = {}
    bundled = select(Gap).where(col(Gap.topic_id).in_([topic.id for topic in topics]))
    for gap in session.exec(bundled.order_by(col(Gap.topic_position), col(Gap.key))):
        gaps.setdefault(gap.topic_id or 0, []).append(gap)
    bundled_ids = [gap.id or 0 for of_topic in gaps.values() for gap in of_topic]
    codes = _codes(session, None if keys is None else bundled_ids)
    words = vocabulary.load(session)
    for topic in topics:
        of_topic = gaps.get(topic.id or 0, [])
        shared = _shared(codes.get(gap.id or 0, {}) for gap in of_topic)
        yield SearchDocument(
            kind=Kind.TOPIC,
            key=topic.key,
            title=topic.title,
            body="\n".join(filter(None, [topic.guiding_question, topic.brief, *(gap.title for gap in of_topic)])),
            url=f"/themen/{topic.key}",
            audience=audience_of(topic_visibility(topic.state, [gap.visibility for gap in of_topic])),
            updated=_day(max((gap.first_reported for gap in of_topic), default=date(2000, 1, 1))),
            facets={"status": (topic.state.value,), **shared},
            labels=vocabulary.labels(words, shared),
        )


def _shared(codes: Iterable[dict[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """The codes of several gaps as those of their topic."""
    found: dict[str, tuple[str, ...]] = {}
    for of_gap in codes:
        for name, keys in of_gap.items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *keys)))
    return found


def _day(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
