"""What follows from a decision: the ranks that a count gives, and the steps of topics, gaps and agreements.

The steps are proposals: whoever carries them out asks each thing's own lifecycle, which may still refuse.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TOPIC, GAP, AGREEMENT = "topic", "gap", "agreement"


@dataclass(frozen=True)
class Ranked:
    """An option with its rank; equals share one and the next rank is left out (1, 2, 2, 4)."""

    option: str
    rank: int
    shared: bool


def ranks(ranking: Sequence[Sequence[str]]) -> tuple[Ranked, ...]:
    """The ranks of groups of equals, best first."""
    placed: list[Ranked] = []
    for group in ranking:
        rank = len(placed) + 1
        placed.extend(Ranked(option, rank, len(group) > 1) for option in group)
    return tuple(placed)


@dataclass(frozen=True)
class TopicStanding:
    """A topic before the decision, and the rank that the decision gives it if it ranks."""

    topic_id: int
    state: str
    rank: int | None = None


@dataclass(frozen=True)
class GapStanding:
    """A gap before the decision."""

    gap_id: int
    state: str


@dataclass(frozen=True)
class AgreementStanding:
    """A target agreement before the decision, and how many of the obligated organisations have consented."""

    agreement_id: int
    state: str
    consents_given: int = 0


@dataclass(frozen=True)
class Move:
    """One step that a decision causes; `thing` is "topic", "gap" or "agreement", `rank` is a topic's new rank."""

    thing: str
    id: int
    source: str
    target: str
    rank: int | None = None


TOPIC_STEPS: dict[str, dict[str, str]] = {
    "prioritise": {"submitted": "prioritised"},
    "mandate": {"prioritised": "mandated"},
    "decline": {"submitted": "closed"},
    "resolve": {"mandated": "closed"},
}

GAP_STEPS: dict[str, dict[str, str]] = {
    "prioritise": {"submitted": "prioritised"},
    "mandate": {"prioritised": "in_project"},
    "approve_agreement": {"in_project": "implementing"},
    "defer": {"submitted": "deferred"},
    "escalate": {"submitted": "escalated"},
    "decline": {"submitted": "declined"},
    "resolve": {"monitoring": "resolved"},
}

AGREEMENT_STEPS: dict[str, dict[str, str]] = {
    "approve_agreement": {"submitted": "approved"},
    "return_agreement": {"submitted": "returned"},
}
"""Which state a decision of a kind (taxonomy `decision_kinds`) moves to which; all other kinds move nothing."""


def moves(
    kind: str,
    topics: Iterable[TopicStanding] = (),
    gaps: Iterable[GapStanding] = (),
    agreements: Iterable[AgreementStanding] = (),
) -> tuple[Move, ...]:
    """The steps that an accepted decision of this kind causes; things in another state stay where they are.

    A topic moves to „prioritised“ only with a rank. Gaps are implemented only if at least one obligated
    organisation has consented, since a body's decision binds nobody by itself.
    """
    all_agreements = tuple(agreements)
    return (
        *_topic_moves(kind, topics),
        *(() if _binds_nobody(kind, all_agreements) else _gap_moves(kind, gaps)),
        *_agreement_moves(kind, all_agreements),
    )


def _binds_nobody(kind: str, agreements: Sequence[AgreementStanding]) -> bool:
    return kind == "approve_agreement" and not any(each.consents_given for each in agreements)


def _topic_moves(kind: str, topics: Iterable[TopicStanding]) -> Iterable[Move]:
    steps = TOPIC_STEPS.get(kind, {})
    for topic in topics:
        if topic.state in steps and (kind != "prioritise" or topic.rank is not None):
            yield Move(TOPIC, topic.topic_id, topic.state, steps[topic.state], topic.rank)


def _gap_moves(kind: str, gaps: Iterable[GapStanding]) -> Iterable[Move]:
    steps = GAP_STEPS.get(kind, {})
    return (Move(GAP, gap.gap_id, gap.state, steps[gap.state]) for gap in gaps if gap.state in steps)


def _agreement_moves(kind: str, agreements: Iterable[AgreementStanding]) -> Iterable[Move]:
    steps = AGREEMENT_STEPS.get(kind, {})
    concerned = (each for each in agreements if each.state in steps)
    return (Move(AGREEMENT, each.agreement_id, each.state, steps[each.state]) for each in concerned)


def number_of_decision(numbers: Iterable[int]) -> int:
    """The next decision number of a meeting; numbers are never given twice."""
    return max(numbers, default=0) + 1
