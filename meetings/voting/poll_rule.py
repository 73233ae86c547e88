"""The frozen rule of a poll, whatever its method: what is voted on, how a ballot looks, how it is counted. Pure.

The rule of a dots poll is the text that `dots.py` reads as well; other methods add what they need.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from meetings.voting.majority import MAJORITY_RULES
from meetings.voting.methods.profile import Kind
from meetings.voting.states import PollMethod, PollMode

PollKind = Kind
"""What a ballot of the poll looks like; the kinds of the ballot file."""

KIND_OF: dict[PollMethod, PollKind] = {
    PollMethod.SCHULZE: Kind.RANKED,
    PollMethod.IRV: Kind.RANKED,
    PollMethod.BORDA: Kind.RANKED,
    PollMethod.PLURALITY: Kind.RANKED,
    PollMethod.APPROVAL: Kind.APPROVAL,
    PollMethod.SCORE: Kind.SCORE,
    PollMethod.DOTS: Kind.DOTS,
    PollMethod.RESISTANCE: Kind.RESISTANCE,
    PollMethod.EQUAL_SHARES: Kind.APPROVAL,
    PollMethod.PHRAGMEN: Kind.APPROVAL,
    PollMethod.GREEDY: Kind.APPROVAL,
    PollMethod.MAJORITY: Kind.RESOLUTION,
}
PROPORTIONAL = frozenset({PollMethod.EQUAL_SHARES, PollMethod.PHRAGMEN, PollMethod.GREEDY})
"""Methods that share out a capacity: places, or a budget over the options' costs."""
MOST_OPTIONS = 60
WAYS_TO_DECIDE = (*MAJORITY_RULES, "consensus", "consensus_then_majority")


class InvalidPollRule(ValueError):
    """A rule by which nobody could vote or count, or a text that is no rule."""


@dataclass(frozen=True)
class RuleOption:
    """What can be chosen. The title is frozen with the rule, so that an id cannot change its meaning later."""

    id: str
    title: str
    cost: int | None = None

    def as_mapping(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"id": self.id, "title": self.title, **({} if self.cost is None else {"cost": self.cost})}


@dataclass(frozen=True)
class PollRule:
    """The rule as announced before the vote.

    `capacity` is how many options fit: it draws a line, and is what proportional methods share out unless `budget` is
    given. `highest` are the most points of a score or a resistance. `revote` lets a seat replace its ballot until the
    close. Resolutions: `majority` as in MAJORITY_RULES, `attempt` from 1, `members` entitled seats of the body,
    `present` of them in the room at the opening with the `recused` ones.
    """

    method: PollMethod
    options: tuple[RuleOption, ...] = ()
    mode: PollMode = PollMode.UNNAMED
    vote_unit: str = "organisation"
    revote: bool = False
    weighted: bool = False
    capacity: int | None = None
    budget: int | None = None
    completion: str = ""
    highest: int | None = None
    dots_per_seat: int | None = None
    max_per_option: int | None = None
    must_spend_all: bool = False
    motion: str = ""
    majority: str = ""
    attempt: int = 1
    tie: str = ""
    members: int = 0
    present: int = 0
    recused: int = 0

    def __post_init__(self) -> None:
        """Raises `InvalidPollRule` for a rule by which nobody could vote or count."""
        if self.kind == Kind.RESOLUTION:
            _require(self.majority in WAYS_TO_DECIDE, "there is no such majority rule")
            _require(bool(self.motion.strip()), "a resolution needs its motion")
            return
        ids = self.option_ids
        _require(2 <= len(set(ids)) == len(ids) <= MOST_OPTIONS, "two to sixty options with different ids are needed")
        _require(self.capacity is None or self.capacity >= 1, "capacity must be 1 or more")
        if self.method in PROPORTIONAL:
            _require(bool(self.budget) or self.capacity is not None, "something must be shared out")
            _require(self.budget is None or all((option.cost or 0) > 0 for option in self.options), "costs are missing")
        if self.kind in (Kind.SCORE, Kind.RESISTANCE):
            _require(self.highest is not None and 1 <= self.highest <= 100, "the scale must reach 1 to 100")
        if self.kind == Kind.DOTS:
            self._check_dots()

    def _check_dots(self) -> None:
        each, dots = self.max_per_option or 0, self.dots_per_seat or 0
        _require(1 <= each <= dots, "max_per_option must lie between 1 and dots_per_seat")
        _require(not self.must_spend_all or each * len(self.options) >= dots, "not all dots could be spent")

    @property
    def kind(self) -> PollKind:
        """What a ballot looks like."""
        return KIND_OF[self.method]

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids in the order in which the options are presented."""
        return tuple(option.id for option in self.options)

    @property
    def titles(self) -> dict[str, str]:
        """The options' titles by their ids."""
        return {option.id: option.title for option in self.options}

    @property
    def is_resolution(self) -> bool:
        """Whether yes and no are the answers."""
        return self.kind == Kind.RESOLUTION

    def as_mapping(self) -> dict[str, Any]:
        """Plain values for JSON; what has its default value is left out, except for what the rule of dots names."""
        named = {"method", "options", "vote_unit"}
        if self.kind == Kind.DOTS:
            named |= {"dots_per_seat", "max_per_option", "capacity", "must_spend_all"}
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = {name for name, value in values.items() if name in named or value != _DEFAULTS[name]}
        found = {name: str(value) if name in ("method", "mode") else value for name, value in values.items()}
        found["options"] = [option.as_mapping() for option in self.options]
        return {name: value for name, value in found.items() if name in kept}

    def canonical(self) -> str:
        """The one JSON text of this rule: sorted keys, no spaces, Unicode as it is. This is what gets stored."""
        return json.dumps(self.as_mapping(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def sha256(self) -> str:
        """Hex digest of the canonical text in UTF-8, shown on the ballot: the rule cannot change unseen."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


_DEFAULTS: Mapping[str, Any] = {each.name: each.default for each in fields(PollRule)}


def _require(fine: bool, message: str) -> None:
    if not fine:
        raise InvalidPollRule(message)


def thaw_rule(text: str) -> PollRule:
    """The rule back from its stored text; raises `InvalidPollRule` if the text is none."""
    try:
        values = json.loads(text)
        method, mode = PollMethod(values.pop("method")), PollMode(values.pop("mode", PollMode.UNNAMED))
        options = tuple(RuleOption(**option) for option in values.pop("options"))
        return PollRule(method=method, mode=mode, options=options, **values)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise InvalidPollRule(f"not the rule of a poll: {error}") from error
