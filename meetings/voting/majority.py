"""Resolutions: the majority rule, the count with its identity, and what follows from both. Integers only."""

from dataclasses import dataclass, replace

CAST, PRESENT, MEMBERS = "cast", "present", "members"
"""What a share is taken of: yes and no votes, the present entitled, or all entitled seats of the body."""

REJECTED, CHAIR_DECIDES, REVOTE, LOT = "rejected", "chair_decides", "revote", "lot"
"""What a tie means (BodyRules). VwVfG § 91: the chair's vote decides if the chair may vote, else rejected."""


@dataclass(frozen=True)
class MajorityRule:
    """Accepted if yes is more than (`strict`) or at least numerator/denominator of the base.

    `abstentions_count` adds abstentions to the base of cast votes; `without_no` refuses at a single no vote.
    """

    base: str = CAST
    numerator: int = 1
    denominator: int = 2
    strict: bool = True
    abstentions_count: bool = False
    without_no: bool = False
    tie: str = REJECTED


MAJORITY_RULES: dict[str, MajorityRule] = {
    "simple_of_cast": MajorityRule(),
    "absolute_of_present": MajorityRule(PRESENT),
    "absolute_of_members": MajorityRule(MEMBERS),
    "two_thirds_of_cast": MajorityRule(CAST, 2, 3, strict=False),
    "two_thirds_of_members": MajorityRule(MEMBERS, 2, 3, strict=False),
    "three_quarters": MajorityRule(CAST, 3, 4, strict=False),
    "unanimous_of_cast": MajorityRule(without_no=True),
    "consent": MajorityRule(CAST, 0, 1, strict=False, without_no=True),
}
"""The rules a body can choose, by key; `consent` means that nobody objects, even if nobody says yes."""

CONSENSUS_ATTEMPTS = 2
"""After so many attempts without agreement the simple majority decides (the model is DHRV § 8)."""


def rule_for(decision: str, attempt: int = 1, tie: str = REJECTED) -> MajorityRule:
    """The majority rule behind a body's way of deciding; KeyError for an unknown way.

    `consensus_then_majority` asks for agreement in the first attempts and for a simple majority afterwards.
    """
    if decision == "consensus_then_majority":
        decision = "unanimous_of_cast" if attempt <= CONSENSUS_ATTEMPTS else "simple_of_cast"
    if decision == "consensus":
        decision = "unanimous_of_cast"
    return replace(MAJORITY_RULES[decision], tie=tie)


@dataclass(frozen=True)
class VoteCount:
    """The votes of one resolution; `not_cast` were present and entitled and said nothing."""

    yes: int
    no: int
    abstain: int = 0
    invalid: int = 0
    not_cast: int = 0
    recused: int = 0

    @property
    def entitled_present(self) -> int:
        """Present and entitled, without the recused."""
        return self.yes + self.no + self.abstain + self.invalid + self.not_cast


class CountMismatch(ValueError):
    """The votes do not add up to the people in the room; such a result must not be recorded."""

    def __init__(self, counted: int, expected: int) -> None:
        super().__init__(f"{counted} votes accounted for, {expected} expected")
        self.counted = counted
        self.expected = expected


def settled(outcome: "Outcome", drawn: str) -> "Outcome":
    """A tie that waits for the lot, once it has fallen on "yes" or "no"; any other outcome stays as it is."""
    if outcome.kind != TIE_LOT or drawn not in ("yes", "no"):
        return outcome
    accepted = drawn == "yes"
    return replace(outcome, accepted=accepted, kind=LOT_ACCEPTED if accepted else LOT_REJECTED)


def check_identity(count: VoteCount, present: int) -> None:
    """Raises `CountMismatch` unless yes + no + abstentions + invalid + not cast = present entitled − recused."""
    expected = present - count.recused
    if count.entitled_present != expected:
        raise CountMismatch(count.entitled_present, expected)


UNANIMOUS, MAJORITY, DEFEATED, TIE_REJECTED = "unanimous", "majority", "defeated", "tie_rejected"
TIE_CHAIR_ACCEPTED, TIE_CHAIR_REJECTED = "tie_chair_accepted", "tie_chair_rejected"
LOT_ACCEPTED, LOT_REJECTED = "lot_accepted", "lot_rejected"
TIE_REVOTE, TIE_LOT, NO_CONSENSUS, NO_VOTES = "tie_revote", "tie_lot", "no_consensus", "no_votes"


@dataclass(frozen=True)
class Outcome:
    """The verdict and how it came about; `accepted` is None while a revote or a lot must still decide.

    `needed` yes votes of `base` would have been, or were, enough.
    """

    accepted: bool | None
    kind: str
    base: int
    needed: int


def base_of(rule: MajorityRule, count: VoteCount, members: int) -> int:
    """The number that the share is taken of."""
    if rule.base == MEMBERS:
        return members
    if rule.base == PRESENT:
        return count.entitled_present
    return count.yes + count.no + (count.abstain if rule.abstentions_count else 0)


def yes_needed(rule: MajorityRule, base: int) -> int:
    """The smallest number of yes votes that carries the motion."""
    if rule.without_no:
        return base
    share, rest = divmod(rule.numerator * base, rule.denominator)
    return share + 1 if rule.strict or rest else share


def evaluate(rule: MajorityRule, count: VoteCount, members: int, chair_vote: str | None = None) -> Outcome:
    """The result of a resolution among `members` entitled seats.

    `chair_vote` ("yes" or "no") is what the chair voted, if the chair was entitled; it decides a tie only under
    the rule `chair_decides`.
    """
    base = base_of(rule, count, members)
    accepted, kind = _verdict(rule, count, base, chair_vote)
    return Outcome(accepted, kind, base, yes_needed(rule, base))


def _verdict(rule: MajorityRule, count: VoteCount, base: int, chair_vote: str | None) -> tuple[bool | None, str]:
    if not count.yes and not count.no and rule.numerator:
        return False, NO_VOTES
    if rule.without_no:
        return (False, NO_CONSENSUS) if count.no else (True, UNANIMOUS)
    if count.yes >= yes_needed(rule, base):
        return True, MAJORITY if count.no else UNANIMOUS
    if count.yes == count.no and _is_simple(rule):
        return _verdict_of_tie(rule.tie, chair_vote)
    return False, DEFEATED


def _is_simple(rule: MajorityRule) -> bool:
    """Only where half of the cast votes decides does an equal number of yes and no leave the matter open."""
    return rule.base == CAST and 2 * rule.numerator == rule.denominator and not rule.abstentions_count


def _verdict_of_tie(tie: str, chair_vote: str | None) -> tuple[bool | None, str]:
    if tie == CHAIR_DECIDES and chair_vote in ("yes", "no"):
        return (True, TIE_CHAIR_ACCEPTED) if chair_vote == "yes" else (False, TIE_CHAIR_REJECTED)
    if tie == REVOTE:
        return None, TIE_REVOTE
    return (None, TIE_LOT) if tie == LOT else (False, TIE_REJECTED)
