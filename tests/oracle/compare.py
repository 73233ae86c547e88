"""`make oracle`: random profiles, ties included, counted by the house and by libraries that share no line with it.

The libraries live in an environment of their own (`libraries.txt`); `peers.py` runs there.
"""

import json
import random
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from meetings.voting.methods.counting import Wish, count
from meetings.voting.methods.profile import Ballot, Kind, Option, Profile

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parents[1] / "var"
PROFILES, SHARED = 3000, 3000
Row = dict[str, Any]


def profile(chance: random.Random) -> tuple[str, list[tuple[int, list[str]]]]:
    """Two to six options, one to eight kinds of ballots; small counts, so that ties are common."""
    ids = "abcdef"[: chance.randint(2, 6)]
    return ids, [(chance.randint(1, 4), chance.sample(ids, len(ids))) for _ in range(chance.randint(1, 8))]


def ours(ids: str, ballots: list[tuple[int, list[str]]]) -> dict[str, Any]:
    """What the house makes of a profile."""
    ranked = [Ballot(number, tuple((option,) for option in order)) for number, order in ballots]
    found = Profile(Kind.RANKED, tuple(Option(option) for option in ids), tuple(ranked))
    return {
        "ids": ids,
        "ballots": ballots,
        "schulze": sorted(count(found, "schulze").winners),
        "irv": sorted(count(found, "irv").winners),
        "borda": {option: str(score) for option, score in count(found, "borda").scores.items()},
    }


def sharing(chance: random.Random) -> Row:
    """Two to six options with a capacity, or with costs and a budget; somebody supports each of them.

    Nothing costs more than the whole budget: the library leaves such options out at the start, while the house's
    Phragmén stops where the next one does not fit.
    """
    ids, seats = "abcdef"[: chance.randint(2, 6)], chance.random() < 0.5
    budget = chance.randint(1, len(ids)) if seats else chance.randint(2, 10)
    costs = {option: 1 if seats else chance.randint(1, min(4, budget)) for option in ids}
    ballots = [
        (chance.randint(1, 3), sorted(chance.sample(ids, chance.randint(0, len(ids)))))
        for _ in range(chance.randint(1, 6))
    ]
    lonely = sorted(set(ids) - {option for _number, approved in ballots for option in approved})
    ballots += [(1, lonely)] if lonely else []
    return {"costs": costs, "budget": budget, "seats": seats, "ballots": ballots}


def ours_shared(row: Row) -> Row:
    """What the house makes of it: every set with which the rule can end."""
    options = tuple(Option(o, cost=None if row["seats"] else Fraction(cost)) for o, cost in row["costs"].items())
    ballots = tuple(Ballot(n, points=dict.fromkeys(approved, Fraction(1))) for n, approved in row["ballots"])
    found = Profile(Kind.APPROVAL, options, ballots)
    wish = Wish(row["budget"], None) if row["seats"] else Wish(None, Fraction(row["budget"]))
    methods = ("equal_shares", "phragmen") if row["seats"] else ("equal_shares", "phragmen", "greedy")
    outcomes = {each: [sorted(chosen) for chosen in count(found, each, wish).outcomes] for each in methods}
    return {**row, "ours": outcomes}


def asked(name: str, peers: str, rows: list[Row], *more: str) -> int:
    """Hand rows to the peers in the environment of this name; 0 if they agree."""
    python = ENVIRONMENTS / name / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENTS / name, with_pip=True)
    wanted = HERE / f"libraries{peers.removeprefix('peers')}.txt"
    subprocess.run([python, "-m", "pip", "install", "-q", *more, "--require-hashes", "-r", wanted], check=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profiles.json"
        file.write_text(json.dumps(rows))
        return subprocess.run([python, "-I", HERE / f"{peers}.py", file], check=False).returncode


def made(number: int, make: Callable[[random.Random], Row]) -> list[Row]:
    """So many rows, the same ones every time."""
    chance = random.Random(20261123)
    return [make(chance) for _ in range(number)]


def main() -> int:
    """Count, hand over, and pass on what the peers say."""
    ranked = asked("oracle", "peers", made(PROFILES, lambda chance: ours(*profile(chance))))
    shared = made(SHARED, lambda chance: ours_shared(sharing(chance)))
    return max(ranked, asked("oracle-shares", "peers_shares", shared, "--no-deps"))


if __name__ == "__main__":
    sys.exit(main())
