"""The frozen rule of a scoring: which topics, which criteria with which weights, when the result is shown. Pure.

Weights are whole numbers from 0 to 10 (knowhow: severity 3, reach, leverage, feasibility and urgency 2, fit 1); a
criterion with 0 is not asked. A mark is 0 to 4; „we cannot say“ is an answer as well and counts nowhere.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.core.lifecycle import Lifecycle, Transition, needs
from meetings.scoring.states import ShownWhen

HIGHEST = 4
MOST_WEIGHT = 10
MOST_TOPICS = 30
_PLANNING = frozenset({"chair", "office", "coordination"})

Key = tuple[str, str]
"""A topic's id and a criterion's key."""

Marks = Mapping[Key, int | None]
"""What an organisation answered; None is „we cannot say“, what is missing was not answered."""


class InvalidScoring(ValueError):
    """A rule by which nothing could be scored, or a text that is no rule."""


@dataclass(frozen=True)
class Criterion:
    """A criterion, its name at the opening and how much it counts."""

    key: str
    label: str
    weight: int


@dataclass(frozen=True)
class ScoredTopic:
    """A topic, its key and title as they were at the opening."""

    id: str
    key: str
    title: str


@dataclass(frozen=True)
class ScoringRule:
    """The rule as it was announced. `late`: sheets are taken after the deadline, and marked, until the close."""

    criteria: tuple[Criterion, ...]
    topics: tuple[ScoredTopic, ...]
    shown: ShownWhen = ShownWhen.CLOSED
    late: bool = True
    highest: int = HIGHEST

    def __post_init__(self) -> None:
        """Raises `InvalidScoring` where nothing could be scored."""
        keys = [each.key for each in self.criteria]
        ids = [each.id for each in self.topics]
        _require(0 < len(keys) == len(set(keys)), "a scoring needs criteria, each once")
        _require(0 < len(ids) == len(set(ids)) <= MOST_TOPICS, "a scoring needs topics, each once")
        _require(all(1 <= each.weight <= MOST_WEIGHT for each in self.criteria), "weights lie between 1 and 10")

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each criterion."""
        return {each.key: each.weight for each in self.criteria}

    @property
    def questions(self) -> int:
        """How many marks a complete sheet has."""
        return len(self.criteria) * len(self.topics)

    def topic(self, topic_id: str) -> ScoredTopic | None:
        """The topic with this id."""
        return next((each for each in self.topics if each.id == topic_id), None)

    def canonical(self) -> str:
        """The one JSON text of this rule; this is what gets stored."""
        values = {**asdict(self), "shown": str(self.shown)}
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def sha256(self) -> str:
        """Hex digest of the canonical text: the rule cannot change unseen."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


def _require(fine: bool, message: str) -> None:
    if not fine:
        raise InvalidScoring(message)


def thaw_scoring(text: str) -> ScoringRule:
    """The rule back from its stored text; raises `InvalidScoring` if the text is none."""
    try:
        values: dict[str, Any] = json.loads(text)
        criteria = tuple(Criterion(**each) for each in values.pop("criteria"))
        topics = tuple(ScoredTopic(**each) for each in values.pop("topics"))
        return ScoringRule(criteria, topics, ShownWhen(values.pop("shown")), **values)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise InvalidScoring(f"not the rule of a scoring: {error}") from error


def refused_marks(rule: ScoringRule, marks: Marks) -> tuple[Key, ...]:
    """Which marks lie beside the rule: an unknown topic or criterion, or a number outside the scale."""
    topics, criteria = {each.id for each in rule.topics}, set(rule.weights)
    return tuple(
        key
        for key, mark in marks.items()
        if key[0] not in topics or key[1] not in criteria or (mark is not None and not 0 <= mark <= rule.highest)
    )


def is_complete(rule: ScoringRule, marks: Marks) -> bool:
    """Whether every question has an answer."""
    return len(marks) == rule.questions


def next_topic(rule: ScoringRule, topic_id: str, answered: Sequence[Key] | Marks) -> str | None:
    """The next topic with an open question, after this one and then from the start; None if there is none."""
    ids = [each.id for each in rule.topics]
    place = ids.index(topic_id) + 1 if topic_id in ids else 0
    done = set(answered)
    for each in (*ids[place:], *ids[:place]):
        if any((each, criterion) not in done for criterion in rule.weights):
            return each
    return None


@dataclass(frozen=True)
class ScoringFacts:
    """What the guards of a scoring's life look at."""

    has_reason: bool = False


SCORING_LIFECYCLE: Lifecycle[ScoringFacts] = Lifecycle(
    "scoring",
    [
        Transition("open", "closed", _PLANNING),
        Transition("open", "withdrawn", _PLANNING, "reason"),
        Transition("closed", "withdrawn", _PLANNING, "reason"),
    ],
    {"reason": needs(lambda facts: facts.has_reason, "Zurückgenommen wird eine Bewertung nur mit Begründung.")},
)
