"""Edges of the thread that one statement of pairs gives, from either end."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session

from knowledge.trace.registry import EdgeKind, EdgeSource, registry


def register_pairs(source: str, target: str, pairs: Any) -> None:
    """Register the edges of a statement that selects two columns: the id of the source, the id of the target."""
    from_column, to_column = pairs.selected_columns
    registry.register_edges(EdgeKind(source, target, _loader(pairs, from_column), _loader(pairs, to_column)))


def _loader(pairs: Any, column: Any) -> EdgeSource:
    def load(session: Session, ids: Collection[int]) -> list[tuple[int, int]]:
        found = session.exec(pairs.where(column.in_(ids)))
        return [(source, target) for source, target in found if source is not None and target is not None]

    return load
