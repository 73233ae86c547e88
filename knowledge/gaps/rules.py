"""The rules of structural gaps: their life, the strength of their evidence, their order, and which counts may be shown.

No wording and no database: states and kinds are keys of the taxonomy, sentences live in `wording.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.lifecycle import STEERING, Guard, Lifecycle, Transition, every, needs

GRADES = ("A", "B", "C", "D")
"""Evidence grades, the strongest first."""

MIN_CELL = 3
"""Default of the tenant's smallest count that may be shown outside the coordination (DP-11)."""

NEEDED: dict[str, int] = {"life_domain": 1, "legal_domain": 1, "interface": 2, "affected_group": 1, "kind": 1}
"""How many codes of a facet a gap has at least before it enters the topic store (domain.md 3.1, the bold fields).

Title, summary, level and scales cannot be empty; without municipalities a gap counts for the whole county.
"""


@dataclass(frozen=True)
class GapFacts:
    """What the guards of the gap's life look at; every fact that is not known counts against the step."""

    evidence_grade: str = "D"
    is_complete: bool = False
    has_target_gap: bool = False
    has_reason: bool = False
    has_topic: bool = False
    has_brief: bool = False
    direct_route_enabled: bool = False
    has_decision: bool = False
    review_on: date | None = None
    has_addressee: bool = False
    meeting_has_begun: bool = False
    has_mandate: bool = False
    agreement_approved: bool = False
    consents_given: int = 0
    measures: int = 0
    open_measures: int = 0
    effect_rating: str | None = None
    has_new_evidence: bool = False
    answer_recorded: bool = False
    today: date = date.min


def _review_date_reached(facts: GapFacts) -> bool:
    return facts.review_on is not None and facts.today >= facts.review_on


def _has_effect_rating(facts: GapFacts) -> bool:
    return facts.has_decision and facts.effect_rating is not None


_is_complete: Guard[GapFacts] = needs(
    lambda facts: facts.is_complete, "Für den Themenspeicher fehlen noch Pflichtangaben."
)
INCOMPLETE = _is_complete(GapFacts()) or ""
"""What this guard says; `wording.refusal` adds which fields are missing."""

GAP_GUARDS: dict[str, Guard[GapFacts]] = {
    "evidence_at_least_C": every(
        needs(
            lambda facts: facts.evidence_grade in GRADES[:3],
            "In den Themenspeicher gehört, was ein Fall und mindestens eine unabhängige Meldung oder Kennzahl belegt.",
        ),
        _is_complete,
    ),
    "target_gap": needs(lambda facts: facts.has_target_gap, "Es fehlt die Fehlstelle, mit der zusammengeführt wird."),
    "reason": needs(lambda facts: facts.has_reason, "Bitte begründen Sie diesen Schritt."),
    "topic_and_brief": needs(
        lambda facts: facts.has_topic and facts.has_brief,
        "Vorgelegt wird ein Thema mit Steckbrief; mindestens eines von beiden fehlt noch.",
    ),
    "direct_route_enabled": needs(
        lambda facts: facts.direct_route_enabled,
        "Der direkte Weg in eine Projektgruppe ist hier nicht vorgesehen; zuerst entscheidet das Gremium.",
    ),
    "decision": needs(lambda facts: facts.has_decision, "Dafür braucht es einen Beschluss des Gremiums."),
    "decision_and_review_date": needs(
        lambda facts: facts.has_decision and facts.review_on is not None,
        "Zurückstellen braucht einen Beschluss und ein Datum der Wiedervorlage.",
    ),
    "decision_and_addressee": needs(
        lambda facts: facts.has_decision and facts.has_addressee,
        "Die Meldung an Land oder Bund braucht einen Beschluss und eine Adresse.",
    ),
    "decision_and_reason": needs(
        lambda facts: facts.has_decision and facts.has_reason,
        "Dafür braucht es einen Beschluss mit Begründung.",
    ),
    "withdrawal_before_meeting": needs(
        lambda facts: not facts.meeting_has_begun,
        "Die Sitzung hat begonnen; über die Vorlage entscheidet jetzt das Gremium.",
    ),
    "mandate": needs(lambda facts: facts.has_mandate, "Es fehlt der Auftrag an eine Projektgruppe."),
    "agreement_approved_and_consents": needs(
        lambda facts: facts.agreement_approved and facts.consents_given > 0,
        "Umgesetzt wird erst, wenn die Zielvereinbarung beschlossen ist und eine verpflichtete Stelle zugestimmt hat.",
    ),
    "all_measures_done_or_cancelled": needs(
        lambda facts: facts.measures > 0 and facts.open_measures == 0,
        "Es sind noch nicht alle Maßnahmen umgesetzt oder entfallen.",
    ),
    "decision_and_effect_rating": needs(
        _has_effect_rating, "Behoben ist eine Fehlstelle erst mit Beschluss und bewerteter Wirkung."
    ),
    "new_evidence_after_resolution": needs(
        lambda facts: facts.has_new_evidence, "Seit der Feststellung der Behebung gibt es keinen neuen Beleg."
    ),
    "review_date_reached_or_new_evidence": needs(
        lambda facts: _review_date_reached(facts) or facts.has_new_evidence,
        "Die Wiedervorlage ist noch nicht erreicht, und es gibt keinen neuen Beleg.",
    ),
    "answer_recorded": needs(lambda facts: facts.answer_recorded, "Es ist noch keine Antwort eingetragen."),
    "new_evidence": needs(lambda facts: facts.has_new_evidence, "Seither gibt es keinen neuen Beleg."),
}

