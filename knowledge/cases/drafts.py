"""What somebody typed about a case, checked: stations, frame, consent. Values and pure rules, no database, no web.

`mark_of` is how two editors notice each other: a form carries the mark of what it showed, an action compares it with
the mark of what is written now.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from app.core.lifecycle import Guard, every, needs
from knowledge.cases.rules import BRIDGE, WELFARE_ONLY, WITH_AUTHORITIES, WORKSHOP
from knowledge.cases.states import CaseTiming, ConsentForm, ConsentScopeName, StationAssessment

LAST_MONTH = 240
"""Twenty years after the anchor; a larger number is a slip of the finger."""

LONGEST_SPAN_WEEKS = 520
MOST_DAYS = 3650
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINE = 120, 4000, 1000
MOST_STATIONS, MOST_QUESTIONS = 60, 30


def mark_of(*values: object) -> str:
    """A short mark of what is written; equal for equal values, and of no use to anybody who has not read them."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class StationDraft:
    """A station as typed. `month` counts from the anchor event; `agencies` are types of agencies, never agencies.

    `extends` says that the case may become as long as the station wants it.
    """

    month: int
    title: str
    legal_domain: str
    life_domain: str
    assessment: StationAssessment = StationAssessment.NEUTRAL
    text: str = ""
    transition: str | None = None
    agencies: tuple[str, ...] = ()
    what_helped: str = ""
    hidden: bool = False
    duration_weeks: int | None = None
    days_without_benefits: int | None = None
    days_without_insurance: int | None = None
    extends: bool = False

    @property
    def mark(self) -> str:
        """The mark of everything that the form shows."""
        return mark_of(self)


def cleaned(draft: StationDraft) -> StationDraft:
    """The same with tidy ends, each agency once."""
    return replace(
        draft,
        title=" ".join(draft.title.split()),
        text=_tidy(draft.text),
        what_helped=_tidy(draft.what_helped),
        transition=draft.transition or None,
        agencies=tuple(dict.fromkeys(draft.agencies)),
    )


def _tidy(text: str) -> str:
    return text.strip().replace("\r\n", "\n")


def _within(number: int | None, most: int) -> bool:
    return number is None or 0 <= number <= most


_STATION: Guard[StationDraft] = every(
    needs(lambda draft: bool(draft.title), "Bitte geben Sie der Station einen Titel."),
    needs(lambda draft: len(draft.title) <= LONGEST_TITLE, "Bitte kürzen Sie den Titel auf höchstens 120 Zeichen."),
    needs(lambda draft: 0 <= draft.month <= LAST_MONTH, "Der Monat liegt zwischen 0 und 240 nach dem Ankerereignis."),
    needs(lambda draft: len(draft.text) <= LONGEST_TEXT, "Bitte kürzen Sie den Text auf höchstens 4000 Zeichen."),
    needs(
        lambda draft: len(draft.what_helped) <= LONGEST_LINE,
        "Bitte kürzen Sie, was geholfen hat, auf höchstens 1000 Zeichen.",
    ),
    needs(
        lambda draft: draft.assessment != BRIDGE or bool(draft.what_helped),
        "Bei einer Brücke steht auch, was geholfen hat.",
    ),
    needs(
        lambda draft: (
            _within(draft.duration_weeks, LONGEST_SPAN_WEEKS)
            and _within(draft.days_without_benefits, MOST_DAYS)
            and _within(draft.days_without_insurance, MOST_DAYS)
        ),
        "Dauer und Tage sind ganze Zahlen ab 0.",
    ),
)


def problem_of(draft: StationDraft) -> str | None:
    """The first thing that is wrong with a station, as a sentence (message id); None if it can be written."""
    return _STATION(draft)


@dataclass(frozen=True)
class FrameDraft:
    """What a case is about, as typed; the household in bands. `municipality_id` counts only from the coordination."""

    subtitle: str
    anchor: str
    span_months: int
    timing: CaseTiming
    adults: int | None = None
    adult_age: str | None = None
    children: int | None = None
    child_age: str | None = None
    groups: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    municipality_id: int | None = None
    client_view: str = ""


@dataclass(frozen=True)
class ConsentDraft:
    """That the person consented: how, when, in which language, to what. The form itself stays outside (DP-4)."""

    form: ConsentForm
    obtained_month: str
    language_supported: bool
    scopes: tuple[ConsentScopeName, ...]

    @property
    def mark(self) -> str:
        """The mark of everything that the form shows."""
        return mark_of(self.form.value, self.obtained_month, self.language_supported, sorted(self.scopes))


NOBODY, WELFARE, NO_AUTHORITIES, EVERYBODY = "nobody", "welfare", "no_authorities", "everybody"
ROOMS = {
    NOBODY: (),
    WELFARE: (ConsentScopeName.WORKSHOP, ConsentScopeName.WELFARE_ONLY),
    NO_AUTHORITIES: (ConsentScopeName.WORKSHOP,),
    EVERYBODY: (ConsentScopeName.WORKSHOP, ConsentScopeName.WITH_AUTHORITIES),
}
"""The four circles in which a case can be talked about, and the scopes that say so."""


def room_of(scopes: Collection[str]) -> str:
    """Which circle the scopes open; the narrower one wins, as in `rules.is_locked`."""
    if WORKSHOP not in scopes:
        return NOBODY
    if WELFARE_ONLY in scopes:
        return WELFARE
    return EVERYBODY if WITH_AUTHORITIES in scopes else NO_AUTHORITIES
