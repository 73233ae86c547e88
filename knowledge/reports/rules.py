"""The life of a report, and for how long what is kept. Pure; time is an argument.

Sources: domain.md 3.1 (reports, for the coordination only) and DP-8: the reporter's contact goes six months after the
reply. That it goes at the latest a year after the report came in, answered or not, is our own rule.
"""

from dataclasses import dataclass
from datetime import date

from app.core.lifecycle import Lifecycle, Transition, needs

COORDINATION, REPORTER = "coordination", "reporter"
HELD, RECEIVED, IN_REVIEW = "held", "received", "in_review"
ACCEPTED, DECLINED, WITHDRAWN = "accepted", "declined", "withdrawn"
WAITING = (HELD, RECEIVED, IN_REVIEW)
"""States in which the coordination has still to decide."""

MONTHS_AFTER_REPLY = 6
MONTHS_AT_MOST = 12
SHORTEST, LONGEST, LONGEST_WISH, LONGEST_MESSAGE = 20, 4000, 2000, 2000
"""Letters of a report, of the wish and of a message."""

SCALE = {"once": 1, "several": 2, "monthly": 3, "weekly": 4, "unknown": 1}
"""How often a reporter saw it → the first guess on the gap's scale of frequency, 1 to 4; the coordination judges."""


@dataclass(frozen=True)
class ReportFacts:
    """What the guards ask: a gap was chosen, a reason was given, marked passages are still undecided."""

    has_gap: bool = False
    has_reason: bool = False


def _step(source: str, target: str, by: str, guard: str | None = None) -> Transition:
    return Transition(source, target, frozenset({by}), guard)


LIFECYCLE: Lifecycle[ReportFacts] = Lifecycle(
    "report",
    (
        _step(HELD, RECEIVED, COORDINATION),
        _step(RECEIVED, IN_REVIEW, COORDINATION),
        *(_step(state, ACCEPTED, COORDINATION, "gap") for state in WAITING),
        *(_step(state, DECLINED, COORDINATION, "reason") for state in WAITING),
        _step(ACCEPTED, IN_REVIEW, COORDINATION),
        _step(DECLINED, IN_REVIEW, COORDINATION),
        *(_step(state, WITHDRAWN, REPORTER) for state in (*WAITING, ACCEPTED, DECLINED)),
    ),
    {
        "gap": needs(lambda facts: facts.has_gap, "Bitte wählen Sie die Fehlstelle, zu der die Meldung gehört."),
        "reason": needs(
            lambda facts: facts.has_reason,
            "Bitte begründen Sie, warum Sie die Meldung nicht weiterverfolgen. Die meldende Person liest das.",
        ),
    },
)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(year, month + 1, day.day - shorter)
        except ValueError:
            continue
    raise ValueError(f"no day {months} months after {day}")


def first_erasure(received: date) -> date:
    """When the contact goes if nobody ever replies."""
    return months_later(received, MONTHS_AT_MOST)


def erasure_after_reply(replied: date) -> date:
    """When the contact goes after the last reply (DP-8)."""
    return months_later(replied, MONTHS_AFTER_REPLY)


def told_as(state: str) -> str:
    """The state as the reporter is told it: that a report was held back is our business."""
    return RECEIVED if state == HELD else state
