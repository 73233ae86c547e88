"""The words of the comparison, for the page and for its files: marks, heads of columns, sums, transitions."""

from dataclasses import dataclass

from app.core.i18n import _, lazy, ngettext
from app.people.states import MunicipalityKind
from knowledge.cases.rules import TransitionNumbers
from knowledge.cases.wording import SYMBOLS, transition_sentence
from knowledge.comparison.queries import Comparison
from knowledge.comparison.rules import Axis, Mark, Sum, Telling, telling
from knowledge.gaps.suppression import smallest_cell
from knowledge.gaps.wording import shown_count
from knowledge.taxonomy.terms import label

AXES = {
    Axis.GAPS: lazy("Fehlstellen"),
    Axis.LIFE_DOMAINS: lazy("Lebensbereiche"),
    Axis.LEGAL_DOMAINS: lazy("Rechtskreise"),
}
PLACES = {
    MunicipalityKind.LARGE_TOWN: lazy("große kreisangehörige Stadt"),
    MunicipalityKind.MEDIUM_TOWN: lazy("mittlere kreisangehörige Stadt"),
    MunicipalityKind.TOWN: lazy("Stadt"),
    MunicipalityKind.COMMUNITY: lazy("Gemeinde"),
}
SIGNS = {
    Mark.BREAK: SYMBOLS["break"],
    Mark.BRIDGE: SYMBOLS["bridge"],
    Mark.BOTH: SYMBOLS["break"] + SYMBOLS["bridge"],
    Mark.OTHER: SYMBOLS["neutral"],
}
WORDS = {
    Mark.BREAK: lazy("Bruch"),
    Mark.BRIDGE: lazy("Brücke"),
    Mark.BOTH: lazy("beides"),
    Mark.OTHER: lazy("erwähnt"),
}


@dataclass(frozen=True)
class Eyes:
    """For whom the numbers are told."""

    min_cell: int
    in_coordination: bool

    def count(self, number: int) -> str:
        """A count of cases as this reader may be told it."""
        return shown_count(number, smallest_cell(self.min_cell), self.in_coordination)

    def sum(self, of: Sum) -> str:
        """„3: 2 Brüche, 1 Brücke“, for others the number alone."""
        if not self.in_coordination:
            return self.count(of.total)
        parts = [
            ngettext("%(num)s Bruch", "%(num)s Brüche", of.breaks) if of.breaks else "",
            ngettext("%(num)s Brücke", "%(num)s Brücken", of.bridges) if of.bridges else "",
        ]
        told = ", ".join(part for part in parts if part)
        return f"{of.total} ({told})" if told else str(of.total)


def head_of(column: str, axis: Axis, found: Comparison) -> str:
    """What stands above a column, in full."""
    if axis is Axis.GAPS:
        return f"{column} {found.gaps[column].title}"
    return label("life_domains" if axis is Axis.LIFE_DOMAINS else "legal_domains", column)


def transitions(found: Comparison, eyes: Eyes) -> list[tuple[str, str]]:
    """Each change of legal domain with its bridges and breaks over the compared cases, the most frequent first."""
    ordered = sorted(found.transitions.items(), key=lambda each: -each[1].total)
    return [(label("transitions", key), _told(numbers, eyes)) for key, numbers in ordered]


def _told(numbers: TransitionNumbers, eyes: Eyes) -> str:
    how = telling(numbers, eyes.min_cell, eyes.in_coordination)
    if how is Telling.ALL:
        return transition_sentence(numbers)
    if how is Telling.TOTAL:
        return ngettext("%(num)s Station", "%(num)s Stationen", numbers.total)
    return _("weniger als %(num)s Stationen", num=smallest_cell(eyes.min_cell))
