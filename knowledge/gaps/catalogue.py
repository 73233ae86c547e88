"""Reading the catalogue of gaps: what is chosen, one page of rows, and the counts of every facet, in SQL.

A page costs five statements, however many gaps there are and however much is chosen; the dear one among them is
spared while nobody has changed anything since the same page was asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import CTE, ColumnElement, Date, String, Subquery, and_, cast, literal, union_all
from sqlmodel import Session, col, func, select

from app.core.forms import visible
from app.core.permissions import Actor
from app.core.remembering import until_next_act
from knowledge.gaps.evidence import GapIds, Strength, graded, strengths
from knowledge.gaps.facets import STATUS, TOLD, Counted, EvidenceFacet, Facet, Gaps, facets
from knowledge.gaps.models import Gap, GapFacet, GapHistory
from knowledge.gaps.pairs import PAIR
from knowledge.gaps.policy import may_read_evidence
from knowledge.gaps.rules import MIN_CELL
from knowledge.gaps.states import GapFacetName, GapStatus
from knowledge.gaps.suppression import smallest_cell
from knowledge.gaps.visibility import readable_gaps, visible_levels

PAGE_SIZE = 25
LONGEST_LIST = 20_000
"""So many gaps a list to take away holds at most."""
TOTAL, PLACES = "gesamt", "plaetze"
MEETS, ORDER = "meets_", "order_"
LONGEST_UNCHANGED = "stand"
LONGEST_WORDS = 100
SORTS = ("dringlichkeit", "beleg", LONGEST_UNCHANGED, "schluessel")
"""Severity times frequency, latest evidence, age of the present state, key."""

Order = Sequence[tuple[Any, Callable[[Any], Any]]]
"""What rows are sorted by, first to last: an expression over gaps, and its direction."""


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
    words: str = ""

    def parameters(self) -> dict[str, Any]:
        """The choice as it stands in an address, without the page; what is default is left out."""
        sort = {} if self.sort == SORTS[0] else {"sortierung": self.sort}
        words = {"text": self.words} if self.words else {}
        return {**words, **{name: list(values) for name, values in self.values.items() if values}, **sort}

    def named(self) -> tuple[Any, ...]:
        """The choice as a value that can be compared."""
        return tuple(sorted(self.values.items())), self.sort, self.page, self.words

    def toggled(self, name: str, value: str) -> "Choice":
        """The same choice with one value switched on or off, from its first page."""
        present = self.values.get(name, ())
        changed = tuple(v for v in present if v != value) if value in present else (*present, value)
        return Choice({**self.values, name: changed}, self.sort, words=self.words)


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
    sort, page, words = (next(iter(typed.getlist(name)), "") for name in ("sortierung", "seite", "text"))
    return Choice(
        {name: found for name, found in values.items() if found},
        sort if sort in SORTS else SORTS[0],
        max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
        " ".join(visible(words).split())[:LONGEST_WORDS],
    )


def offered(actor: Actor, table: CTE, min_cell: int = MIN_CELL) -> list[Facet]:
    """The facets for this reader: the grade of evidence tells small counts, so only the coordination has it (DP-11)."""
    if actor.has_role("coordination"):
        return list(facets(table))
    return [facet for facet in facets(table, smallest_cell(min_cell)) if not isinstance(facet, EvidenceFacet)]


def catalogue(session: Session, actor: Actor, choice: Choice, min_cell: int = MIN_CELL) -> Catalogue:
    """One page for this reader. A page beyond the last one is the last one.

    `min_cell` is the tenant's smallest count that may be shown outside the coordination.
    """
    cell, eyes = smallest_cell(min_cell), (visible_levels(actor), actor.has_role("coordination"))
    name = ("catalogue", eyes, bool(may_read_evidence(actor)), cell, choice.named())
    counts = dict(until_next_act(session, name, lambda: _counts(session, actor, choice, cell)))
    total = counts.pop(TOTAL, {}).get("", 0)
    pages = max(1, -(-total // PAGE_SIZE))
    places = {int(gap_id): place for gap_id, place in counts.pop(PLACES, {}).items()}
    shown = replace(choice, page=min(choice.page, pages))
    return Catalogue(shown, total, pages, _rows(session, places), counts)


def _counts(session: Session, actor: Actor, choice: Choice, min_cell: int) -> dict[str, dict[str, int]]:
    """The total, the counts of every facet and the places of the page's gaps, in one statement; "" stands for none."""
    strength, since = graded(), since_when()
    wanted, order = offered(actor, strength, min_cell), _order(actor, choice.sort, strength, since)
    table = _readable(actor, choice, wanted, order, strength, since, min_cell)
    total = select(literal(TOTAL), literal(""), func.count()).select_from(table).where(*_met(table, choice))
    counted = [facet for facet in wanted if facet is not PAIR]
    parts = [_named(facet.name, facet.counts(_gaps(actor, table, choice, facet.name))) for facet in counted]
    found: dict[str, dict[str, int]] = {facet.name: {} for facet in counted}
    statement: Any = union_all(total, *parts, _named(PLACES, _places(table, choice, order)))
    for name, value, number in session.exec(statement):
        found.setdefault(name, {})[value or ""] = number
    return found


