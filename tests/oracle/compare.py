"""`make oracle`: random profiles, ties included, counted by the house and by libraries that share no line with it.

The libraries live in an environment of their own (`libraries.txt`); `peers.py` runs there.
"""

import json
import random
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from meetings.voting.methods.counting import count
from meetings.voting.methods.profile import Ballot, Kind, Option, Profile

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parents[1] / "var" / "oracle"
PROFILES = 3000


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


def main() -> int:
    """Count, hand over, and pass on what the peers say."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    wanted = HERE / "libraries.txt"
    subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", wanted], check=True)
    chance = random.Random(20261123)
    rows = [ours(*profile(chance)) for _ in range(PROFILES)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profiles.json"
        file.write_text(json.dumps(rows))
        return subprocess.run([python, "-I", HERE / "peers.py", file], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
