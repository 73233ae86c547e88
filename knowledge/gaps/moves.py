"""What went along with a merging: writing it down, and finding what of it can come back.

Ids are given anew once a row is gone, so a move also notes what the row said. Who may separate is decided elsewhere.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app.core.i18n import ngettext
from knowledge.gaps import parts
from knowledge.gaps.models import GapLineage, GapMove
from knowledge.gaps.states import GapFacetName
from knowledge.gaps.text_codes import CODES
from knowledge.taxonomy.terms import label

TOPIC = "topic"
"""The part of a lineage that names the topic which a merged gap had; `said` is its place in it."""


@dataclass(frozen=True)
class Returning:
    """What a separation brings back, by part, and the moves whose rows are gone or say something else by now."""

    rows: dict[str, list[Any]]
    lost: tuple[GapMove, ...]


def hand_over(session: Session, lineage: GapLineage, name: str, rows: Collection[Any], target_id: int) -> None:
    """Hang the rows of a part on the target and note what they were."""
    parts.hand_over(session, rows, target_id)
    session.add_all(
        GapMove(lineage_id=lineage.id or 0, part=name, row_id=row.id, said=parts.said(name, row)) for row in rows
    )
    session.flush()


def moves_of(session: Session, lineage: GapLineage) -> list[GapMove]:
    """Everything that went along, in the order in which it went."""
    statement = select(GapMove).where(col(GapMove.lineage_id) == lineage.id).order_by(col(GapMove.id))
    return list(session.exec(statement))


def returning(session: Session, lineage: GapLineage) -> Returning:
    """Which rows are still at the target as they came, and have not been replaced at the source."""
    rows: dict[str, list[Any]] = {}
    lost: list[GapMove] = []
    moves = [move for move in moves_of(session, lineage) if move.part != TOPIC]
    for name in dict.fromkeys(move.part for move in moves):
        own = {move.row_id: move for move in moves if move.part == name}
        there = parts.by_ids(session, name, own, lineage.target_id)
        same = [row for row in there if own[row.id].said in (None, parts.said(name, row))]
        rows[name] = parts.without_twins(session, name, same, lineage.source_id)
        found = {row.id for row in same}
        lost += [move for row_id, move in own.items() if row_id not in found]
    return Returning(rows, tuple(lost))


def lost_words(lost: Collection[GapMove]) -> list[str]:
    """What does not come back, in words: codes and figures by their names, the rest counted."""
    named = [words for move in lost if (words := _name(move))]
    number = {name: sum(move.part == name and not _name(move) for move in lost) for name in _COUNTED}
    lines = {
        parts.EVIDENCE: ngettext("%(num)s Beleg", "%(num)s Belege", number[parts.EVIDENCE]),
        parts.FACET: ngettext("%(num)s Merkmal", "%(num)s Merkmale", number[parts.FACET]),
        parts.MUNICIPALITY: ngettext("%(num)s Kommune", "%(num)s Kommunen", number[parts.MUNICIPALITY]),
        parts.INDICATOR: ngettext("%(num)s Kennzahl", "%(num)s Kennzahlen", number[parts.INDICATOR]),
        parts.SOLUTION: ngettext("%(num)s Lösung", "%(num)s Lösungen", number[parts.SOLUTION]),
        parts.REPORT: ngettext("%(num)s Meldung", "%(num)s Meldungen", number[parts.REPORT]),
    }
    return named + [words for name, words in lines.items() if number[name]]


_COUNTED = (parts.EVIDENCE, parts.FACET, parts.MUNICIPALITY, parts.INDICATOR, parts.SOLUTION, parts.REPORT)


def _name(move: GapMove) -> str:
    said = move.said or ""
    if move.part == parts.INDICATOR:
        return said
    facet, _mark, key = said.partition(parts.MARK)
    return label(CODES[GapFacetName(facet)], key) if move.part == parts.FACET and key else ""
