"""The rules of pseudonymised cases: their life, who may be in the room (DP-4, DP-5, DP-7), what their transitions tell.

The picture of the timeline is laid out in `timeline.py`; who may read what is decided in `policy.py`.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.lifecycle import Guard, Lifecycle, Transition, every, needs
from app.core.permissions import ALLOWED, Verdict, all_of, allowed_if, refused

BREAK, BRIDGE, DELAY, TURNING_POINT, NEUTRAL = "break", "bridge", "delay", "turning_point", "neutral"
"""Assessments of a station (taxonomy `station_assessments`)."""

WORKSHOP, WELFARE_ONLY, WITH_AUTHORITIES = "workshop", "welfare_only", "with_authorities"
"""The scopes of a person's consent that decide who may be in the room (taxonomy `consent_scopes`)."""

WINDOW_DAYS = 14
"""So many days after the release of the workshop attendees may still read the case (DP-7)."""


@dataclass(frozen=True)
class CaseFacts:
    """What the guards of a case's life look at; every fact that is not known counts against the step."""

    consent_form: str | None = None
    consent_month: str | None = None
    language_support_stated: bool = False
    consent_scopes: frozenset[str] = frozenset()
    consent_withdrawn: bool = False
    stations: int = 0
    open_findings_of_check: int = 0
    giver_id: int | None = None
    author_ids: frozenset[int] = frozenset()
    checked_by_id: int | None = None
    released_by_id: int | None = None


def _has_consent(facts: CaseFacts) -> bool:
    """That it exists is stored with form, month, language support and scopes; the form itself never (DP-4)."""
    stated = bool(facts.consent_form and facts.consent_month and facts.language_support_stated)
    return stated and WORKSHOP in facts.consent_scopes and not facts.consent_withdrawn


_CHECK: Guard[CaseFacts] = every(
    needs(lambda facts: facts.stations > 0, "Der Zeitstrahl hat noch keine Station."),
    needs(
        lambda facts: facts.open_findings_of_check == 0,
        "Die Prüfung auf erkennbare Personen hat noch offene Hinweise.",
    ),
    needs(
        lambda facts: facts.checked_by_id is not None and facts.checked_by_id != facts.giver_id,
        "Ob jemand zu erkennen ist, prüft eine zweite Person, nicht die fallgebende.",
    ),
    needs(
        lambda facts: facts.checked_by_id not in facts.author_ids,
        "Wer selbst am Fall geschrieben hat, prüft ihn nicht. Das macht eine andere Person.",
    ),
)

_RELEASE: Guard[CaseFacts] = every(
    needs(_has_consent, "Ohne vollständig eingetragene Einwilligung der Person wird der Fall nicht freigegeben."),
    _CHECK,
    needs(
        lambda facts: facts.released_by_id is not None and facts.released_by_id != facts.giver_id,
        "Den eigenen Fall gibt man nicht selbst frei.",
    ),
)

_COORDINATION = frozenset({"coordination"})
_KEEPERS = frozenset({"coordination", "giver"})
_ERASERS = frozenset({"coordination", "dpo"})

CASE_LIFECYCLE: Lifecycle[CaseFacts] = Lifecycle(
    "case",
    [
        Transition("draft", "checked", frozenset({"coordination", "casemgmt", "moderator"}), "check"),
        Transition("checked", "draft", _KEEPERS),
        Transition("checked", "released", _COORDINATION, "release"),
        Transition("draft", "withdrawn", _KEEPERS),
        Transition("checked", "withdrawn", _KEEPERS),
        Transition("released", "withdrawn", _KEEPERS),
        Transition("released", "closed", _COORDINATION),
        Transition("closed", "withdrawn", _KEEPERS),
        Transition("released", "erased", _ERASERS),
        Transition("closed", "erased", _ERASERS),
    ],
    {"check": _CHECK, "release": _RELEASE},
)
"""„giver“ stands among the roles when the case giver acts. Withdrawal erases the content at once (DP-6)."""

GONE = frozenset({"withdrawn", "erased"})

