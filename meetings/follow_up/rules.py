"""Rules of the control of decisions: the life of a task, and its traffic light. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.lifecycle import Lifecycle, Transition, needs

LISTED = ("open", "in_progress", "continuous", "blocked", "done_reported")
"""States in which a task is on the list; it leaves when the body took note, or when a later decision took its place."""
REPORTED = ("in_progress", "continuous", "blocked", "done_reported")
"""What a report may say."""
SOON = timedelta(days=14)


class Light(StrEnum):
    """The traffic light; the page says the word beside the colour."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True)
class TaskFacts:
    """What the guards look at."""

    has_text: bool = True
    has_next_date: bool = True
    meeting_given: bool = False
    decision_given: bool = False


_WORKING = ("open", "in_progress", "continuous", "blocked")
_CHARGED = frozenset({"charge", "office"})
_OFFICE = frozenset({"office"})

TASK_LIFECYCLE: Lifecycle[TaskFacts] = Lifecycle(
    "decision_task",
    (
        *(
            Transition(source, target, _CHARGED, "continuous" if target == "continuous" else "reported")
            for source in _WORKING
            for target in REPORTED
        ),
        Transition("done_reported", "in_progress", _OFFICE, "reported"),
        Transition("done_reported", "closed_noted", _OFFICE, "noted"),
        *(Transition(source, "superseded", _OFFICE, "superseded") for source in LISTED),
    ),
    {
        "reported": needs(lambda facts: facts.has_text, "Bitte schreiben Sie, was getan wurde oder was im Weg steht."),
        "continuous": needs(
            lambda facts: facts.has_text and facts.has_next_date,
            "Eine laufende Aufgabe braucht einen Bericht und den nächsten Termin.",
        ),
        "noted": needs(
            lambda facts: facts.meeting_given,
            "Von der Liste nimmt eine Aufgabe nur die Sitzung, die davon Kenntnis nahm.",
        ),
        "superseded": needs(lambda facts: facts.decision_given, "Welcher Beschluss ist an die Stelle getreten?"),
    },
)


def is_overdue(state: str, due: date | None, today: date) -> bool:
    """Whether the day is over and nothing was reported as done."""
    return due is not None and due < today and state in _WORKING


def is_due_soon(state: str, due: date | None, today: date) -> bool:
    """Whether the day comes within two weeks."""
    return due is not None and today <= due <= today + SOON and state in _WORKING


def light(state: str, due: date | None, today: date) -> Light:
    """Red: nothing was done, it is stuck or too late; yellow: being done; green: done, to be noted."""
    if state in ("closed_noted", "superseded"):
        return Light.GREY
    if state == "done_reported":
        return Light.GREEN
    if state in ("open", "blocked") or is_overdue(state, due, today):
        return Light.RED
    return Light.YELLOW


def needs_reminder(state: str, due: date | None, reminded_for: date | None, today: date) -> bool:
    """Whether a letter is due: within two weeks of the day or after it, once for each day that was set."""
    return due is not None and reminded_for != due and state in _WORKING and due <= today + SOON


def next_key(year: int, taken: Iterable[str]) -> str:
    """The next key of a year: A-2026-07."""
    start = f"A-{year}-"
    numbers = [int(key[len(start) :]) for key in taken if key.startswith(start) and key[len(start) :].isdecimal()]
    return f"{start}{max(numbers, default=0) + 1:02d}"
