"""What the office wants to put to the vote, before it is fixed as a rule. Plain values, no reading and no writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from meetings.voting.methods.profile import Kind
from meetings.voting.poll_rule import KIND_OF, PROPORTIONAL, PollRule, RuleOption
from meetings.voting.states import PollMethod, PollMode

HIGHEST = {Kind.SCORE: 5, Kind.RESISTANCE: 10}
"""The scales: how good, 0 to 5; how much resistance, 0 to 10."""


@dataclass(frozen=True)
class DotsWish:
    """What the office announces: dots per seat, how many on one topic, how many topics fit, and which are in."""

    dots_per_seat: int
    max_per_option: int
    capacity: int | None
    topic_keys: tuple[str, ...]

    def as_poll(self) -> "PollWish":
        """The same as a wish for any poll."""
        return PollWish(
            PollMethod.DOTS,
            topic_keys=self.topic_keys,
            capacity=self.capacity,
            dots_per_seat=self.dots_per_seat,
            max_per_option=self.max_per_option,
        )


@dataclass(frozen=True)
class PollWish:
    """A poll as the office announces it.

    `typed` are options that are no topics; `costs` by the topic's key or the typed title, `weights` by seat.
    """

    method: PollMethod
    mode: PollMode = PollMode.UNNAMED
    topic_keys: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    passive: str = ""
    """The title of the passive solution, where there is one."""
    revote: bool = False
    capacity: int | None = None
    budget: int | None = None
    costs: Mapping[str, int] = field(default_factory=dict)
    dots_per_seat: int | None = None
    max_per_option: int | None = None
    motion: str = ""
    majority: str = ""
    weights: Mapping[int, int] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """What a ballot looks like."""
        return KIND_OF[self.method]

    @property
    def is_resolution(self) -> bool:
        """Whether yes and no are the answers."""
        return self.kind == Kind.RESOLUTION

    @property
    def replaceable(self) -> bool:
        """Whether a ballot can be replaced until the close; what the office enters always can."""
        return self.revote or self.mode == PollMode.ENTERED


@dataclass(frozen=True)
class RoomFacts:
    """What the room says at the opening, as the rule of a resolution keeps it."""

    vote_unit: str
    tie: str
    members: int
    present: int
    voters: int
    attempt: int = 1


def rule_of(wish: PollWish, options: Sequence[RuleOption], room: RoomFacts) -> PollRule:
    """The rule as it is frozen; raises `InvalidPollRule` where nobody could vote by it."""
    fits = wish.capacity if wish.capacity and wish.capacity < len(options) else None
    shares = wish.method in PROPORTIONAL
    if wish.is_resolution:
        return PollRule(
            wish.method,
            mode=wish.mode,
            vote_unit=room.vote_unit,
            revote=wish.replaceable,
            weighted=any(weight != 1 for weight in wish.weights.values()),
            motion=wish.motion.strip(),
            majority=wish.majority,
            attempt=room.attempt,
            tie=room.tie,
            members=room.members,
            present=room.present,
            recused=max(0, room.present - room.voters),
        )
    return PollRule(
        wish.method,
        tuple(options),
        mode=wish.mode,
        vote_unit=room.vote_unit,
        revote=wish.replaceable,
        weighted=any(weight != 1 for weight in wish.weights.values()),
        capacity=None if wish.budget else (wish.capacity if shares else fits),
        budget=wish.budget if shares else None,
        completion="phragmen" if wish.method == PollMethod.EQUAL_SHARES else "",
        highest=HIGHEST.get(wish.kind),
        dots_per_seat=wish.dots_per_seat if wish.kind == Kind.DOTS else None,
        max_per_option=wish.max_per_option if wish.kind == Kind.DOTS else None,
    )
