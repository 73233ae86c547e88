"""How proposed days and what was said to them read in words."""

from collections.abc import Callable
from typing import Any

from app.core.i18n import _, show_date, show_time_span
from meetings.dates.models import DateOption
from meetings.dates.rules import ENOUGH, TOO_FEW, WITH_MAYBE, DayCount
from meetings.dates.states import DateChoice, DatePollState

SIGNS = {DateChoice.YES: "✓", DateChoice.MAYBE: "~", DateChoice.NO: "✕"}
TONES = {DateChoice.YES: "success", DateChoice.MAYBE: "warning", DateChoice.NO: "danger"}
VERDICT_TONES = {ENOUGH: "success", WITH_MAYBE: "warning", TOO_FEW: "danger"}


def option_words(option: DateOption) -> str:
    """A proposed day: „Do., 10. Dezember 2026, 14:00–16:30 Uhr“."""
    return f"{show_date(option.date, 'long')}, {show_time_span(option.starts_at, option.ends_at)}"


def choice_words(choice: DateChoice) -> str:
    """What was said, with its sign."""
    words = {DateChoice.YES: _("geht"), DateChoice.MAYBE: _("zur Not"), DateChoice.NO: _("geht nicht")}
    return f"{SIGNS[choice]} {words[choice]}"


def choice_tone(choice: DateChoice) -> str:
    """The colour that repeats it."""
    return TONES[choice]


def count_words(count: DayCount) -> str:
    """„9 ✓, 2 ~, 1 ✕“."""
    return f"{count.yes} ✓, {count.maybe} ~, {count.no} ✕"


def verdict_words(count: DayCount) -> str:
    """Whether that would be enough to decide."""
    numbers = {"sure": count.sure, "possible": count.possible, "needed": count.needed, "all": count.entitled}
    return {
        ENOUGH: _("beschlussfähig: %(sure)s von %(all)s, nötig %(needed)s", **numbers),
        WITH_MAYBE: _("nur mit „zur Not“: %(possible)s von %(all)s, nötig %(needed)s", **numbers),
        TOO_FEW: _("noch nicht beschlussfähig: %(possible)s von %(all)s, nötig %(needed)s", **numbers),
    }[count.verdict]


def verdict_tone(count: DayCount) -> str:
    """The colour that repeats it."""
    return VERDICT_TONES[count.verdict]


def poll_state_words(state: DatePollState) -> str:
    """Where the search stands."""
    return {
        DatePollState.OPEN: _("läuft"),
        DatePollState.PICKED: _("Termin gefunden"),
        DatePollState.DROPPED: _("beendet ohne Termin"),
    }[state]


FILTERS: dict[str, Callable[..., Any]] = {
    "date_option": option_words,
    "date_choice": choice_words,
    "date_choice_tone": choice_tone,
    "date_count": count_words,
    "date_verdict": verdict_words,
    "date_verdict_tone": verdict_tone,
    "date_poll_state": poll_state_words,
}
"""The words of this room as template filters."""