MODERATING_TYPES = frozenset({"kim_coordination", "ki"})
COUNSELLING_TYPES = frozenset(
    {
        "kim_casemgmt",
        "migration_advice",
        "youth_migration",
        "refugee_advice",
        "debt_advice",
        "recognition_advice",
        "shelter_service",
    }
)
_OTHERS = ("youth_provider", "daycare", "medical", "course_provider", "employer", "landlord", "bank", "transport")
NON_AUTHORITY_TYPES = MODERATING_TYPES | COUNSELLING_TYPES | {*_OTHERS, "volunteers", "mso"}
AUTHORITY_TYPES = frozenset(
    {
        "county_admin",
        "municipality",
        "registry_office",
        "social_office",
        "jobcenter",
        "employment_agency",
        "family_benefits",
        "foreigners_authority",
        "naturalisation_authority",
        "bamf",
        "district_gov",
        "youth_office",
        "guardian",
        "school_authority",
        "school",
        "health_office",
        "health_insurer",
        "chamber",
    }
)
"""Bodies under public law. They may have to inform the foreigners' authority (§ 87 AufenthG), so consent decides."""


def _is_admitted(organisation_type: str, scopes: Collection[str]) -> bool:
    """The narrower scope wins; a type that nobody classified is treated as an authority."""
    if WORKSHOP not in scopes:
        return False
    if WELFARE_ONLY in scopes:
        return organisation_type in COUNSELLING_TYPES | MODERATING_TYPES
    return WITH_AUTHORITIES in scopes or organisation_type in NON_AUTHORITY_TYPES


def is_locked(organisation_type: str, scopes: Collection[str]) -> bool:
    """Whether the person's consent keeps organisations of this type out of the room (DP-5)."""
    return not _is_admitted(organisation_type, scopes)


def locked_organisation_types(scopes: Collection[str]) -> frozenset[str]:
    """All known types that the consent keeps out; a county's own types go through `is_locked`."""
    return frozenset(each for each in AUTHORITY_TYPES | NON_AUTHORITY_TYPES if is_locked(each, scopes))


def may_attend(organisation_type: str, scopes: Collection[str]) -> Verdict:
    """Whether an organisation of this type may be invited to this case, with the reason that the grid shows."""
    if not is_locked(organisation_type, scopes):
        return ALLOWED
    if WORKSHOP not in scopes:
        return refused("Die Einwilligung umfasst keine Besprechung in der Fallrekonstruktion.")
    if WELFARE_ONLY in scopes:
        return refused("Die Einwilligung gilt nur im Kreis der Beratungsstellen.")
    return refused("Die Einwilligung umfasst nicht das Beisein von Behörden.")


def may_set_attendance(
    organisation_type: str, scopes: Collection[str], workshop_state: str, confirmed_confidentiality: bool
) -> Verdict:
    """Whether someone of the organisation is let into the room for this case (DP-5, DP-18)."""
    return all_of(
        may_attend(organisation_type, scopes),
        allowed_if(workshop_state in ("planned", "running", "paused"), "Die Besprechung dieses Falls ist beendet."),
        allowed_if(confirmed_confidentiality, "Bitte bestätigen Sie zuerst die Vertraulichkeit."),
    )


_UNDER_WAY = ("running", "paused", "live", "held", "review")
"""The states themselves, and what the reading window calls them („live“, „review“)."""


def reading_window_open(
    workshop_state: str, released_on: date | None, today: date, window_days: int = WINDOW_DAYS
) -> bool:
    """Whether attendees may read: from the start of the workshop to `window_days` after its release, that day included.

    A workshop that is planned has not begun; one that is released without a date is closed to be safe.
    """
    if workshop_state in _UNDER_WAY:
        return True
    if workshop_state != "released" or released_on is None:
        return False
    return today <= released_on + timedelta(days=window_days)


@dataclass(frozen=True)
class TransitionNumbers:
    """How often a change of legal domain was a bridge, a break, or anything else."""

    bridges: int = 0
    breaks: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All stations at this transition."""
        return self.bridges + self.breaks + self.other


def transition_numbers(stations: Iterable[tuple[str | None, str]]) -> dict[str, TransitionNumbers]:
    """Per transition its bridges, breaks and others, over (transition, assessment) of any number of cases.

    Stations without a transition count nothing. The order is that of the first occurrence.
    """
    found: dict[str, list[str]] = {}
    for transition, assessment in stations:
        if transition:
            found.setdefault(transition, []).append(assessment)
    return {transition: _numbers(assessments) for transition, assessments in found.items()}


def _numbers(assessments: list[str]) -> TransitionNumbers:
    bridges, breaks = assessments.count(BRIDGE), assessments.count(BREAK)
    return TransitionNumbers(bridges, breaks, len(assessments) - bridges - breaks)


def erase_on(begins: date | None, months: int) -> date | None:
    """The day on which a case is erased: so many months after its workshop was released (DP-8); None without a date."""
    if begins is None:
        return None
    year, month = divmod(begins.year * 12 + begins.month - 1 + months, 12)
    return date(year, month + 1, min(begins.day, monthrange(year, month + 1)[1]))
