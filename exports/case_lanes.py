"""A case's timeline as tables that read as lanes: a row for each legal domain, a column for each month with a station.

Documents get it instead of a drawing: it can be read aloud, and holds no title and no word of a station.
"""

from collections.abc import Iterator, Sequence

from app.core.i18n import _
from exports.document import Table
from knowledge.cases.models import Station
from knowledge.cases.states import StationAssessment
from knowledge.cases.wording import SYMBOLS, assessment_word
from knowledge.taxonomy.terms import label

MOST_MONTHS = 10
"""So many columns stand side by side on an upright page; what is longer goes on in another table."""


def lanes(name: str, stations: Sequence[Station]) -> Iterator[Table]:
    """The tables from the first month to the last, lanes in the order of first use, as on the screen."""
    every = sorted({each.month for each in stations})
    for start in range(0, len(every), MOST_MONTHS):
        months = every[start : start + MOST_MONTHS]
        here = [each for each in stations if each.month in months]
        domains = dict.fromkeys(each.legal_domain for each in here)
        rows = tuple((label("legal_domains", each), *_lane(here, each, months)) for each in domains)
        columns = (_("Rechtskreis"), *(str(month) for month in months))
        caption = _("%(case)s, Monat %(first)s bis %(last)s", case=name, first=months[0], last=months[-1])
        yield Table(caption, columns, rows)


def legend(stations: Sequence[Station]) -> str:
    """What the signs mean that occur: „✕ Bruch, ⌒ Brücke“."""
    there = {each.assessment for each in stations}
    return ", ".join(
        f"{SYMBOLS[each.value]} {assessment_word(each.value)}" for each in StationAssessment if each in there
    )


def _lane(stations: Sequence[Station], domain: str, months: Sequence[int]) -> Iterator[str]:
    for month in months:
        here = [each for each in stations if each.legal_domain == domain and each.month == month]
        yield " ".join(f"{SYMBOLS[each.assessment.value]}\N{NO-BREAK SPACE}{each.key}" for each in here) or "–"
