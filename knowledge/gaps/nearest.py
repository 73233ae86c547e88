"""The gaps nearest to one that is being written: by its text, by the same transition, by the same agencies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from app.core.permissions import Actor
from knowledge.gaps.models import Gap, GapFacet
from knowledge.gaps.states import GapFacetName
from knowledge.gaps.visibility import readable_gaps
from knowledge.search.documents import Kind

LIMIT = 5
WEIGHTS = {GapFacetName.TRANSITION: 0.3, GapFacetName.INTERFACE: 0.1}
"""What a shared code counts beside the likeness of the text, which runs from 0 to 1."""


@dataclass(frozen=True)
class Near:
    """A gap with what it has in common."""

    gap: Gap
    score: float
    same_text: bool
    same_transition: bool
    same_interface: bool


def nearest(
    session: Session,
    actor: Actor,
    search: Any,
    text: str,
    codes: Mapping[GapFacetName, Collection[str]],
    but: str = "",
) -> list[Near]:
    """The five nearest gaps that the reader may read, the nearest first; neither the gap `but` nor merged ones."""
    hits = search.similar(actor, text=text, kinds=(Kind.GAP,), limit=LIMIT * 2) if text.strip() else ()
    likeness = {hit.key: float(hit.score) for hit in hits}
    shared = _shared(session, codes)
    wanted = (col(Gap.key).in_(likeness) | col(Gap.id).in_(shared), col(Gap.merged_into_id).is_(None))
    rows = session.exec(select(Gap).where(*wanted, readable_gaps(actor), col(Gap.key) != but))
    found = [_near(gap, likeness, shared.get(gap.id or 0, {})) for gap in rows]
    return sorted(found, key=lambda near: (-near.score, near.gap.key))[:LIMIT]


def _near(gap: Gap, likeness: Mapping[str, float], shared: Mapping[GapFacetName, int]) -> Near:
    score = likeness.get(gap.key, 0.0) + sum(min(3, number) * WEIGHTS[facet] for facet, number in shared.items())
    transition, interface = (bool(shared.get(facet)) for facet in WEIGHTS)
    return Near(gap, score, gap.key in likeness, transition, interface)


def _shared(session: Session, codes: Mapping[GapFacetName, Collection[str]]) -> dict[int, dict[GapFacetName, int]]:
    """How many codes each gap shares, those with most first. One statement; one shared agency alone says nothing."""
    wanted = [
        (col(GapFacet.facet) == facet) & col(GapFacet.key).in_(codes[facet]) for facet in WEIGHTS if codes.get(facet)
    ]
    if not wanted:
        return {}
    statement: Any = (
        select(col(GapFacet.gap_id), col(GapFacet.facet), func.count())
        .where(sa.or_(*wanted))
        .group_by(col(GapFacet.gap_id), col(GapFacet.facet))
        .having((func.count() > 1) | (col(GapFacet.facet) == GapFacetName.TRANSITION))
        .order_by(func.count().desc(), col(GapFacet.gap_id).desc())
        .limit(200)
    )
    found: dict[int, dict[GapFacetName, int]] = {}
    for gap_id, facet, number in session.exec(statement):
        found.setdefault(gap_id, {})[GapFacetName(facet)] = number
    return found
