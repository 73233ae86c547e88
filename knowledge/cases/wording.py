"""What the picture of a case says in words: captions, title, description, legend. Its layout is in `timeline.py`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.core.i18n import _, ngettext
from knowledge.cases.rules import BREAK, BRIDGE, DELAY, NEUTRAL, TURNING_POINT, TransitionNumbers
from knowledge.cases.states import CaseState
from knowledge.cases.timeline import StationView, TimelineLayout, lay_out

SYMBOLS = {BREAK: "✕", BRIDGE: "⌒", DELAY: "◷", TURNING_POINT: "◆", NEUTRAL: "●"}
"""One sign per assessment for lists and documents; the picture draws the same shapes."""


@dataclass(frozen=True)
class LegendEntry:
    """An assessment that occurs in the picture, with its word."""

    assessment: str
    word: str


@dataclass(frozen=True)
class TimelinePicture:
    """What the template draws and what it says about it."""

    layout: TimelineLayout
    title: str
    description: str
    anchor: str
    legend: tuple[LegendEntry, ...]


def assessment_word(assessment: str) -> str:
    """„Bruch“, „Brücke“, „Verzögerung“, „Wendepunkt“, „Station“."""
    words = {
        BREAK: _("Bruch"),
        BRIDGE: _("Brücke"),
        DELAY: _("Verzögerung"),
        TURNING_POINT: _("Wendepunkt"),
        NEUTRAL: _("Station"),
    }
    return words[assessment]


def month_words(month: int) -> str:
    """„Monat 7“."""
    return _("Monat %(month)s", month=month)


def station_caption(assessment: str, month: int) -> str:
    """„Bruch · Monat 7“."""
    return f"{assessment_word(assessment)} · {month_words(month)}"


def timeline_picture(
    case_title: str, anchor: str, span_months: int, stations: Iterable[StationView]
) -> TimelinePicture:
    """The picture of a case with its words; stations that the case giver hides are left out by the caller."""
    captioned = [replace(each, caption=station_caption(each.assessment, each.month)) for each in stations]
    return TimelinePicture(
        layout=lay_out(captioned, span_months),
        title=_("Zeitstrahl: %(case)s", case=case_title),
        description=describe(captioned, span_months),
        anchor=anchor,
        legend=_legend(captioned),
    )


def _legend(stations: Iterable[StationView]) -> tuple[LegendEntry, ...]:
    seen = {station.assessment for station in stations}
    return tuple(LegendEntry(each, assessment_word(each)) for each in SYMBOLS if each in seen)


def _count(assessment: str, number: int) -> str:
    if assessment == BREAK:
        return ngettext("%(num)s Bruch", "%(num)s Brüche", number)
    if assessment == BRIDGE:
        return ngettext("%(num)s Brücke", "%(num)s Brücken", number)
    if assessment == DELAY:
        return ngettext("%(num)s Verzögerung", "%(num)s Verzögerungen", number)
    if assessment == TURNING_POINT:
        return ngettext("%(num)s Wendepunkt", "%(num)s Wendepunkte", number)
    return ngettext("%(num)s weitere Station", "%(num)s weitere Stationen", number)


def describe(stations: Iterable[StationView], span_months: int) -> str:
    """The picture in two sentences for people who do not see it; the stations follow on the page as a list."""
    seen = list(stations)
    domains = len({station.legal_domain for station in seen})
    first = _(
        "%(stations)s in %(domains)s, Monat 0 bis %(months)s.",
        stations=ngettext("%(num)s Station", "%(num)s Stationen", len(seen)),
        domains=ngettext("%(num)s Rechtskreis", "%(num)s Rechtskreisen", domains),
        months=span_months,
    )
    counts = {each: sum(station.assessment == each for station in seen) for each in SYMBOLS}
    return f"{first} {', '.join(_count(each, number) for each, number in counts.items() if number)}."


def transition_sentence(numbers: TransitionNumbers) -> str:
    """What a change of legal domain looked like over all cases: „1 Brücke, 2 Brüche“, others if there are any."""
    parts = [_count(BRIDGE, numbers.bridges), _count(BREAK, numbers.breaks)]
    if numbers.other:
        parts.append(_("%(num)s weder noch", num=numbers.other))
    return ", ".join(parts)


def days_without(benefits: int | None, insurance: int | None) -> str:
    """„41 Tage ohne Leistung · 12 Tage ohne Versicherung“; empty where nothing is known."""
    parts = []
    if benefits is not None:
        parts.append(ngettext("%(num)s Tag ohne Leistung", "%(num)s Tage ohne Leistung", benefits))
    if insurance is not None:
        parts.append(ngettext("%(num)s Tag ohne Versicherung", "%(num)s Tage ohne Versicherung", insurance))
    return " · ".join(parts)


def state_word(state: CaseState, submitted: bool = False) -> str:
    """„Entwurf“, „liegt zur Prüfung“, „geprüft“, „freigegeben“ …"""
    words = {
        CaseState.DRAFT: _("liegt zur Prüfung") if submitted else _("Entwurf"),
        CaseState.CHECKED: _("geprüft"),
        CaseState.RELEASED: _("freigegeben"),
        CaseState.CLOSED: _("abgeschlossen"),
        CaseState.WITHDRAWN: _("zurückgezogen"),
        CaseState.ERASED: _("gelöscht"),
    }
    return words[state]
