"""The ballot file `lueckenlos-ballots/1`: one canonical text per poll, and the count of that very text. Pure.

A poll is counted from the file that it publishes, so that whoever counts the file counts what the house counted.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from meetings.voting.answers import Answer, InvalidAnswer, answer_errors, normal
from meetings.voting.methods.counting import METHODS, Wish, count
from meetings.voting.methods.files import FORMAT, from_json
from meetings.voting.methods.outcome import Counted, TooManyTies, tiers
from meetings.voting.methods.points import totals
from meetings.voting.methods.profile import BadProfile, Kind, Profile
from meetings.voting.methods.readings import READINGS
from meetings.voting.poll_rule import PROPORTIONAL, PollRule
from meetings.voting.states import PollMethod


@dataclass(frozen=True)
class CountedPaper:
    """A ballot as it is counted: its answer, how many votes it has, its control code in a secret poll."""

    answer: Answer
    count: int = 1
    code: str = ""


def file_of(rule: PollRule, papers: Iterable[CountedPaper], facts: Mapping[str, Any]) -> str:
    """The text of the file: equal ballots together, in an order that says nothing about who cast them or when.

    `facts` are numbers that the count needs and no ballot tells: entitled, not_cast, recused, chair_vote. Raises
    `InvalidAnswer` for a ballot that breaks the rule.
    """
    values = {
        "format": FORMAT,
        "kind": str(rule.kind),
        "options": [option.as_mapping() for option in rule.options],
        "ballots": _together(rule, papers),
        "rule": rule.as_mapping(),
        "facts": dict(facts),
    }
    return canonical(values)


def canonical(values: Any) -> str:
    """The one JSON text of these values: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """The hash of a text in UTF-8, as `sha256sum` prints it for a file of it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _together(rule: PollRule, papers: Iterable[CountedPaper]) -> list[dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for paper in papers:
        errors = answer_errors(rule, paper.answer, on_paper=True)
        if errors:
            raise InvalidAnswer(f"{errors}")
        answer = normal(rule, paper.answer)
        group = groups.setdefault(canonical(answer), {**answer, "count": 0})
        group["count"] += paper.count
        if paper.code:
            group.setdefault("codes", []).append(paper.code)
    for group in groups.values():
        if "codes" in group:
            group["codes"].sort()
    return [groups[key] for key in sorted(groups)]


def wish_of(rule: PollRule) -> Wish:
    """What the rule shares out; other methods look for one winner and rank the rest."""
    if rule.method not in PROPORTIONAL:
        return Wish()
    completion = rule.completion or "none"
    return Wish(None if rule.budget else rule.capacity, None, completion)


def count_file(text: str, rule: PollRule, method: PollMethod | None = None) -> Counted:
    """The count of a file by the rule's method, or by another one that fits its ballots."""
    profile, chosen = from_json(text), method or rule.method
    wish = wish_of(rule) if chosen in PROPORTIONAL else Wish()
    try:
        return count(profile, str(chosen), wish)
    except TooManyTies:
        return _unbroken(profile, str(chosen))


def _unbroken(profile: Profile, method: str) -> Counted:
    """So many ties that nobody could read the outcomes: the order by points alone, no outcome named."""
    scores = totals(profile)
    return Counted(method, profile.ids, (), tiers(profile.ids, scores), scores)


_FAMILIES = {
    Kind.RANKED: (PollMethod.SCHULZE, PollMethod.IRV, PollMethod.BORDA, PollMethod.PLURALITY),
    Kind.APPROVAL: (PollMethod.EQUAL_SHARES, PollMethod.PHRAGMEN, PollMethod.GREEDY),
    Kind.DOTS: (PollMethod.EQUAL_SHARES, PollMethod.GREEDY),
    Kind.SCORE: (PollMethod.EQUAL_SHARES, PollMethod.GREEDY),
}


def other_counts(text: str, rule: PollRule) -> dict[str, Counted]:
    """What other methods make of the same ballots; those that share out a capacity only where one was announced."""
    shares = rule.capacity is not None or rule.budget is not None
    fitting = [m for m in _FAMILIES.get(rule.kind, ()) if m != rule.method and (shares or m not in PROPORTIONAL)]
    found = {}
    for method in fitting:
        if rule.kind in METHODS[str(method)].kinds:
            found[str(method)] = _other(text, rule, method)
    reading = READINGS.get(rule.kind)
    if reading and rule.method not in PROPORTIONAL:
        counted = reading(from_json(text))
        found[counted.method] = counted
    return {method: counted for method, counted in found.items() if counted is not None}


def _other(text: str, rule: PollRule, method: PollMethod) -> Counted | None:
    try:
        return count_file(text, rule, method)
    except BadProfile:
        return None
