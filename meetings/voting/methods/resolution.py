"""Counting a resolution from its ballots, by the rule that the file carries or by the simple majority."""

from collections.abc import Mapping
from fractions import Fraction

from meetings.voting.majority import MAJORITY_RULES, MajorityRule, VoteCount, evaluate, rule_for
from meetings.voting.methods.outcome import Counted
from meetings.voting.methods.profile import ANSWERS, BadProfile, Profile

YES, NO = "yes", "no"


def majority(profile: Profile) -> Counted:
    """Yes, no, abstentions and invalid ballots, and whether the motion is carried; None while a lot must decide.

    The rule may say `majority` (a key of MAJORITY_RULES, or how the body decides), `attempt`, `tie`, `members` and
    `not_cast`; what it leaves out is the simple majority of the votes cast, with a tie rejecting.
    """
    answers = {answer: sum(b.count for b in profile.ballots if b.answer == answer) for answer in ANSWERS}
    given = profile.rule or {}
    count = VoteCount(
        answers["yes"], answers["no"], answers["abstain"], answers["invalid"], _number(given, "not_cast", 0)
    )
    outcome = evaluate(_rule(given), count, _number(given, "members", count.entitled_present), _chair(given))
    won = {True: ((YES,),), False: ((NO,),), None: ((YES,), (NO,))}[outcome.accepted]
    scores = {answer: Fraction(number) for answer, number in answers.items()}
    return Counted("majority", (YES, NO), won, (), scores, accepted=outcome.accepted)


def _rule(given: Mapping[str, object]) -> MajorityRule:
    decision = str(given.get("majority", "simple_of_cast"))
    if decision not in (*MAJORITY_RULES, "consensus", "consensus_then_majority"):
        raise BadProfile(f"There is no majority rule {decision!r}.")
    return rule_for(decision, _number(given, "attempt", 1), str(given.get("tie", "rejected")))


def _number(given: Mapping[str, object], name: str, default: int) -> int:
    value = given.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadProfile(f"The rule's {name} is not a whole number.")
    return value


def _chair(given: Mapping[str, object]) -> str | None:
    vote = given.get("chair_vote")
    return str(vote) if vote in (YES, NO) else None
