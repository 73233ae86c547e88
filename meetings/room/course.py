"""The quorum over time, from the presence intervals: when it was reached, lost and regained. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from meetings.room.rules import PresenceInterval, QuorumStatement, present_seats

Judge = Callable[[Collection[int]], QuorumStatement]
"""The finding for the seats present, by the body's rule and vote unit."""


@dataclass(frozen=True)
class Turn:
    """A moment from which the body could decide, or could not any more."""

    at: datetime
    statement: QuorumStatement


def moments(intervals: Sequence[PresenceInterval]) -> list[datetime]:
    """The moments at which somebody came or went, in their order."""
    ends = (each.end for each in intervals if each.end is not None)
    return sorted({each.start for each in intervals} | set(ends))


def quorum_course(intervals: Sequence[PresenceInterval], judge: Judge, start: datetime | None = None) -> list[Turn]:
    """Where the finding turned, from the first moment (or `start`) on; the first turn is how it began."""
    times = [at for at in moments(intervals) if start is None or at > start]
    turns: list[Turn] = []
    for at in [*([start] if start is not None else []), *times]:
        found = judge(present_seats(intervals, at))
        if not turns or turns[-1].statement.reached != found.reached:
            turns.append(Turn(at, found))
    return turns


def free_of_overlaps(intervals: Sequence[PresenceInterval]) -> bool:
    """Whether no seat is taken twice at once and nobody sits on two seats at once."""
    return not any(
        _same(one, other) and _meet(one, other)
        for place, one in enumerate(intervals)
        for other in intervals[place + 1 :]
    )


def _same(one: PresenceInterval, other: PresenceInterval) -> bool:
    return one.seat_id == other.seat_id or (one.person_id == other.person_id and one.person_id is not None)


def _meet(one: PresenceInterval, other: PresenceInterval) -> bool:
    return (one.end is None or other.start < one.end) and (other.end is None or one.start < other.end)
