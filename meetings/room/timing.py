"""Planned and real minutes of an agenda: what each item took, how far the meeting is off, when it will end. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NOTHING = timedelta(0)


@dataclass(frozen=True)
class Span:
    """A time in which an item was the current one, from `start` until just before `end`, None while it still is."""

    item_id: int
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class PlannedItem:
    """An item of the agenda in its order: the minutes planned, and whether it is still to come."""

    item_id: int
    minutes: int
    ahead: bool


@dataclass(frozen=True)
class Timing:
    """How the meeting stands in time at a moment.

    `due`: when the current item's planned minutes are used up, as long as nothing interrupts it. `rest`: the planned
    time of what is still to come. `drift`: how much later than planned it will end, negative if earlier.
    """

    current: int | None
    since: datetime | None
    due: datetime | None
    rest: timedelta
    ends: datetime
    drift: timedelta | None


def spent_on(spans: Sequence[Span], item_id: int, at: datetime) -> timedelta:
    """How long an item was the current one until a moment."""
    own = (span for span in spans if span.item_id == item_id and span.start <= at)
    return sum((min(span.end or at, at) - span.start for span in own), NOTHING)


def item_at(spans: Sequence[Span], at: datetime) -> int | None:
    """The item that was the current one at a moment; of two the one called last."""
    found = [span for span in spans if span.start <= at and (span.end is None or at < span.end)]
    return max(found, key=lambda span: span.start).item_id if found else None


def timing(items: Sequence[PlannedItem], spans: Sequence[Span], at: datetime, planned_end: datetime | None) -> Timing:
    """When the meeting will end if all that is ahead takes what was planned, and what is current not less."""
    minutes = {item.item_id: timedelta(minutes=item.minutes) for item in items}
    rest = sum((minutes[item.item_id] for item in items if item.ahead), NOTHING)
    running = next((span for span in reversed(spans) if span.end is None), None)
    due = None
    if running is not None:
        earlier = spent_on([span for span in spans if span is not running], running.item_id, at)
        due = running.start + minutes.get(running.item_id, NOTHING) - earlier
    ends = max(at, due or at) + rest
    return Timing(
        running.item_id if running else None,
        running.start if running else None,
        due,
        rest,
        ends,
        ends - planned_end if planned_end else None,
    )
