"""Solutions that may help with a gap although nobody linked them: same transition, same interface, similar text."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.gaps.models import Gap, GapFacet
from knowledge.gaps.states import GapFacetName
from knowledge.gaps.visibility import readable_gaps, visible_levels
from knowledge.search.backend import Hit
from knowledge.solutions.models import Solution, SolutionGap
from knowledge.solutions.rules import Likeness, Reason, suggested

MOST = 5
_CODES = (GapFacetName.TRANSITION, GapFacetName.INTERFACE)


@dataclass(frozen=True)
class Suggestion:
    """A solution with the reasons for which it is shown."""

    solution: Solution
    reasons: tuple[Reason, ...]


def suggestions_for(
    session: Session,
    actor: Actor,
    codes: Mapping[GapFacetName, Collection[str]],
    *,
    alike: Collection[Hit] = (),
    linked: Collection[int] = (),
) -> list[Suggestion]:
    """What was tried for gaps like this one, as far as the reader may read both. Two statements.

    `codes` are those of the gap, `alike` the solutions that search finds for its text, `linked` the ids of solutions
    that already belong to it.
    """
    keys = [hit.key for hit in alike]
    shared = _shared_codes(session, actor, codes)
    rows = session.exec(
        select(Solution).where(
            col(Solution.id).in_(shared) | col(Solution.key).in_(keys),
            col(Solution.id).not_in(linked),
            col(Solution.visibility).in_(visible_levels(actor)),
        )
    ).all()
    by_id = {row.id or 0: row for row in rows}
    found = suggested((_likeness(row, shared, keys) for row in rows), MOST)
    return [Suggestion(by_id[each.solution_id], each.reasons()) for each in found]


def _likeness(row: Solution, shared: Mapping[int, set[tuple[str, str]]], keys: Collection[str]) -> Likeness:
    codes = shared.get(row.id or 0, set())
    transitions = {key for facet, key in codes if facet == GapFacetName.TRANSITION}
    return Likeness(row.id or 0, transitions, {key for _facet, key in codes} - transitions, row.key in keys)


def _shared_codes(
    session: Session, actor: Actor, codes: Mapping[GapFacetName, Collection[str]]
) -> dict[int, set[tuple[str, str]]]:
    """The codes that the readable gaps of each solution share with the given ones. One statement."""
    wanted = [
        (col(GapFacet.facet) == facet) & col(GapFacet.key).in_(codes[facet]) for facet in _CODES if codes.get(facet)
    ]
    if not wanted:
        return {}
    condition = wanted[0] if len(wanted) == 1 else wanted[0] | wanted[1]
    statement = (
        select(SolutionGap.solution_id, GapFacet.facet, GapFacet.key)
        .join(GapFacet, col(GapFacet.gap_id) == col(SolutionGap.gap_id))
        .join(Gap, col(Gap.id) == col(SolutionGap.gap_id))
        .where(condition, readable_gaps(actor))
    )
    found: dict[int, set[tuple[str, str]]] = {}
    for solution_id, facet, key in session.exec(statement):
        found.setdefault(solution_id, set()).add((str(GapFacetName(facet)), key))
    return found
