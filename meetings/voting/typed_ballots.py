"""A ballot read straight from what a browser sent, where there is nothing to explain. Pure.

Only what was filled in completely and plainly is taken here, and only if the rule takes it; everything else goes
through the form of `ballot_forms.py`, which says what is wrong. Both read the same fields and give the same answer.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from meetings.voting.answers import VOTES, Answer, answer_errors, is_abstention, places_to_ranking
from meetings.voting.methods.profile import Kind
from meetings.voting.poll_rule import PollRule

_NUMBER = re.compile(r"0|[1-9][0-9]{0,3}")
ABSTAIN = "abstain"


class Fields(Protocol):
    """The fields of a form as they came, some of them several times."""

    def getlist(self, key: str) -> list[str]:
        """Every value under this name."""

    def __contains__(self, key: object) -> bool: ...


def typed_answer(rule: PollRule, sent: Fields) -> Answer | None:
    """The ballot, None if it takes more than a look: then the form reads it."""
    if ABSTAIN in sent:
        return None
    answer = _READ[rule.kind](rule, sent)
    if answer is None or answer_errors(rule, answer):
        return None
    return answer if rule.is_resolution or not is_abstention(rule, answer) else None


def _vote(rule: PollRule, sent: Fields) -> Answer | None:
    del rule
    given = sent.getlist("vote")
    return {"answer": given[0]} if len(given) == 1 and given[0] in VOTES else None


def _approval(rule: PollRule, sent: Fields) -> Answer | None:
    del rule
    return {"approved": sent.getlist("approved")}


def _dots(rule: PollRule, sent: Fields) -> Answer | None:
    numbers = _numbers(rule, sent, "punkte")
    return None if numbers is None else {"points": {option: numbers.get(option, 0) for option in rule.option_ids}}


def _marks(rule: PollRule, sent: Fields) -> Answer | None:
    numbers = _numbers(rule, sent, "wahl")
    return None if numbers is None else {"points": numbers}


def _places(rule: PollRule, sent: Fields) -> Answer | None:
    numbers = _numbers(rule, sent, "wahl")
    if numbers is None or any(not 1 <= place <= len(rule.options) for place in numbers.values()):
        return None
    return {"ranking": places_to_ranking(numbers)}


def _numbers(rule: PollRule, sent: Fields, name: str) -> Mapping[str, int] | None:
    """Option → the number that was typed, without those left empty; None if something else stands there.

    A list to choose from always sends something; a form without one is a matter for the form. Dots may be missing.
    """
    found: dict[str, int] = {}
    for place, option in enumerate(rule.option_ids, start=1):
        given: Sequence[str] = sent.getlist(f"{name}-{place}") or ([""] if name == "punkte" else [])
        if len(given) != 1 or not (given[0] == "" or _NUMBER.fullmatch(given[0])):
            return None
        if given[0]:
            found[option] = int(given[0])
    return found


_READ: Mapping[Kind, Callable[[PollRule, Fields], Answer | None]] = {
    Kind.RESOLUTION: _vote,
    Kind.APPROVAL: _approval,
    Kind.SCORE: _marks,
    Kind.RESISTANCE: _marks,
    Kind.RANKED: _places,
    Kind.DOTS: _dots,
}
