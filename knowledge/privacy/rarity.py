"""Combinations of structured fields that only few people share (domain.md DP-3). Pure; a warning, no barrier."""

from collections.abc import Collection
from dataclasses import dataclass

FEW_INHABITANTS = 15_000
LARGE_HOUSEHOLD = 5
"""From so many people on a household stands out anywhere."""
MANY_TRAITS = 4
"""So many narrowing details together point at somebody even in a large municipality (trust.md 4.1)."""


@dataclass(frozen=True)
class Rarity:
    """Why a case is easy to recognise: the place is small, the household stands out, there are many details."""

    small_place: bool
    large_household: bool
    traits: int


def rare_combination(
    *, inhabitants: int | None, groups: Collection[str], household: int | None, more: Collection[str] = ()
) -> Rarity | None:
    """What makes the combination rare, None if nothing does.

    `inhabitants` of the municipality (None: not named), `groups` the affected groups, `household` how many people
    live in it (None: not named), `more` further narrowing codes, such as sensitive life domains.
    """
    small = inhabitants is not None and inhabitants < FEW_INHABITANTS
    large = household is not None and household >= LARGE_HOUSEHOLD
    traits = (inhabitants is not None) + (household is not None) + len(set(groups)) + len(set(more))
    in_a_small_place = small and bool(groups) and household is not None
    if in_a_small_place or (small and large) or (inhabitants is not None and traits >= MANY_TRAITS):
        return Rarity(small, large, traits)
    return None
