"""Who was there for which items, told by the items and not by the clock. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise


@dataclass(frozen=True)
class Called:
    """That an item was called, and when it was left; None: it went on to the end."""

    number: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Stay:
    """A time in which a seat was taken. `went`: the person left or lost the connection before the end."""

    since: datetime
    until: datetime | None = None
    went: bool = False
    remote: bool = False


@dataclass(frozen=True)
class Attendance:
    """From which item on, up to which, and during which a seat was empty in between; empty texts: throughout."""

    since: str = ""
    until: str = ""
    away: tuple[str, ...] = ()
    remote: bool = False


THROUGHOUT = Attendance()


def item_at(course: Sequence[Called], moment: datetime) -> str:
    """The number of the item that was dealt with at a moment: the last one called before; empty before the first."""
    numbers = [each.number for each in course if each.at <= moment]
    return numbers[-1] if numbers else ""


def attendance(stays: Sequence[Stay], course: Sequence[Called]) -> Attendance:
    """How a seat was attended. Without a called item nothing can be said but that somebody was there."""
    if not stays or not course:
        return Attendance(remote=bool(stays) and stays[-1].remote)
    first, last = stays[0], stays[-1]
    pairs = pairwise(stays)
    gaps = [(before.until, after.since) for before, after in pairs if before.went and before.until is not None]
    away = [span(item_at(course, left), item_at(course, back)) for left, back in gaps if left < back]
    return Attendance(
        since=item_at(course, first.since),
        until=item_at(course, last.until) if last.went and last.until is not None else "",
        away=tuple(dict.fromkeys(each for each in away if each)),
        remote=last.remote,
    )


def span(first: str, last: str) -> str:
    """From an item to another: „4“, „4–6“."""
    return last if first in ("", last) else f"{first}–{last}"
