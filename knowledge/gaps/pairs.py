"""Two agencies at once: the gaps at the interface of exactly these two, which the picture of interfaces leads to.

The facet of interfaces takes its values as alternatives; a pair asks for both. It is a facet by its address and its
condition only: the catalogue does not offer pairs to choose from, there would be hundreds.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col, func, select

from knowledge.gaps.models import Gap, GapFacet
from knowledge.gaps.states import GapFacetName

BETWEEN = "~"
"""Stands between the two agencies in an address."""


def pair_value(one: str, other: str) -> str:
    """The pair as it stands in an address; the order of the two says nothing."""
    return BETWEEN.join(sorted((one, other)))


def agencies_of(value: str) -> tuple[str, str]:
    """The two agencies of such a value."""
    one, other = value.split(BETWEEN)
    return one, other


@dataclass(frozen=True)
class PairFacet:
    """Gaps in which both agencies of a pair take part."""

    name: str = "stellenpaar"
    value: None = None

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`."""
        return tuple(sorted({value for value in values if _is_pair(value)}))

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        return or_(false(), *(and_(*(_at(agency) for agency in agencies_of(value))) for value in values))

    def counts(self, gaps: object) -> Any:
        """No rows: pairs are not offered."""
        del gaps
        return select(col(GapFacet.key), func.count()).where(false()).group_by(col(GapFacet.key))


def _is_pair(value: str) -> bool:
    parts = value.split(BETWEEN)
    return len(parts) == 2 and all(part.replace("_", "").isalnum() and len(part) <= 64 for part in parts)


def _at(agency: str) -> ColumnElement[bool]:
    taking_part = select(col(GapFacet.gap_id)).where(
        col(GapFacet.facet) == GapFacetName.INTERFACE, col(GapFacet.key) == agency
    )
    return col(Gap.id).in_(taking_part)


PAIR = PairFacet()
