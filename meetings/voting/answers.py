"""Checking a ballot against the rule of its poll, whatever its kind, and the one form in which it is counted. Pure.

A ballot here is what the ballot file holds, without its count. An empty one is an abstention; a resolution says so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from meetings.voting.methods.profile import Kind
from meetings.voting.poll_rule import PollRule

Answer = Mapping[str, Any]
UNKNOWN, TWICE, NEGATIVE, TOO_MUCH, TOO_MANY, TOO_FEW, MISSING, GAP, SHAPE = (
    "unknown",
    "twice",
    "negative",
    "too_much",
    "too_many",
    "too_few",
    "missing",
    "gap",
    "shape",
)
"""What can be wrong with a ballot."""
VOTES = ("yes", "no", "abstain")
"""What can be cast; „invalid“ is only found in a box of paper."""


@dataclass(frozen=True)
class AnswerError:
    """What is wrong, with which option, and the numbers that it is about."""

    kind: str
    option: str = ""
    found: int = 0
    allowed: int = 0


class InvalidAnswer(ValueError):
    """A ballot reached the count that should not have been taken."""


def answer_errors(rule: PollRule, answer: Answer, *, on_paper: bool = False) -> tuple[AnswerError, ...]:
    """Everything that is wrong with a ballot, empty if it can be cast."""
    checks = {
        Kind.RESOLUTION: lambda: _vote_errors(answer, on_paper),
        Kind.RANKED: lambda: _ranking_errors(rule, answer),
        Kind.APPROVAL: lambda: _named_errors(rule, answer.get("approved")),
    }
    check = checks.get(rule.kind, lambda: _points_errors(rule, answer.get("points")))
    return tuple(check())


def _vote_errors(answer: Answer, on_paper: bool) -> Iterable[AnswerError]:
    if set(answer) != {"answer"} or answer["answer"] not in (*VOTES, *(("invalid",) if on_paper else ())):
        yield AnswerError(UNKNOWN)


def _ranking_errors(rule: PollRule, answer: Answer) -> Iterable[AnswerError]:
    groups = answer.get("ranking")
    if not isinstance(groups, list | tuple) or not all(isinstance(group, list | tuple) for group in groups):
        yield AnswerError(SHAPE)
        return
    if any(not group for group in groups):
        yield AnswerError(GAP, found=next(place for place, group in enumerate(groups, 1) if not group))
    yield from _named_errors(rule, [option for group in groups for option in group])


def _named_errors(rule: PollRule, named: object) -> Iterable[AnswerError]:
    if not isinstance(named, list | tuple) or not all(isinstance(option, str) for option in named):
        yield AnswerError(SHAPE)
        return
    yield from (AnswerError(UNKNOWN, option) for option in named if option not in rule.option_ids)
    yield from (AnswerError(TWICE, option) for option in dict.fromkeys(named) if _count(named, option) > 1)


def _count(named: Collection[str], option: str) -> int:
    return sum(each == option for each in named)


def _points_errors(rule: PollRule, points: object) -> Iterable[AnswerError]:
    if not isinstance(points, Mapping) or not all(type(number) is int for number in points.values()):
        yield AnswerError(SHAPE)
        return
    most = rule.max_per_option if rule.kind == Kind.DOTS else rule.highest
    for option, number in points.items():
        if option not in rule.option_ids:
            yield AnswerError(UNKNOWN, str(option))
        elif number < 0:
            yield AnswerError(NEGATIVE, option, number)
        elif number > (most or 0):
            yield AnswerError(TOO_MUCH, option, number, most or 0)
    yield from _sum_errors(rule, points)


def _sum_errors(rule: PollRule, points: Mapping[str, int]) -> Iterable[AnswerError]:
    if rule.kind == Kind.RESISTANCE:
        yield from (AnswerError(MISSING, option) for option in rule.option_ids if points and option not in points)
    if rule.kind != Kind.DOTS:
        return
    spent, dots = sum(points.values()), rule.dots_per_seat or 0
    if spent > dots:
        yield AnswerError(TOO_MANY, found=spent, allowed=dots)
    elif rule.must_spend_all and 0 < spent < dots:
        yield AnswerError(TOO_FEW, found=spent, allowed=dots)


def is_abstention(rule: PollRule, answer: Answer) -> bool:
    """Whether a ballot says nothing about any option."""
    if rule.is_resolution:
        return answer.get("answer") == "abstain"
    return not any(normal(rule, answer).values())


def normal(rule: PollRule, answer: Answer) -> dict[str, Any]:
    """The one form of a ballot: dots without zeros, options of a place and approvals in the order of the rule."""
    place = {option: number for number, option in enumerate(rule.option_ids)}
    if rule.is_resolution:
        return {"answer": answer["answer"]}
    if rule.kind == Kind.RANKED:
        return {"ranking": [sorted(group, key=place.__getitem__) for group in answer["ranking"]]}
    if rule.kind == Kind.APPROVAL:
        return {"approved": sorted(answer["approved"], key=place.__getitem__)}
    given = {option: answer["points"][option] for option in rule.option_ids if option in answer["points"]}
    return {"points": {option: n for option, n in given.items() if n or rule.kind != Kind.DOTS}}


def places_to_ranking(places: Mapping[str, int]) -> list[list[str]]:
    """Option → place from 1, as people number them; the groups in their order, an unused place as an empty group."""
    last = max(places.values(), default=0)
    return [[option for option, place in places.items() if place == number] for number in range(1, last + 1)]
