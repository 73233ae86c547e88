"""Which solutions are worth a look for a gap, and what people type in lines. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

FEWEST_AGENCIES = 2
"""An interface lies between agencies: one shared agency alone is no likeness."""


class Reason(StrEnum):
    """Why a solution is suggested."""

    TRANSITION = "transition"
    INTERFACE = "interface"
    TEXT = "text"


@dataclass(frozen=True)
class Likeness:
    """What the gaps of a solution share with the gap that is looked at: codes, and whether the text is alike."""

    solution_id: int
    transitions: Collection[str] = ()
    agencies: Collection[str] = ()
    alike_in_text: bool = False

    def reasons(self) -> tuple[Reason, ...]:
        """Why it is suggested, the strongest first; nothing if it is not."""
        found = (
            (Reason.TRANSITION, bool(self.transitions)),
            (Reason.INTERFACE, len(self.agencies) >= FEWEST_AGENCIES),
            (Reason.TEXT, self.alike_in_text),
        )
        return tuple(reason for reason, holds in found if holds)


def suggested(found: Iterable[Likeness], most: int) -> list[Likeness]:
    """The `most` likest, those with more reasons first, then those that share more codes."""
    worth = [likeness for likeness in found if likeness.reasons()]
    worth.sort(key=lambda each: (-len(each.reasons()), -len(each.transitions), -len(each.agencies), each.solution_id))
    return worth[:most]


def gap_keys(typed: str) -> tuple[str, ...]:
    """The keys in a line that a person typed, with commas, semicolons or blanks between; each once, in capitals."""
    return tuple(dict.fromkeys(typed.replace(",", " ").replace(";", " ").upper().split()))


def lines(typed: str) -> tuple[str, ...]:
    """The lines of a text that are not empty, without the bullets that people put in front."""
    return tuple(
        filter(None, (line.strip().removeprefix("-").removeprefix("•").strip() for line in typed.splitlines()))
    )
