"""Which seats a proposed day would fill, and whether that is enough. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meetings.dates.states import DateChoice
from meetings.room.rules import QuorumRule, seats_needed

MOST_OPTIONS = 8
ENOUGH, WITH_MAYBE, TOO_FEW = "enough", "with_maybe", "too_few"
"""Whether the body could decide on a day: with those who can, only with those who might, or not."""


@dataclass(frozen=True)
class SeatPeople:
    """A seat with its people in their order, the holder first; `unit` is what has the vote."""

    unit: int
    voting: bool
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class DayCount:
    """What was said to a day: people by choice, and voting units that would be there for sure or perhaps."""

    yes: int
    maybe: int
    no: int
    sure: int
    possible: int
    needed: int
    entitled: int

    @property
    def verdict(self) -> str:
        """Whether that would be enough to decide."""
        if self.entitled and self.sure >= self.needed:
            return ENOUGH
        return WITH_MAYBE if self.entitled and self.possible >= self.needed else TOO_FEW


def filled(seats: Sequence[SeatPeople], said: Mapping[int, DateChoice], wanted: Sequence[DateChoice]) -> set[int]:
    """The voting units that would be there: the holder before the deputies, nobody on two seats."""
    taken: set[int] = set()
    units: set[int] = set()
    for rank in range(max((len(seat.person_ids) for seat in seats), default=0)):
        for seat in seats:
            if not seat.voting or seat.unit in units or rank >= len(seat.person_ids):
                continue
            person = seat.person_ids[rank]
            if person not in taken and said.get(person) in wanted:
                taken.add(person)
                units.add(seat.unit)
    return units


def day_count(seats: Sequence[SeatPeople], said: Mapping[int, DateChoice], rule: QuorumRule) -> DayCount:
    """What was said to a day, counted against the body's quorum."""
    entitled = {seat.unit for seat in seats if seat.voting}
    choices = list(said.values())
    return DayCount(
        choices.count(DateChoice.YES),
        choices.count(DateChoice.MAYBE),
        choices.count(DateChoice.NO),
        len(filled(seats, said, [DateChoice.YES])),
        len(filled(seats, said, [DateChoice.YES, DateChoice.MAYBE])),
        seats_needed(rule, len(entitled)),
        len(entitled),
    )


def best(counts: Mapping[int, DayCount]) -> set[int]:
    """The days on which most units would be there, surely before perhaps; all equal ones, none if nobody answered."""
    if not any(count.yes or count.maybe for count in counts.values()):
        return set()
    top = max((count.sure, count.possible, count.yes) for count in counts.values())
    return {day for day, count in counts.items() if (count.sure, count.possible, count.yes) == top}
