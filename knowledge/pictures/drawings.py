"""From counts to pictures and their tables: order and words are added here, places come from the layouts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core.i18n import _
from knowledge.gaps.catalogue import LONGEST_UNCHANGED, Choice
from knowledge.gaps.facets import INTERFACE, LIFE_DOMAIN, STATUS, TRANSITION, WITHOUT
from knowledge.gaps.pairs import PAIR, pair_value
from knowledge.gaps.panel import address
from knowledge.pictures import bars, heat, ring
from knowledge.pictures.choosing import narrowed, with_values
from knowledge.pictures.wording import duration
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label


@dataclass(frozen=True)
class HeatDrawing:
    """The map of gaps with words and addresses."""

    layout: heat.Heat
    names: heat.Names
    choice: Choice

    def url(self, row: str, column: str = "") -> str:
        """The catalogue of a field, or of a whole row."""
        values = {LIFE_DOMAIN.name: row, TRANSITION.name: column}
        return narrowed(self.choice, **{name: value for name, value in values.items() if value})

    def column_url(self, column: str) -> str:
        """The catalogue of a column."""
        return narrowed(self.choice, **{TRANSITION.name: column})

    @property
    def rows(self) -> Sequence[heat.Field]:
        """The fields for the table, those with most gaps first."""
        return sorted(self.layout.fields, key=lambda field: -field.number)


def heat_of(counts: Mapping[tuple[str, str], int], choice: Choice) -> HeatDrawing:
    """The map of these counts; what occurs, in the order of the lists, and at the end what has no transition."""
    known = {(row, column or WITHOUT): number for (row, column), number in counts.items() if row}
    rows = _occurring("life_domains", {row for row, _column in known})
    columns = _occurring("transitions", {column for _row, column in known} - {WITHOUT})
    columns += [WITHOUT] if any(column == WITHOUT for _row, column in known) else []
    names = heat.Names(
        {row: label("life_domains", row) for row in rows},
        {column: _("ohne Wechsel") if column == WITHOUT else label("transitions", column) for column in columns},
    )
    return HeatDrawing(heat.lay_out(known, rows, columns, names), names, choice)


def _occurring(list_name: str, keys: set[str]) -> list[str]:
    """The keys in the order of their list; a county's own at the end."""
    listed = [key for key in lists.keys(list_name) if key in keys]
    return listed + sorted(keys - set(listed))


@dataclass(frozen=True)
class RingDrawing:
    """The interfaces with addresses; `pairs` are all, the strongest first, also those that are not drawn."""

    layout: ring.Ring
    pairs: Sequence[tuple[str, str, int]]
    choice: Choice

    def url(self, one: str, other: str) -> str:
        """The catalogue of the gaps between two agencies."""
        return narrowed(self.choice, **{PAIR.name: pair_value(one, other)})

    def agency_url(self, agency: str) -> str:
        """The catalogue of an agency's gaps."""
        return narrowed(self.choice, **{INTERFACE.name: agency})


def ring_of(pairs: Mapping[tuple[str, str], int], agencies: Mapping[str, int], choice: Choice) -> RingDrawing:
    """The interfaces of these counts."""
    ordered = sorted(((*pair, number) for pair, number in pairs.items()), key=lambda row: (-row[2], row))
    return RingDrawing(ring.lay_out(pairs, agencies), ordered, choice)


@dataclass(frozen=True)
class StateDrawing:
    """States or ages, laid out for wide screens and for phones, with addresses."""

    wide: Any
    narrow: Any
    choice: Choice

    def url(self, state: str) -> str:
        """The catalogue of a state."""
        return narrowed(self.choice, **{STATUS.name: state})

    def oldest_url(self, state: str) -> str:
        """The catalogue of a state, those first that have not moved for longest."""
        return address(replace(with_values(self.choice, **{STATUS.name: state}), sort=LONGEST_UNCHANGED))


def states_of(counts: Mapping[str, int], choice: Choice) -> StateDrawing:
    """The way of the gaps; a chosen state leaves the others out."""
    states = [state for state in lists.keys("gap_states") if state in choice.values.get(STATUS.name, (state,))]
    wide, narrow = (bars.lay_out_states(counts, states, width) for width in (bars.WIDE, bars.NARROW))
    return StateDrawing(wide, narrow, choice)


def ages_of(ages: Mapping[str, Sequence[int]], choice: Choice) -> StateDrawing:
    """For how long the gaps have stood where they are."""
    states = lists.keys("gap_states")
    wide, narrow = (bars.lay_out_ages(ages, states, width) for width in (bars.WIDE, bars.NARROW))
    return StateDrawing(wide, narrow, choice)


def age_words(spread: bars.Spread) -> str:
    """A spread in one sentence."""
    return _(
        "im Mittel (Median) %(median)s, von %(least)s bis %(most)s",
        median=duration(spread.median),
        least=duration(spread.least),
        most=duration(spread.most),
    )
