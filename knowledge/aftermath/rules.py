"""What a review still lacks, and the step from a workshop that was held to one that is released. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.core.lifecycle import Lifecycle, Transition, every, needs

HELD, RELEASED = "held", "released"
LEADS = "leads"


class Lack(StrEnum):
    """What is open in a review."""

    UNDECIDED = "undecided"
    NO_GAP = "no_gap"
    NO_FINDING = "no_finding"
    UNLINKED = "unlinked"
    NO_OWNER = "no_owner"
    PASSAGES = "passages"


STOPS = frozenset({Lack.UNDECIDED, Lack.PASSAGES})
"""Without these a workshop is not released; the others are said and may stay."""


@dataclass(frozen=True)
class ClusterFacts:
    """A cluster: what was decided, and the gap that it feeds."""

    decision: str | None
    gap_id: int | None


def lacking(
    clusters: Iterable[ClusterFacts],
    gaps_of_findings: Iterable[int | None],
    owned_questions: Iterable[bool],
    open_passages: int = 0,
) -> dict[Lack, int]:
    """How many of each; a finding without a gap may well be a single case."""
    clusters, linked = list(clusters), list(gaps_of_findings)
    counted = {
        Lack.UNDECIDED: sum(each.decision is None for each in clusters),
        Lack.NO_GAP: sum(each.decision in ("link", "new") and each.gap_id is None for each in clusters),
        Lack.NO_FINDING: sum(each.gap_id is not None and each.gap_id not in linked for each in clusters),
        Lack.UNLINKED: linked.count(None),
        Lack.NO_OWNER: sum(not owned for owned in owned_questions),
        Lack.PASSAGES: open_passages,
    }
    return {lack: number for lack, number in counted.items() if number}


@dataclass(frozen=True)
class ReleaseFacts:
    """What the release looks at."""

    lacks: frozenset[str]
    ready_by_id: int | None
    released_by_id: int


RELEASE: Lifecycle[ReleaseFacts] = Lifecycle(
    "workshop_release",
    [Transition(HELD, RELEASED, frozenset({LEADS}), "release")],
    {
        "release": every(
            needs(lambda facts: facts.ready_by_id is not None, "Die Auswertung ist noch nicht vorgelegt."),
            needs(
                lambda facts: facts.ready_by_id != facts.released_by_id,
                "Freigeben muss eine zweite Person, nicht die vorlegende.",
            ),
            needs(
                lambda facts: Lack.UNDECIDED not in facts.lacks,
                "Zu einer Gruppe von Karten ist noch nicht gesagt, was daraus wird.",
            ),
            needs(
                lambda facts: Lack.PASSAGES not in facts.lacks,
                "In einer ergänzten Station ist eine markierte Stelle noch nicht entschieden.",
            ),
        )
    },
)
