"""Between what the lot decides, and how it falls from a number that was sealed before the poll. Pure.

Commit and reveal: when a poll opens its page shows the hash of a secret number. After the close the number is told, and
each candidate gets the hash of number, ballot file and candidate; the smallest hashes win. Nobody could choose the
number after the ballots, and no voter could know it before.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from meetings.voting.dots import CutLine
from meetings.voting.majority import TIE_LOT, Outcome
from meetings.voting.methods.outcome import Counted


class LotKind(StrEnum):
    """How the lot was drawn."""

    SEED = "seed"
    HAND = "hand"


@dataclass(frozen=True)
class Draw:
    """Between whom the lot decides: each candidate is a set of options; `places` of them win."""

    candidates: tuple[tuple[str, ...], ...]
    places: int = 1


def draw_of(counted: Counted, cut: CutLine | None, outcome: Outcome | None, *, shares: bool) -> Draw | None:
    """What a lot would decide; None where nothing is tied that anybody waits for.

    The line of capacity before the first place; a choice of several as a whole; a resolution if its rule says so.
    """
    if outcome is not None:
        return Draw((("yes",), ("no",))) if outcome.kind == TIE_LOT else None
    if shares:
        return Draw(counted.outcomes) if len(counted.outcomes) > 1 else None
    if cut is not None:
        return Draw(tuple((option,) for option in cut.tied), cut.open_places) if cut.falls_into_tie else None
    first = counted.ranking[0] if counted.ranking else ()
    return Draw(tuple((option,) for option in first)) if len(first) > 1 else None


def commitment(seed: str) -> str:
    """What is shown before the poll: the SHA-256 of the secret number."""
    return hashlib.sha256(seed.encode()).hexdigest()


def name_of(candidate: Sequence[str]) -> str:
    """A candidate in one word: its options in their order, with a plus between them."""
    return "+".join(candidate)


def ticket(seed: str, file_sha256: str, candidate: Sequence[str]) -> str:
    """The hash by which a candidate is sorted: SHA-256 of „number:file:candidate“."""
    return hashlib.sha256(f"{seed}:{file_sha256}:{name_of(candidate)}".encode()).hexdigest()


def drawn(seed: str, file_sha256: str, draw: Draw) -> tuple[tuple[str, ...], ...]:
    """Who wins by the sealed number: those with the smallest hashes."""
    in_order = sorted(draw.candidates, key=lambda each: ticket(seed, file_sha256, each))
    return tuple(in_order[: draw.places])