_COORDINATION = frozenset({"coordination"})
_STEERING = frozenset({STEERING})

GAP_LIFECYCLE: Lifecycle[GapFacts] = Lifecycle(
    "gap",
    [
        Transition("reported", "in_review", _COORDINATION),
        Transition("in_review", "topic_store", _COORDINATION, "evidence_at_least_C"),
        Transition("in_review", "merged", _COORDINATION, "target_gap"),
        Transition("in_review", "single_case", _COORDINATION, "reason"),
        Transition("in_review", "declined", _COORDINATION, "reason"),
        Transition("topic_store", "submitted", _COORDINATION, "topic_and_brief"),
        Transition("topic_store", "merged", _COORDINATION, "target_gap"),
        Transition("topic_store", "in_project", _COORDINATION, "direct_route_enabled"),
        Transition("submitted", "prioritised", _STEERING, "decision"),
        Transition("submitted", "deferred", _STEERING, "decision_and_review_date"),
        Transition("submitted", "escalated", _STEERING, "decision_and_addressee"),
        Transition("submitted", "declined", _STEERING, "decision_and_reason"),
        Transition("submitted", "topic_store", _COORDINATION, "withdrawal_before_meeting"),
        Transition("prioritised", "in_project", _STEERING, "mandate"),
        Transition("in_project", "implementing", _STEERING, "agreement_approved_and_consents"),
        Transition("in_project", "topic_store", _STEERING, "decision_and_reason"),
        Transition("implementing", "monitoring", _COORDINATION, "all_measures_done_or_cancelled"),
        Transition("monitoring", "resolved", _STEERING, "decision_and_effect_rating"),
        Transition("monitoring", "topic_store", _STEERING, "decision_and_reason"),
        Transition("resolved", "in_review", _COORDINATION, "new_evidence_after_resolution"),
        Transition("deferred", "topic_store", _COORDINATION, "review_date_reached_or_new_evidence"),
        Transition("escalated", "monitoring", _COORDINATION, "answer_recorded"),
        Transition("escalated", "topic_store", _COORDINATION, "answer_recorded"),
        Transition("single_case", "in_review", _COORDINATION, "new_evidence"),
        Transition("declined", "in_review", _COORDINATION, "new_evidence"),
    ],
    GAP_GUARDS,
)