def _named(name: str, counted: Counted) -> Any:
    rows = counted.subquery()
    value, number = rows.c
    return select(literal(name), cast(value, String), number)


def _readable(
    actor: Actor,
    choice: Choice,
    wanted: Sequence[Facet],
    order: Order,
    strength: CTE,
    since: Subquery,
    min_cell: int,
) -> CTE:
    """One narrow row per gap that the person may read, which every count is then taken from.

    Columns: id; under its name the value of each facet that has one; whether the gap meets each facet in which
    something is chosen; what the order needs.
    """
    values = [facet.value.label(facet.name) for facet in wanted if facet.value is not None]
    met = [
        facet.condition(choice.values[facet.name]).label(f"{MEETS}{facet.name}")
        for facet in wanted
        if choice.values.get(facet.name)
    ]
    if choice.words:
        met.append(says(choice.words).label(f"{MEETS}text"))
    told = [] if actor.has_role("coordination") else [(strength.c.cases >= min_cell).label(TOLD)]
    sorted_by = [value.label(f"{ORDER}{place}") for place, (value, _direction) in enumerate(order)]
    statement: Any = (
        sa.select(col(Gap.id).label("id"), *values, *met, *told, *sorted_by)
        .join(strength, strength.c.gap_id == col(Gap.id))
        .where(readable_gaps(actor))
    )
    if choice.sort == LONGEST_UNCHANGED:
        statement = statement.outerjoin(since, since.c.gap_id == col(Gap.id))
    table: CTE = statement.cte("readable")
    return table


def says(words: str) -> ColumnElement[bool]:
    """That key, title or summary hold every word; capitals do not matter, of umlauts at least at the beginning."""
    return and_(*(_holds(word) for word in words.split()))


def _holds(word: str) -> ColumnElement[bool]:
    spellings = dict.fromkeys((word, word.lower(), word.capitalize()))
    return sa.or_(
        *(
            column.icontains(spelling, autoescape=True)
            for column in (col(Gap.key), col(Gap.title), col(Gap.summary))
            for spelling in spellings
        )
    )


def _met(table: CTE, choice: Choice, but: str = "") -> list[ColumnElement[bool]]:
    """What the gaps of this choice have in common, without the facet `but`. Merged gaps come only when asked for."""
    met: list[ColumnElement[bool]] = [
        column for column in table.c if column.name.startswith(MEETS) and column.name != f"{MEETS}{but}"
    ]
    if choice.values.get(STATUS.name) or but == STATUS.name:
        return met
    return [table.c[STATUS.name] != GapStatus.MERGED, *met]


def _gaps(actor: Actor, table: CTE, choice: Choice, but: str) -> Gaps:
    """The gaps of this choice without the facet `but`; where nothing else is chosen, named by those that are not."""
    met = _met(table, choice, but)
    left_out = select(Gap.id).where(~and_(readable_gaps(actor), col(Gap.status) != GapStatus.MERGED))
    if choice.words or any(values for name, values in choice.values.items() if name != but):
        return Gaps(table, met, lambda gap_id: gap_id.in_(select(table.c.id).where(*met)))
    return Gaps(table, met, lambda gap_id: gap_id.not_in(left_out))


