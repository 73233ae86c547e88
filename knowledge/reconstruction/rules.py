"""The rules of a live room: its life, its phases and their clocks, the code at its door. Pure; the time is an argument.

The phases follow the flow that the field proposes for one case in 75 to 90 minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.core.lifecycle import Guard, Lifecycle, Transition, every, needs
from knowledge.reconstruction.states import PhaseKind

TEMPLATE: tuple[tuple[PhaseKind, int], ...] = (
    (PhaseKind.ARRIVAL, 5),
    (PhaseKind.PRESENTATION, 10),
    (PhaseKind.QUESTIONS, 10),
    (PhaseKind.TIMELINE, 15),
    (PhaseKind.CARDS, 10),
    (PhaseKind.RESONANCE, 10),
    (PhaseKind.CLUSTERS, 10),
    (PhaseKind.CHECK, 10),
    (PhaseKind.DOTS, 3),
    (PhaseKind.CLOSING, 5),
)
"""The phases of a case with their minutes; a moderator may change the minutes."""

SHORTEST, LONGEST = 1, 120
"""Minutes that a phase may have."""
TOLD_STEP_BY_STEP = frozenset({PhaseKind.ARRIVAL, PhaseKind.PRESENTATION})
"""Until the case has been told, the room sees only the stations that were shown; after that all of them."""
AGAIN_AT_LEAST = 60
"""Seconds that a phase gets at least when the room comes back to it."""

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that are not mistaken for one another, on a screen or read aloud."""
CODE_LENGTH = 6


@dataclass(frozen=True)
class RoomFacts:
    """What the guards of a workshop's life look at."""

    cases: int = 0
    unreleased: int = 0


_OPEN: Guard[RoomFacts] = every(
    needs(lambda facts: facts.cases > 0, "Der Workshop hat noch keinen Fall."),
    needs(
        lambda facts: facts.unreleased == 0,
        "Ein Fall dieses Workshops ist noch nicht freigegeben. Geben Sie ihn frei oder nehmen Sie ihn heraus.",
    ),
)
_MODERATOR = frozenset({"moderator"})

LIFECYCLE: Lifecycle[RoomFacts] = Lifecycle(
    "workshop",
    [
        Transition("planned", "running", _MODERATOR, "open"),
        Transition("running", "paused", _MODERATOR),
        Transition("paused", "running", _MODERATOR),
        Transition("running", "held", _MODERATOR),
        Transition("paused", "held", _MODERATOR),
    ],
    {"open": _OPEN},
)
"""From the opening of the room to its end. „moderator“ is who steers; what comes before and after lives elsewhere."""


@dataclass(frozen=True)
class Clock:
    """The clock of a phase: it runs until `ends_at`, or rests with `seconds_left`, or has not been started."""

    minutes: int
    started_at: datetime | None = None
    ends_at: datetime | None = None
    seconds_left: int | None = None
    done_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether it counts down."""
        return self.ends_at is not None and self.done_at is None

    @property
    def is_paused(self) -> bool:
        """Whether it was stopped and goes on later."""
        return self.started_at is not None and self.ends_at is None and self.done_at is None


def remaining(clock: Clock, now: datetime) -> int:
    """Seconds that are left; negative once the time is over, the full time before the start."""
    if clock.ends_at is not None:
        return round((clock.ends_at - now).total_seconds())
    return clock.minutes * 60 if clock.seconds_left is None else clock.seconds_left


def start(clock: Clock, now: datetime) -> Clock:
    """Begin the phase, or come back to it with what was left of its time and at least a minute."""
    left = clock.minutes * 60 if clock.started_at is None else max(remaining(clock, now), AGAIN_AT_LEAST)
    return replace(
        clock,
        started_at=clock.started_at or now,
        ends_at=now + timedelta(seconds=left),
        seconds_left=None,
        done_at=None,
    )


def pause(clock: Clock, now: datetime) -> Clock:
    """Stop the clock; what is left stays."""
    if not clock.is_running:
        return clock
    return replace(clock, ends_at=None, seconds_left=remaining(clock, now))


def resume(clock: Clock, now: datetime) -> Clock:
    """Let it run on with exactly what was left."""
    if not clock.is_paused:
        return clock
    return replace(clock, ends_at=now + timedelta(seconds=clock.seconds_left or 0), seconds_left=None)


def extend(clock: Clock, minutes: int, now: datetime) -> Clock:
    """Give the phase more time; one that has run over gets it from now on."""
    if clock.ends_at is not None:
        return replace(clock, ends_at=max(clock.ends_at, now) + timedelta(minutes=minutes))
    return replace(clock, seconds_left=max(remaining(clock, now), 0) + minutes * 60)


def finish(clock: Clock, now: datetime) -> Clock:
    """Leave the phase; what was left is kept for coming back. A phase that never began was skipped."""
    if clock.started_at is None:
        return replace(clock, done_at=now)
    return replace(clock, ends_at=None, seconds_left=remaining(clock, now), done_at=now)


def moved(clocks: Sequence[Clock], position: int, target: int, now: datetime) -> list[Clock]:
    """All clocks after a move from one position to another (both 1-based, 0: before the first, length+1: the end).

    What lies before the target is done, what lies after it is open again, the target runs.
    """
    result = list(clocks)
    for place, clock in enumerate(clocks, start=1):
        if place < target and clock.done_at is None:
            result[place - 1] = finish(clock, now)
        elif place == target and (place != position or not (clock.is_running or clock.is_paused)):
            result[place - 1] = start(clock, now)
        elif place > target and (clock.done_at is not None or place == position):
            result[place - 1] = (
                replace(finish(clock, now), done_at=None) if clock.started_at else replace(clock, done_at=None)
            )
    return result


def stations_seen(kind: PhaseKind | None, shown: int, all_stations: int) -> int:
    """How many stations of the timeline the room sees in a phase of this kind."""
    if kind is None:
        return 0
    return min(shown, all_stations) if kind in TOLD_STEP_BY_STEP else all_stations


def typed_code(text: str) -> str:
    """A code as people type it: blanks and hyphens left out, in capitals, at most as long as a code."""
    return "".join(each for each in text.upper() if each.isalnum())[: CODE_LENGTH + 1]


def code_opens(code: str | None, until: datetime | None, state: str, now: datetime) -> bool:
    """Whether the code lets somebody in: while the workshop goes on, and until the end of its day."""
    return bool(code) and until is not None and now < until and state in ("running", "paused")
