"""Presence and quorum: who is in the room at a moment, and whether the body can decide. Numbers only, no wording."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

ONSITE, REMOTE = "onsite", "remote"


@dataclass(frozen=True)
class PresenceInterval:
    """A seat taken from `start` until just before `end`, None while it still is; `person_id` if it is known who."""

    seat_id: int
    person_id: int | None
    start: datetime
    end: datetime | None = None
    mode: str = ONSITE

    def covers(self, at: datetime) -> bool:
        """Whether the seat is taken at this moment."""
        return self.start <= at and (self.end is None or at < self.end)


def occupants(intervals: Iterable[PresenceInterval], at: datetime) -> dict[int, int | None]:
    """Seat → the person on it at this moment; of two on one seat the one who came last."""
    here = sorted((each for each in intervals if each.covers(at)), key=lambda each: each.start)
    return {each.seat_id: each.person_id for each in here}


def present_seats(intervals: Iterable[PresenceInterval], at: datetime) -> frozenset[int]:
    """The seats that someone occupies at this moment, each once whether by holder or deputy."""
    return frozenset(each.seat_id for each in intervals if each.covers(at))


def overlaps(intervals: Iterable[PresenceInterval], new: PresenceInterval) -> bool:
    """Whether the new presence would put a second person on the seat, or the person twice into the room."""
    return any(
        (each.seat_id == new.seat_id or (each.person_id == new.person_id and new.person_id is not None))
        and (new.end is None or each.start < new.end)
        and (each.end is None or new.start < each.end)
        for each in intervals
    )


@dataclass(frozen=True)
class QuorumRule:
    """Which share of the voting seats must be present, and what else must hold."""

    numerator: int = 1
    denominator: int = 2
    strict: bool = False
    minimum: int = 1
    needs_all_invited: bool = False
    waived_on_second_call: bool = False


QUORUM_RULES: dict[str, QuorumRule] = {
    "half_of_voting_members": QuorumRule(),
    "more_than_half": QuorumRule(strict=True),
    "more_than_half_min_three": QuorumRule(strict=True, minimum=3, needs_all_invited=True, waived_on_second_call=True),
    "two_thirds": QuorumRule(2, 3),
    "none": QuorumRule(0, 1),
}
"""The rules a body can choose; `more_than_half_min_three` is VwVfG § 90."""

REACHED, TOO_FEW, NOT_ALL_INVITED, SECOND_CALL, NO_SEATS = (
    "reached",
    "too_few",
    "not_all_invited",
    "second_call",
    "no_seats",
)


@dataclass(frozen=True)
class QuorumStatement:
    """The finding with its arithmetic: present of entitled, the number needed, and which case of the rule it is."""

    reached: bool
    present: int
    entitled: int
    needed: int
    kind: str


def seats_needed(rule: QuorumRule, entitled: int) -> int:
    """The smallest number of present seats that satisfies the share and the minimum, in integers."""
    share, rest = divmod(rule.numerator * entitled, rule.denominator)
    by_share = share + 1 if rule.strict or rest else share
    return max(by_share, rule.minimum)


def quorum(
    rule: QuorumRule,
    voting_seats: Collection[int],
    present: Collection[int],
    all_invited: bool = True,
    second_call: bool = False,
) -> QuorumStatement:
    """Whether the body can decide with these seats present; seats without a vote do not count.

    With one vote per organisation the caller passes organisations instead of seats. `second_call` is true when
    the meeting was called again for the same item and the invitation said so (VwVfG § 90 Abs. 2).
    """
    entitled = set(voting_seats)
    here, needed = len(entitled & set(present)), seats_needed(rule, len(entitled))
    kind = _kind(rule, len(entitled), here, needed, all_invited, second_call)
    return QuorumStatement(kind in (REACHED, SECOND_CALL), here, len(entitled), needed, kind)


def _kind(rule: QuorumRule, entitled: int, here: int, needed: int, all_invited: bool, second_call: bool) -> str:
    if not entitled:
        return NO_SEATS
    if rule.needs_all_invited and not all_invited:
        return NOT_ALL_INVITED
    if here >= needed:
        return REACHED
    return SECOND_CALL if second_call and rule.waived_on_second_call and here else TOO_FEW