def _places(table: CTE, choice: Choice, order: Order) -> Counted:
    """The ids of the page's gaps with their places on the page, from 1."""
    columns = [(table.c[f"{ORDER}{place}"], direction) for place, (_value, direction) in enumerate(order)]
    of_page = (
        sa.select(table.c.id, *(column for column, _direction in columns))
        .where(*_met(table, choice))
        .order_by(*(direction(column) for column, direction in columns))
        .limit(PAGE_SIZE)
        .offset(_first(table, choice))
        .subquery()
    )
    again = [direction(of_page.c[column.name]) for column, direction in columns]
    return select(of_page.c.id, func.row_number().over(order_by=again))


def _first(table: CTE, choice: Choice) -> Any:
    """How many gaps come before the page; a page beyond the last one is the last one."""
    before, total = (choice.page - 1) * PAGE_SIZE, func.count()
    last = (total - 1) // PAGE_SIZE * PAGE_SIZE
    found = select(sa.case((total > before, before), else_=last)).select_from(table).where(*_met(table, choice))
    return found.scalar_subquery()


def _rows(session: Session, places: Mapping[int, int]) -> tuple[Row, ...]:
    ids = sorted(places, key=lambda gap_id: places[gap_id])
    since = since_when(ids)
    statement: Any = (
        sa.select(Gap, since.c.at).outerjoin(since, since.c.gap_id == col(Gap.id)).where(col(Gap.id).in_(ids))
    )
    found = {gap.id: (gap, at) for gap, at in session.exec(statement)}
    strength, domains = strengths(session, ids), life_domains(session, ids)
    return tuple(Row(found[id_][0], strength[id_], found[id_][1], domains.get(id_, ())) for id_ in ids)


def every_row(session: Session, actor: Actor, choice: Choice, min_cell: int = MIN_CELL) -> tuple[Row, ...]:
    """All rows of this choice in its order, for a list to take away. Four statements; at most `LONGEST_LIST` rows."""
    strength, since = graded(), since_when()
    wanted, order = offered(actor, strength, min_cell), _order(actor, choice.sort, strength, since)
    table = _readable(actor, choice, wanted, order, strength, since, smallest_cell(min_cell))
    columns = [direction(table.c[f"{ORDER}{place}"]) for place, (_value, direction) in enumerate(order)]
    statement: Any = sa.select(table.c.id).where(*_met(table, choice)).order_by(*columns).limit(LONGEST_LIST)
    return _rows(session, {gap_id: place for place, gap_id in enumerate(session.scalars(statement))})


def since_when(gap_ids: GapIds | None = None) -> Subquery:
    """One row per gap with a history, of all gaps or of these: gap_id and the moment of its last step as `at`."""
    statement: Any = select(col(GapHistory.gap_id).label("gap_id"), func.max(col(GapHistory.at)).label("at"))
    if gap_ids is not None:
        statement = statement.where(col(GapHistory.gap_id).in_(gap_ids))
    table: Subquery = statement.group_by(col(GapHistory.gap_id)).subquery()
    return table


def began(since: Subquery) -> ColumnElement[date]:
    """The day on which the present state began: of the last step, else of the first report."""
    return func.coalesce(func.date(since.c.at, type_=Date), col(Gap.first_reported), type_=Date)


def _order(actor: Actor, sort: str, strength: CTE, since: Subquery) -> Order:
    """Outside the coordination the grade has no part in it: the order would tell how few cases there are (DP-11)."""
    graded_first: Order = ((strength.c.grade, sa.asc),) if may_read_evidence(actor) else ()
    pressing = (col(Gap.severity) * col(Gap.frequency), sa.desc)
    key = (col(Gap.key), sa.asc)
    orders: dict[str, Order] = {
        "dringlichkeit": (pressing, (col(Gap.severity), sa.desc), *graded_first, key),
        "beleg": ((strength.c.last_on, _latest_first), pressing, key),
        LONGEST_UNCHANGED: ((began(since), sa.asc), key),
        "schluessel": (key,),
    }
    return orders[sort]


def _latest_first(column: Any) -> Any:
    return sa.nulls_last(sa.desc(column))


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
