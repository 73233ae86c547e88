"""The frozen count of a poll of any method: made from its ballot file, its one text, and the text back. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from meetings.voting.ballot_files import CountedPaper, canonical, count_file, file_of
from meetings.voting.dots import CutLine, cut_line
from meetings.voting.majority import CountMismatch, MajorityRule, Outcome, VoteCount, check_identity, evaluate, rule_for
from meetings.voting.methods.outcome import Counted, plain
from meetings.voting.poll_rule import PROPORTIONAL, PollRule


@dataclass(frozen=True)
class PollCount:
    """A count as it is stored. `cast` and `entitled` are votes: as many as seats, unless seats have weights."""

    counted: Counted
    cast: int
    entitled: int
    votes: VoteCount | None = None
    chair_vote: str | None = None

    @property
    def not_cast(self) -> int:
        """The votes that were not cast."""
        return self.entitled - self.cast


def majority_of(rule: PollRule) -> MajorityRule:
    """The majority rule of a resolution in this attempt."""
    return rule_for(rule.majority, rule.attempt, rule.tie or "rejected")


def outcome_of(rule: PollRule, count: PollCount) -> Outcome | None:
    """The verdict over a resolution; None for other polls."""
    return evaluate(majority_of(rule), count.votes, rule.members, count.chair_vote) if count.votes else None


def count_poll(
    rule: PollRule, papers: Sequence[CountedPaper], entitled: int, chair_vote: str | None = None
) -> tuple[str, PollCount]:
    """The ballot file and its count; raises `CountMismatch` where a resolution's votes do not add up."""
    cast = sum(paper.count for paper in papers)
    if cast > entitled:
        raise CountMismatch(cast, entitled)
    facts: dict[str, Any] = {"entitled": entitled, "not_cast": entitled - cast}
    if rule.is_resolution:
        facts |= {"recused": rule.recused, **({"chair_vote": chair_vote} if chair_vote else {})}
    text = file_of(rule, papers, facts)
    counted = count_file(text, rule)
    votes = _votes(counted, entitled - cast, rule.recused) if rule.is_resolution else None
    if votes:
        check_identity(votes, entitled + rule.recused)
    return text, PollCount(counted, cast, entitled, votes, chair_vote)


def _votes(counted: Counted, not_cast: int, recused: int) -> VoteCount:
    yes, no, abstain, invalid = (int(counted.scores[name]) for name in ("yes", "no", "abstain", "invalid"))
    return VoteCount(yes, no, abstain, invalid, not_cast, recused)


def cut_of(rule: PollRule, counted: Counted) -> CutLine | None:
    """Where the capacity ends in a ranking; proportional methods choose a set, which needs no line."""
    return None if rule.method in PROPORTIONAL else cut_line(counted.ranking, rule.capacity)


def freeze_count(count: PollCount) -> str:
    """The one text of a count; this is what gets stored and hashed."""
    counted = count.counted
    return canonical(
        {
            "method": counted.method,
            "ids": counted.ids,
            "outcomes": counted.outcomes,
            "ranking": counted.ranking,
            "scores": {option: plain(score) for option, score in counted.scores.items()},
            "duels": counted.duels,
            "rounds": counted.rounds,
            "accepted": counted.accepted,
            "cast": count.cast,
            "entitled": count.entitled,
            "votes": vars(count.votes) if count.votes else None,
            "chair_vote": count.chair_vote,
        }
    )


def thaw_poll_count(text: str) -> PollCount:
    """The count back from its stored text."""
    values: Mapping[str, Any] = json.loads(text)
    counted = Counted(
        values["method"],
        tuple(values["ids"]),
        _tuples(values["outcomes"]),
        _tuples(values["ranking"]),
        {option: Fraction(score) for option, score in values["scores"].items()},
        values["duels"],
        tuple(values["rounds"]),
        values["accepted"],
    )
    votes = VoteCount(**values["votes"]) if values["votes"] else None
    return PollCount(counted, values["cast"], values["entitled"], votes, values["chair_vote"])


def _tuples(groups: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group) for group in groups)
