"""State machines as data: a table of transitions, who may take each one, and a guard that may refuse it.

One `Lifecycle` per kind of thing lives in its feature's `rules.py`. Nothing here knows a feature, a database
or a clock.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.core.errors import DomainError
from app.core.permissions import ALLOWED, Verdict, refused

Facts = TypeVar("Facts")
Guard = Callable[[Facts], str | None]
"""Looks at the facts and returns None, or the reason why it refuses: a German sentence (message id)."""

STEERING = "steering"
"""Stands among the roles when a body's decision, not a person's wish, makes the move."""


@dataclass(frozen=True)
class Transition:
    """One permitted step: from, to, the roles that may take it, and the name of its guard."""

    source: str
    target: str
    by: frozenset[str]
    guard: str | None = None


class RefusedMove(DomainError):
    """A step that the lifecycle does not allow now; its message is the reason for people (a German message id)."""

    @property
    def reason(self) -> str:
        """The sentence of the guard, or why there is no such step."""
        return self.message


def needs(holds: Callable[[Facts], bool], reason: str) -> Guard[Facts]:
    """A guard that refuses with `reason` unless `holds(facts)`."""
    return lambda facts: None if holds(facts) else reason


def every(*guards: Guard[Facts]) -> Guard[Facts]:
    """A guard that asks each of the guards in order and gives the first reason."""
    return lambda facts: next((reason for guard in guards if (reason := guard(facts)) is not None), None)


class Lifecycle(Generic[Facts]):
    """A checked table of transitions; building it fails where a step is listed twice or its guard is missing."""

    def __init__(self, name: str, transitions: Iterable[Transition], guards: Mapping[str, Guard[Facts]]) -> None:
        self.name = name
        self.transitions = tuple(transitions)
        self._steps = {(step.source, step.target): step for step in self.transitions}
        self._guards = dict(guards)
        self._check_table()

    @property
    def states(self) -> frozenset[str]:
        """Every state that a transition mentions."""
        return frozenset(state for step in self.transitions for state in (step.source, step.target))

    def targets(self, source: str) -> tuple[str, ...]:
        """The states that one step leads to, in the order of the table; empty for a final state."""
        return tuple(step.target for step in self.transitions if step.source == source)

    def check(self, source: str, target: str, roles: Collection[str], facts: Facts) -> Verdict:
        """Whether someone with these roles may take the step now: the step, then the role, then the guard."""
        step = self._steps.get((source, target))
        if step is None:
            return refused("Dieser Schritt ist im jetzigen Stand nicht vorgesehen.")
        if step.by.isdisjoint(roles):
            return refused("Dieser Schritt steht Ihrer Rolle nicht zu.")
        reason = self._guards[step.guard](facts) if step.guard else None
        return ALLOWED if reason is None else refused(reason)

    def require(self, source: str, target: str, roles: Collection[str], facts: Facts) -> None:
        """Nothing if the step is allowed; raises `RefusedMove` with the reason if not."""
        verdict = self.check(source, target, roles, facts)
        if not verdict:
            raise RefusedMove(verdict.reason)

    def open_targets(self, source: str, roles: Collection[str], facts: Facts) -> tuple[str, ...]:
        """The steps that these roles may take now, for the buttons of a page."""
        return tuple(target for target in self.targets(source) if self.check(source, target, roles, facts))

    def _check_table(self) -> None:
        if len(self._steps) != len(self.transitions):
            raise ValueError(f"{self.name}: a transition is listed twice")
        missing = {step.guard for step in self.transitions if step.guard} - set(self._guards)
        if missing:
            raise ValueError(f"{self.name}: no guard named {', '.join(sorted(missing))}")
