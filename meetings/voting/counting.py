"""The frozen count of a dots poll: its one text, the text back, and the ballot file that anyone can count again.

The count names no voter: ballots stand in an order of their own, which says nothing about who cast them or when.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meetings.voting.dots import CutLine, DotsRule, Tally, tally_dots

BALLOT_FORMAT = "lueckenlos-ballots/1"


@dataclass(frozen=True)
class Count:
    """A count as it is stored: the tally, how many were entitled, and the ballots without their voters."""

    tally: Tally
    entitled: int
    papers: tuple[Mapping[str, int], ...]

    @property
    def not_cast(self) -> int:
        """How many were entitled and cast nothing."""
        return self.entitled - self.tally.ballots


def count(rule: DotsRule, ballots: Iterable[Mapping[str, int]], entitled: int) -> Count:
    """Count the ballots of a closed poll; raises `InvalidBallot` for one that breaks the rule."""
    papers = sorted((_spent(paper) for paper in ballots), key=lambda paper: _order(rule, paper))
    return Count(tally_dots(rule, papers), entitled, tuple(papers))


def _spent(paper: Mapping[str, int]) -> dict[str, int]:
    return {option: points for option, points in paper.items() if points}


def _order(rule: DotsRule, paper: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(-paper.get(option, 0) for option in rule.option_ids)


def freeze(counted: Count) -> str:
    """The one JSON text of a count: sorted keys, no spaces. This is what gets stored and hashed."""
    tally = counted.tally
    values = {
        "points": tally.points,
        "voters": tally.voters,
        "ranking": tally.ranking,
        "ballots": tally.ballots,
        "unused": tally.unused,
        "cut": vars(tally.cut) if tally.cut else None,
        "entitled": counted.entitled,
        "papers": counted.papers,
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thaw_count(text: str) -> Count:
    """The count back from its stored text."""
    values: dict[str, Any] = json.loads(text)
    cut, ranking = values["cut"], tuple(tuple(group) for group in values["ranking"])
    line = CutLine(cut["capacity"], tuple(cut["inside"]), tuple(cut["tied"]), cut["open_places"]) if cut else None
    tally = Tally(values["points"], values["voters"], ranking, values["ballots"], values["unused"], line)
    return Count(tally, values["entitled"], tuple(values["papers"]))


def ballot_file(rule: DotsRule, papers: Sequence[Mapping[str, int]]) -> str:
    """The ballots as `lueckenlos tally --method dots` counts them; equal ballots stand once with their number."""
    texts = [json.dumps(paper, sort_keys=True) for paper in papers]
    values = {
        "format": BALLOT_FORMAT,
        "kind": "dots",
        "options": [{"id": option.id, "title": option.title} for option in rule.options],
        "ballots": [{"count": texts.count(text), "points": json.loads(text)} for text in dict.fromkeys(texts)],
        "rule": rule.as_mapping(),
    }
    return json.dumps(values, ensure_ascii=False, indent=1)
