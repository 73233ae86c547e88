"""The rules of codings: what stands for a target, which keys and letters categories get, what a merging drops. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

CANDIDATE_CASES = 2
"""In so many cases a category recurs before it is proposed as a structural gap (workshops.md 2.2)."""

_KEY = re.compile(r"K-(\d{1,6})")
CATEGORY, GAP, FINDING = "category", "gap", "finding"
KINDS = (CATEGORY, GAP, FINDING)


@dataclass(frozen=True)
class Target:
    """What a passage is attached to."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def target_of(name: str) -> Target:
    """The target that a coding's `target` names; ValueError for anything else."""
    kind, _colon, number = name.partition(":")
    if kind not in KINDS or not number.isascii() or not number.isdecimal():
        raise ValueError(f"{name!r} is no target")
    return Target(kind, int(number))


def next_key(keys: Iterable[str]) -> str:
    """The next key of a category: K-01, K-02, … after the highest that there is, in whatever state."""
    numbers = [int(found.group(1)) for key in keys if (found := _KEY.fullmatch(key))]
    return f"K-{max(numbers, default=0) + 1:02d}"


def symbol_for(name: str, taken: Collection[str]) -> str:
    """A letter for a category: of its name the first that is free, else any, else two letters."""
    letters = [each for each in name.upper() if each.isalpha() and len(each) == 1]
    alphabet = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    single = [each for each in [*letters, *alphabet] if each not in taken]
    if single:
        return single[0]
    first = letters[0] if letters else "A"
    doubles = [first + other for other in alphabet] + [one + other for one in alphabet for other in alphabet]
    return next((each for each in doubles if each not in taken), "ZZ")


def above(category_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """The category's ancestors, the nearest first; ends where a circle would close."""
    found: list[int] = []
    parent = parents.get(category_id)
    while parent is not None and parent not in found and parent != category_id:
        found.append(parent)
        parent = parents.get(parent)
    return found


def may_stand_under(category_id: int, parent_id: int, parents: Mapping[int, int | None]) -> bool:
    """Whether a category can get this parent without standing under itself."""
    return parent_id != category_id and category_id not in above(parent_id, parents)


@dataclass(frozen=True)
class Link:
    """A coding as far as merging looks at it; two with the same `place` say the same."""

    id: int
    place: tuple[int, int, int]


@dataclass(frozen=True)
class MergePlan:
    """Which codings go to the other category, and which are dropped because it has them already."""

    moved: tuple[int, ...]
    dropped: tuple[int, ...]


def merge_plan(moving: Iterable[Link], there: Iterable[Link]) -> MergePlan:
    """Duplicates are dropped first, then links move (workshops.md 2.1, 5). `place`: passage, person, round."""
    taken = {link.place for link in there}
    links = list(moving)
    dropped = tuple(link.id for link in links if link.place in taken)
    return MergePlan(tuple(link.id for link in links if link.id not in dropped), dropped)


def is_candidate(cases: Collection[int]) -> bool:
    """Whether a category recurs in enough different cases to be a structural gap."""
    return len(set(cases)) >= CANDIDATE_CASES


def is_hidden(blind: bool, round_open: bool) -> bool:
    """Whether the codings of a round are hidden from everybody but their coder."""
    return blind and round_open
