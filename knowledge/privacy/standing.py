"""What the decisions about a passage come to. Pure; who decided and who wrote the text are given as ids of people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from knowledge.privacy.states import HitVerdict, Standing

LONGEST_REASON = 500


@dataclass(frozen=True)
class Decision:
    """One person's word about a passage."""

    verdict: HitVerdict
    reason: str
    person_id: int
    at: datetime


def outranking(decisions: Iterable[Decision], authors: Collection[int] = ()) -> Decision | None:
    """The word that counts: the latest of somebody who did not write the text; the authors' own only without one."""
    ordered = sorted(decisions, key=lambda each: (each.person_id not in authors, each.at))
    return ordered[-1] if ordered else None


def standing(decision: Decision | None, authors: Collection[int]) -> Standing:
    """Where a passage with this outranking decision stands; the authors' own „harmless“ is not enough (DP-1)."""
    if decision is None:
        return Standing.OPEN
    if decision.verdict == HitVerdict.REPLACE:
        return Standing.REPLACE
    return Standing.SECOND if decision.person_id in authors else Standing.CLEARED
