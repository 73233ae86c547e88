"""Reading the catalogue of gaps: what is chosen, one page of rows, and the counts of every facet, in SQL.

A page costs three statements, however many gaps there are and however much is chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import CTE, ColumnElement, Date, String, Subquery, cast, literal, union_all
from sqlmodel import Session, col, func, select

from app.core.permissions import Actor
from knowledge.gaps.evidence import Strength, graded
from knowledge.gaps.facets import STATUS, Counted, EvidenceFacet, Facet, facets
from knowledge.gaps.models import Gap, GapFacet, GapHistory
from knowledge.gaps.states import GapFacetName, GapStatus
from knowledge.gaps.visibility import readable_gaps

PAGE_SIZE = 25
TOTAL = "gesamt"
SORTS = ("dringlichkeit", "beleg", "stand", "schluessel")
"""Severity times frequency, latest evidence, age of the present state, key."""


class Typed(Protocol):
    """The parameters of an address, as Werkzeug has them."""

    def getlist(self, key: str) -> list[str]:
        """All values of a parameter."""
        ...


@dataclass(frozen=True)
class Choice:
    """What of the catalogue a person asks for."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = SORTS[0]
    page: int = 1

    def parameters(self) -> dict[str, Any]:
        """The choice as it stands in an address, without the page; what is default is left out."""
        sort = {} if self.sort == SORTS[0] else {"sortierung": self.sort}
        return {**{name: list(values) for name, values in self.values.items() if values}, **sort}

    def toggled(self, name: str, value: str) -> "Choice":
        """The same choice with one value switched on or off, from its first page."""
        present = self.values.get(name, ())
        changed = tuple(v for v in present if v != value) if value in present else (*present, value)
        return Choice({**self.values, name: changed}, self.sort)


@dataclass(frozen=True)
class Row:
    """One gap of the list; `since` is the moment of its last step, None if it was never moved."""

    gap: Gap
    strength: Strength
    since: datetime | None
    life_domains: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """The gap's id, which names the row."""
        return self.gap.id or 0


@dataclass(frozen=True)
class Catalogue:
    """One page of the catalogue with all counts; a facet's counts disregard the choice within that facet."""

    choice: Choice
    total: int
    pages: int
    rows: tuple[Row, ...]
    counts: Mapping[str, Mapping[str, int]]


def read_choice(typed: Typed) -> Choice:
    """The choice in an address; what cannot be a value is passed over."""
    values = {facet.name: facet.known(typed.getlist(facet.name)) for facet in facets(graded())}
    sort, page = (next(iter(typed.getlist(name)), "") for name in ("sortierung", "seite"))
    return Choice(
        {name: found for name, found in values.items() if found},
        sort if sort in SORTS else SORTS[0],
        max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
    )


def offered(actor: Actor, table: CTE) -> list[Facet]:
    """The facets for this reader: the grade of evidence tells small counts, so only the coordination has it (DP-11)."""
    return [facet for facet in facets(table) if actor.has_role("coordination") or not isinstance(facet, EvidenceFacet)]


def conditions(actor: Actor, choice: Choice, table: CTE, but: str = "") -> list[ColumnElement[bool]]:
    """What the gaps of this choice have in common, without the facet `but`. Merged gaps come only when asked for."""
    given = [facet for facet in offered(actor, table) if facet.name != but and choice.values.get(facet.name)]
    merged = [] if choice.values.get(STATUS.name) or but == STATUS.name else [col(Gap.status) != GapStatus.MERGED]
    return [readable_gaps(actor), *merged, *(facet.condition(choice.values[facet.name]) for facet in given)]


def catalogue(session: Session, actor: Actor, choice: Choice) -> Catalogue:
    """One page for this reader. A page beyond the last one is the last one."""
    counts = _counts(session, actor, choice)
    total = counts.pop(TOTAL, {}).get("", 0)
    pages = max(1, -(-total // PAGE_SIZE))
    shown = Choice(choice.values, choice.sort, min(choice.page, pages))
    return Catalogue(shown, total, pages, _rows(session, actor, shown), counts)


def _counts(session: Session, actor: Actor, choice: Choice) -> dict[str, dict[str, int]]:
    """The total and the counts of every facet in one statement; a value of "" stands for none."""
    table = graded()
    total = select(literal(TOTAL), literal(""), func.count(col(Gap.id))).where(*conditions(actor, choice, table))
    wanted = offered(actor, table)
    parts = [_named(facet, facet.counts(conditions(actor, choice, table, facet.name))) for facet in wanted]
    found: dict[str, dict[str, int]] = {facet.name: {} for facet in wanted}
    for name, value, number in session.exec(union_all(total, *parts)):  # type: ignore[call-overload]
        found.setdefault(name, {})[value or ""] = number
    return found


def _named(facet: Facet, counted: Counted) -> Any:
    rows = counted.subquery()
    value, number = rows.c
    return select(literal(facet.name), cast(value, String), number)


def _rows(session: Session, actor: Actor, choice: Choice) -> tuple[Row, ...]:
    table, since = graded(), since_when()
    statement: Any = (
        sa.select(Gap, table.c.cases, table.c.organisations, table.c.grade, table.c.last_on, since.c.at)
        .join(table, table.c.gap_id == col(Gap.id))
        .outerjoin(since, since.c.gap_id == col(Gap.id))
        .where(*conditions(actor, choice, table))
        .order_by(*_order(choice.sort, table, since))
        .limit(PAGE_SIZE)
        .offset((choice.page - 1) * PAGE_SIZE)
    )
    found = session.exec(statement).all()
    domains = life_domains(session, [gap.id or 0 for gap, *_rest in found])
    return tuple(
        Row(gap, Strength(cases, organisations, grade, last_on), day, domains.get(gap.id or 0, ()))
        for gap, cases, organisations, grade, last_on, day in found
    )


def since_when() -> Subquery:
    """One row per gap with a history: gap_id and the moment of its last step as `at`."""
    return (
        select(col(GapHistory.gap_id).label("gap_id"), func.max(col(GapHistory.at)).label("at"))
        .group_by(col(GapHistory.gap_id))
        .subquery()
    )


def began(since: Subquery) -> ColumnElement[date]:
    """The day on which the present state began: of the last step, else of the first report."""
    return func.coalesce(func.date(since.c.at, type_=Date), col(Gap.first_reported), type_=Date)


def _order(sort: str, strength: CTE, since: Subquery) -> Sequence[Any]:
    pressing = (col(Gap.severity) * col(Gap.frequency)).desc()
    orders: dict[str, Sequence[Any]] = {
        "dringlichkeit": (pressing, col(Gap.severity).desc(), strength.c.grade, col(Gap.key)),
        "beleg": (strength.c.last_on.desc().nulls_last(), pressing, col(Gap.key)),
        "stand": (began(since), col(Gap.key)),
        "schluessel": (col(Gap.key),),
    }
    return orders[sort]


def life_domains(session: Session, gap_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The life domains of these gaps in their own order. One statement."""
    statement = (
        select(col(GapFacet.gap_id), col(GapFacet.key))
        .where(col(GapFacet.gap_id).in_(gap_ids), col(GapFacet.facet) == GapFacetName.LIFE_DOMAIN)
        .order_by(col(GapFacet.gap_id), col(GapFacet.position))
    )
    found: dict[int, tuple[str, ...]] = {}
    for gap_id, key in session.exec(statement):
        found[gap_id] = (*found.get(gap_id, ()), key)
    return found