@dataclass(frozen=True)
class TopicFacts:
    """What the guards of a topic's life look at."""

    has_gaps: bool = False
    has_brief: bool = False
    has_decision: bool = False
    has_mandate: bool = False
    open_gaps: int = 0


TOPIC_LIFECYCLE: Lifecycle[TopicFacts] = Lifecycle(
    "topic",
    [
        Transition("draft", "submitted", _COORDINATION, "gaps_and_brief"),
        Transition("submitted", "draft", _COORDINATION),
        Transition("submitted", "prioritised", _STEERING, "decision"),
        Transition("submitted", "closed", _STEERING, "decision"),
        Transition("prioritised", "mandated", _STEERING, "mandate"),
        Transition("mandated", "closed", _STEERING, "no_open_gap"),
    ],
    {
        "gaps_and_brief": needs(
            lambda facts: facts.has_gaps and facts.has_brief,
            "Ein Thema bündelt mindestens eine Fehlstelle und hat einen Steckbrief, bevor es vorgelegt wird.",
        ),
        "decision": needs(lambda facts: facts.has_decision, "Dafür braucht es einen Beschluss des Gremiums."),
        "mandate": needs(lambda facts: facts.has_mandate, "Es fehlt der Auftrag an eine Projektgruppe."),
        "no_open_gap": needs(
            lambda facts: facts.has_decision and facts.open_gaps == 0,
            "Abgeschlossen wird ein Thema durch Beschluss, wenn keine seiner Fehlstellen mehr offen ist.",
        ),
    },
)


def missing(codes: Mapping[str, int]) -> tuple[str, ...]:
    """The facets of which a gap has too few codes for the topic store; `codes` counts them by facet."""
    return tuple(facet for facet, number in NEEDED.items() if codes.get(facet, 0) < number)


REOPENED = frozenset({"resolved", "declined", "single_case"})
"""States in which new evidence asks to look at the gap again."""


@dataclass(frozen=True)
class EvidenceItem:
    """One finding that supports a gap: the case it comes from and the organisation of its case giver."""

    case_id: int
    organisation_id: int
    withdrawn: bool = False


@dataclass(frozen=True)
class EvidenceCount:
    """Distinct cases and distinct organisations behind a gap. Never cards, dots or findings."""

    cases: int
    organisations: int


def count_evidence(items: Iterable[EvidenceItem]) -> EvidenceCount:
    """Distinct cases and organisations of the findings whose consent still stands (DP-6)."""
    standing = [item for item in items if not item.withdrawn]
    return EvidenceCount(len({item.case_id for item in standing}), len({item.organisation_id for item in standing}))


def evidence_grade(cases: int, organisations: int, reports: int, indicators: int) -> str:
    """The grade "A" (strongest) to "D", computed and never set by hand (taxonomy `evidence_strength`).

    A: 3 cases from 2 organisations and an indicator. B: 2 cases from 2 organisations.
    C: a case and an independent report or an indicator. D: a hint.
    """
    if cases >= 3 and organisations >= 2 and indicators:
        return "A"
    if cases >= 2 and organisations >= 2:
        return "B"
    return "C" if cases and (reports or indicators) else "D"


def priority(severity: int, frequency: int) -> int:
    """Severity (1–4) times frequency (1–4): good for an order, never shown as a measure."""
    return severity * frequency


def priority_key(severity: int, frequency: int, grade: str, key: str) -> tuple[int, int, str, str]:
    """Sorts the most pressing first: the product, then severity, then stronger evidence, then the older key."""
    return (-priority(severity, frequency), -severity, grade, key)


def is_suppressed(number: int, min_cell: int, in_coordination: bool) -> bool:
    """Whether a count of cases must read „weniger als …“ (DP-11); zero is suppressed like any small count."""
    return number < min_cell and not in_coordination
