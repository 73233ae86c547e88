"""What the catalogue can be narrowed by: each facet with its name in the address, its condition, and its counts.

Values within a facet are alternatives, facets add up. Labels are made where pages are made.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import CTE, ColumnElement, exists, extract
from sqlmodel import col, func, select

from app.people.models import Municipality
from knowledge.gaps.models import Gap, GapFacet, GapMunicipality
from knowledge.gaps.rules import GRADES
from knowledge.gaps.states import GapFacetName, GapStatus, SolvableAt

COUNTY_WIDE = "kreisweit"
"""Stands among the municipalities for gaps that name none."""

Conditions = Sequence[ColumnElement[bool]]
Counted = Any
"""A SELECT of rows (value, number of gaps)."""


class Facet(Protocol):
    """One way to narrow the catalogue."""

    @property
    def name(self) -> str:
        """The parameter in the address."""
        ...

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """Those of the typed values that can be a value of this facet."""
        ...

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """Gaps with any of the values."""
        ...

    def counts(self, conditions: Conditions) -> Counted:
        """Rows (value, number of gaps) among the gaps that meet the conditions."""
        ...


@dataclass(frozen=True)
class ColumnFacet:
    """A facet that is a column of the gap with a closed list of values."""

    name: str
    column: Any
    values: tuple[str, ...]

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`."""
        return tuple(value for value in self.values if value in values)

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        chosen: ColumnElement[bool] = col(self.column).in_(values)
        return chosen

    def counts(self, conditions: Conditions) -> Counted:
        """See `Facet.counts`."""
        return select(self.column, func.count(col(Gap.id))).where(*conditions).group_by(self.column)


@dataclass(frozen=True)
class CodeFacet:
    """A facet that is a code of a taxonomy list; a gap may have several."""

    name: str
    facet: GapFacetName
    list_name: str

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`; a county's own codes are known too, so any short key may be asked for."""
        return tuple(sorted({value for value in values if value.replace("_", "").isalnum() and len(value) <= 64}))

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        having = select(col(GapFacet.gap_id)).where(col(GapFacet.facet) == self.facet, col(GapFacet.key).in_(values))
        return col(Gap.id).in_(having)

    def counts(self, conditions: Conditions) -> Counted:
        """See `Facet.counts`."""
        return (
            select(col(GapFacet.key), func.count(col(Gap.id)))
            .join(Gap, col(Gap.id) == col(GapFacet.gap_id))
            .where(col(GapFacet.facet) == self.facet, *conditions)
            .group_by(col(GapFacet.key))
        )


@dataclass(frozen=True)
class YearFacet:
    """The year in which a gap was first reported."""

    name: str = "jahr"

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`."""
        return tuple(sorted({value for value in values if value.isdecimal() and len(value) == 4}, reverse=True))

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        return self._year().in_([int(value) for value in values])

    def counts(self, conditions: Conditions) -> Counted:
        """See `Facet.counts`."""
        year = self._year()
        return select(year, func.count(col(Gap.id))).where(*conditions).group_by(year)

    def _year(self) -> ColumnElement[int]:
        return extract("year", col(Gap.first_reported))


@dataclass(frozen=True)
class MunicipalityFacet:
    """Where a gap was seen, by the key of the municipality; `kreisweit` for gaps that name none."""

    name: str = "kommune"

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
        return chosen | self._names_none() if COUNTY_WIDE in values else chosen

    def counts(self, conditions: Conditions) -> Counted:
        """See `Facet.counts`; the gaps that name no municipality stand under None."""
        return (
            select(col(Municipality.key), func.count(col(Gap.id)))
            .select_from(Gap)
            .outerjoin(GapMunicipality, col(GapMunicipality.gap_id) == col(Gap.id))
            .outerjoin(Municipality, col(Municipality.id) == col(GapMunicipality.municipality_id))
            .where(*conditions)
            .group_by(col(Municipality.key))
        )

    def _names_none(self) -> ColumnElement[bool]:
        return ~exists(select(col(GapMunicipality.id)).where(col(GapMunicipality.gap_id) == col(Gap.id)).correlate(Gap))


@dataclass(frozen=True)
class EvidenceFacet:
    """The grade of the evidence, computed and never set; `graded` is the table of `evidence.graded()`."""

    graded: CTE
    name: str = "evidenz"

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`."""
        return tuple(grade for grade in GRADES if grade in values)

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        return col(Gap.id).in_(select(self.graded.c.gap_id).where(self.graded.c.grade.in_(values)))

    def counts(self, conditions: Conditions) -> Counted:
        """See `Facet.counts`."""
        grade = self.graded.c.grade
        return (
            select(grade, func.count(col(Gap.id)))
            .join_from(Gap, self.graded, self.graded.c.gap_id == col(Gap.id))
            .where(*conditions)
            .group_by(grade)
        )


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
