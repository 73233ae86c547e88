"""Whether and how a body decides in writing, and what came of it. Pure.

VwVfG § 90 Abs. 1: a decision in writing needs that no member objects. One objection ends the circular, and the motion
goes on the next agenda. Silence is never yes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.lifecycle import Lifecycle, Transition, needs
from app.core.permissions import Verdict, allowed_if

ALLOWED, UNLESS_OBJECTION, NOT_ALLOWED = "allowed", "allowed_unless_objection", "not_allowed"
SHORTEST = timedelta(hours=24)
"""A shorter deadline would leave somebody no chance to answer or to object."""
REMIND_BEFORE = timedelta(hours=48)


@dataclass(frozen=True)
class CircularFacts:
    """What the guards look at; every fact that is not known counts against the step."""

    over: bool = False
    all_answered: bool = False
    has_reason: bool = False


_LEADING = frozenset({"chair", "office"})
CIRCULAR_LIFECYCLE: Lifecycle[CircularFacts] = Lifecycle(
    "circular",
    [
        Transition("running", "closed", _LEADING, "ending"),
        Transition("running", "withdrawn", _LEADING, "reason"),
    ],
    {
        "ending": needs(
            lambda facts: facts.over or facts.all_answered,
            "Gezählt wird nach Fristende, vorher nur, wenn alle geantwortet haben.",
        ),
        "reason": needs(lambda facts: facts.has_reason, "Zurückgezogen wird nur mit Begründung."),
    },
)
"""That an objection stops a circular is no step that somebody takes: it happens with the objection."""


def may_be_circular(rule: str) -> Verdict:
    """Whether the body's rules of procedure let it decide in writing."""
    fine = rule in (ALLOWED, UNLESS_OBJECTION)
    return allowed_if(fine, "Nach seinen Regeln beschließt dieses Gremium nicht im Umlauf.")


def deadline_fits(opened: datetime, deadline: datetime) -> bool:
    """Whether everybody has the time to answer."""
    return deadline - opened >= SHORTEST


def stops(rule: str, answers: Collection[str]) -> bool:
    """Whether an objection to deciding in writing ends the circular, as the body's rule says."""
    return rule == UNLESS_OBJECTION and "object" in answers


def reminds_now(now: datetime, deadline: datetime, opened: datetime) -> bool:
    """Whether those who have not answered are reminded: two days before the end, half-way if it is shorter."""
    long_enough = deadline - opened >= 2 * REMIND_BEFORE
    first = deadline - REMIND_BEFORE if long_enough else opened + (deadline - opened) / 2
    return first <= now < deadline


def votes_of(answers: Collection[str]) -> list[str]:
    """The answers as votes: where an objection does not stop the circular, it counts as a no to deciding like this."""
    return ["no" if answer == "object" else answer for answer in answers]
