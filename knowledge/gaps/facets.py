"""What the catalogue can be narrowed by: each facet with its name in the address, its condition, and its counts.

Values within a facet are alternatives, facets add up. Labels are made where pages are made.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import CTE, ColumnElement, extract, literal, null, union_all
from sqlmodel import col, func, select

from app.people.models import Municipality
from knowledge.gaps.models import Gap, GapFacet, GapMunicipality
from knowledge.gaps.pairs import PAIR
from knowledge.gaps.rules import GRADES
from knowledge.gaps.states import GapFacetName, GapStatus, SolvableAt

WITHOUT = "ohne"
"""Stands among the codes for gaps that have none of the facet."""

COUNTY_WIDE = "kreisweit"
"""Stands among the municipalities for gaps that name none."""

TOLD = "told"
"""The column of the counted table that says whether a gap's municipalities may be told to this reader."""

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
    """A facet that is a code of a taxonomy list; a gap may have several, or none where the facet `may_lack`."""

    name: str
    facet: GapFacetName
    list_name: str
    may_lack: bool = False
    value: None = None

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """See `Facet.known`; a county's own codes are known too, so any short key may be asked for."""
        return tuple(sorted({value for value in values if value.replace("_", "").isalnum() and len(value) <= 64}))

    def condition(self, values: Sequence[str]) -> ColumnElement[bool]:
        """See `Facet.condition`."""
        having = select(col(GapFacet.gap_id)).where(col(GapFacet.facet) == self.facet, col(GapFacet.key).in_(values))
        chosen = col(Gap.id).in_(having)
        return chosen | self._lacking(col(Gap.id)) if WITHOUT in values else chosen

    def counts(self, gaps: Gaps) -> Counted:
        """See `Facet.counts`; a gap has a code once."""
        having = (
            select(col(GapFacet.key), func.count(col(GapFacet.id)))
            .where(col(GapFacet.facet) == self.facet, gaps.among(col(GapFacet.gap_id)))
            .group_by(col(GapFacet.key))
        )
        if not self.may_lack:
            return having
        number = func.count()
        lacking = select(literal(WITHOUT), number).select_from(gaps.table)
        return union_all(having, lacking.where(*gaps.wanted, self._lacking(gaps.table.c.id)).having(number > 0))

    def _lacking(self, gap_id: Any) -> ColumnElement[bool]:
        having = select(col(GapFacet.gap_id)).where(col(GapFacet.facet) == self.facet)
        lacking: ColumnElement[bool] = gap_id.not_in(having)
        return lacking


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
    """Where a gap was seen, by the key of the municipality; `kreisweit` for gaps that name none.

    With `told`, a condition on gaps, only the gaps that meet it count as naming municipalities (DP-11): of the others
    too few cases are known, and the place would narrow a person down. The counted table has it as a column `TOLD`.
    """

    name: str = "kommune"
    told: ColumnElement[bool] | None = None
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
        chosen: ColumnElement[bool] = col(Gap.id).in_(named)
        nowhere = names_none(col(Gap.id))
        if self.told is not None:
            chosen, nowhere = chosen & self.told, nowhere | ~self.told
        return chosen | nowhere if COUNTY_WIDE in values else chosen

    def counts(self, gaps: Gaps) -> Counted:
        """See `Facet.counts`; the gaps that name no municipality stand under None."""
        seen = (
            select(col(GapMunicipality.municipality_id).label("id"), func.count(col(GapMunicipality.id)).label("gaps"))
            .where(self._of_told(gaps))
            .group_by(col(GapMunicipality.municipality_id))
            .subquery()
        )
        named = select(col(Municipality.key), seen.c.gaps).join(seen, seen.c.id == col(Municipality.id))
        nowhere = names_none(gaps.table.c.id)
        if self.told is not None:
            nowhere = nowhere | ~gaps.table.c[TOLD]
        none = select(null(), func.count()).select_from(gaps.table).where(*gaps.wanted, nowhere)
        return union_all(named, none)

    def _of_told(self, gaps: Gaps) -> ColumnElement[bool]:
        if self.told is None:
            return gaps.among(col(GapMunicipality.gap_id))
        told = select(gaps.table.c.id).where(*gaps.wanted, gaps.table.c[TOLD])
        return col(GapMunicipality.gap_id).in_(told)


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
TRANSITION = CodeFacet("wechsel", GapFacetName.TRANSITION, "transitions", may_lack=True)
INTERFACE = CodeFacet("schnittstelle", GapFacetName.INTERFACE, "agency_types")
LEVEL = ColumnFacet("ebene", Gap.solvable_at, tuple(SolvableAt))
MUNICIPALITY = MunicipalityFacet()
YEAR = YearFacet()


def facets(graded: CTE, min_cell: int | None = None) -> tuple[Facet, ...]:
    """All facets in the order in which the catalogue offers them (domain.md 3.1).

    Outside the coordination `min_cell` is the smallest number of cases with which a gap's municipalities are told.
    """
    place = MUNICIPALITY if min_cell is None else MunicipalityFacet(told=graded.c.cases >= min_cell)
    return (STATUS, LIFE_DOMAIN, TRANSITION, INTERFACE, LEVEL, place, YEAR, EvidenceFacet(graded), PAIR)
