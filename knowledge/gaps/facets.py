"""What the catalogue can be narrowed by: each facet with its name in the address, its condition, and its counts.

Values within a facet are alternatives, facets add up. Labels are made where pages are made.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import CTE, ColumnElement, extract, null, union_all
from sqlmodel import col, func, select

from app.people.models import Municipality
from knowledge.gaps.models import Gap, GapFacet, GapMunicipality
from knowledge.gaps.rules import GRADES
from knowledge.gaps.states import GapFacetName, GapStatus, SolvableAt

COUNTY_WIDE = "kreisweit"
"""Stands among the municipalities for gaps that name none."""

Counted = Any
"""A SELECT of rows (value, number of gaps)."""


@dataclass(frozen=True)
class Gaps:
    """The gaps that are counted: those of `table` that are `wanted`.

    The table has a row per gap: its id, and under the name of each facet with one value this value. `among` says of a
    column with ids of gaps that it names one of these.
    """

    table: CTE
    wanted: Sequence[ColumnElement[bool]]
    among: Callable[[Any], ColumnElement[bool]]


class Facet(Protocol):
    """One way to narrow the catalogue."""

    @property
    def name(self) -> str:
        """The parameter in the address."""
        ...

    @property
    def value(self) -> ColumnElement[Any] | None:
        """What a gap has of it, in a statement over gaps; None if a gap may have several."""
        ...

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """Those of the typed values that can be a value of this facet."""
        ...

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """Gaps with any of the values, in a statement over gaps."""
        ...

    def counts(self, gaps: Gaps) -> Counted:
        """Rows (value, number of gaps) among these gaps."""
        ...


class OneValue:
    """What facets share of which each gap has one value."""

    name: str

    def counts(self, gaps: Gaps) -> Counted:
        """See `Facet.counts`."""
        value = gaps.table.c[self.name]
        return select(value, func.count()).select_from(gaps.table).where(*gaps.wanted).group_by(value)


@dataclass(frozen=True)
class ColumnFacet(OneValue):
    """A facet that is a column of the gap with a closed list of values."""

    name: str
    column: Any
    values: tuple[str, ...]

    @property
    def value(self) -> Any:
        """See `Facet.value`."""
        return col(self.column)

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`."""
        return tuple(value for value in self.values if value in values)

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        chosen: ColumnElement[bool] = self.value.in_(values)
        return chosen


@dataclass(frozen=True)
class CodeFacet:
    """A facet that is a code of a taxonomy list; a gap may have several."""

    name: str
    facet: GapFacetName
    list_name: str
    value: None = None

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`; a county's own codes are known too, so any short key may be asked for."""
        return tuple(sorted({value for value in values if value.replace("_", "").isalnum() and len(value) <= 64}))

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        having = select(col(GapFacet.gap_id)).where(col(GapFacet.facet) == self.facet, col(GapFacet.key).in_(values))
        return col(Gap.id).in_(having)

    def counts(self, gaps: Gaps) -> Counted:
        """See `Facet.counts`; a gap has a code once."""
        return (
            select(col(GapFacet.key), func.count(col(GapFacet.id)))
            .where(col(GapFacet.facet) == self.facet, gaps.among(col(GapFacet.gap_id)))
            .group_by(col(GapFacet.key))
        )


@dataclass(frozen=True)
class YearFacet(OneValue):
    """The year in which a gap was first reported."""

    name: str = "jahr"

    @property
    def value(self) -> ColumnElement[Any]:
        """See `Facet.value`."""
        return extract("year", col(Gap.first_reported))

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`."""
        return tuple(sorted({value for value in values if value.isdecimal() and len(value) == 4}, reverse=True))

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        return self.value.in_([int(value) for value in values])


@dataclass(frozen=True)
class MunicipalityFacet:
    """Where a gap was seen, by the key of the municipality; `kreisweit` for gaps that name none."""

    name: str = "kommune"
    value: None = None

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`."""
        return tuple(sorted({value for value in values if value and len(value) <= 64}))

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        named = (
            select(col(GapMunicipality.gap_id))
            .join(Municipality, col(Municipality.id) == col(GapMunicipality.municipality_id))
            .where(col(Municipality.key).in_(values))
        )
        chosen = col(Gap.id).in_(named)
        return chosen | names_none(col(Gap.id)) if COUNTY_WIDE in values else chosen

    def counts(self, gaps: Gaps) -> Counted:
        """See `Facet.counts`; the gaps that name no municipality stand under None."""
        seen = (
            select(col(GapMunicipality.municipality_id).label("id"), func.count(col(GapMunicipality.id)).label("gaps"))
            .where(gaps.among(col(GapMunicipality.gap_id)))
            .group_by(col(GapMunicipality.municipality_id))
            .subquery()
        )
        named = select(col(Municipality.key), seen.c.gaps).join(seen, seen.c.id == col(Municipality.id))
        nowhere = names_none(gaps.table.c.id)
        none = select(null(), func.count()).select_from(gaps.table).where(*gaps.wanted, nowhere)
        return union_all(named, none)


def names_none(gap_id: Any) -> ColumnElement[bool]:
    """That the gap of this id names no municipality."""
    none: ColumnElement[bool] = gap_id.not_in(select(col(GapMunicipality.gap_id)))
    return none


@dataclass(frozen=True)
class EvidenceFacet(OneValue):
    """The grade of the evidence, computed and never set; `graded` is the table of `evidence.graded()`.

    The statement over gaps joins that table.
    """

    graded: CTE
    name: str = "evidenz"

    @property
    def value(self) -> ColumnElement[Any]:
        """See `Facet.value`."""
        return self.graded.c.grade

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`."""
        return tuple(grade for grade in GRADES if grade in values)

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        return self.value.in_(values)


STATUS = ColumnFacet("status", Gap.status, tuple(GapStatus))
LIFE_DOMAIN = CodeFacet("lebensbereich", GapFacetName.LIFE_DOMAIN, "life_domains")
TRANSITION = CodeFacet("wechsel", GapFacetName.TRANSITION, "transitions")
INTERFACE = CodeFacet("schnittstelle", GapFacetName.INTERFACE, "agency_types")
LEVEL = ColumnFacet("ebene", Gap.solvable_at, tuple(SolvableAt))
MUNICIPALITY = MunicipalityFacet()
YEAR = YearFacet()


def facets(graded: CTE) -> tuple[Facet, ...]:
    """All facets in the order in which the catalogue offers them (domain.md 3.1)."""
    return (STATUS, LIFE_DOMAIN, TRANSITION, INTERFACE, LEVEL, MUNICIPALITY, YEAR, EvidenceFacet(graded))
