"""The independent side of `make oracle`: runs in the environment of the libraries, imports nothing of the house.

Winners by Schulze are compared as sets. pyrankvote breaks ties of the instant run-off silently, so where the house
names a tie its winner must be one of the tied.
"""

import json
import sys

import pyrankvote
from pyrankvote import Ballot, Candidate
from schulze_condorcet import schulze_evaluate
from votelib.component.rankscore import Borda
from votelib.convert import RankedToPositionalVotes


def schulze(row):
    """The first group of the library's order."""
    votes = [">".join(order) for number, order in row["ballots"] for _ in range(number)]
    return sorted(schulze_evaluate(votes, list(row["ids"])).split(">")[0].split("="))


def runoff(row):
    """The library's one winner."""
    people = {option: Candidate(option) for option in row["ids"]}
    ballots = [Ballot([people[o] for o in order]) for number, order in row["ballots"] for _ in range(number)]
    return str(pyrankvote.instant_runoff_voting(list(people.values()), ballots).get_winners()[0])


def borda(row):
    """Points for places, from n for the first."""
    votes = {}
    for number, order in row["ballots"]:
        votes[tuple(order)] = votes.get(tuple(order), 0) + number
    scores = RankedToPositionalVotes(Borda(base=1)).convert(votes)
    return {option: str(scores.get(option, 0)) for option in row["ids"]}


def main():
    """Compare every row; 1 if any differs."""
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = json.load(file)
    different, tied = [], 0
    for row in rows:
        tied += len(row["schulze"]) > 1 or len(row["irv"]) > 1
        if schulze(row) != row["schulze"]:
            different.append(("schulze", row))
        if runoff(row) not in row["irv"]:
            different.append(("irv", row))
        if borda(row) != row["borda"]:
            different.append(("borda", row))
    print(f"{len(rows)} profiles, {tied} with ties, {len(different)} differences")  # noqa: T201 - it reports
    for method, row in different[:5]:
        print(method, json.dumps(row))  # noqa: T201
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
