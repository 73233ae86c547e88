"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class DatePollState(StrEnum):
    """Where the search for a date stands."""

    OPEN = "open"
    PICKED = "picked"
    DROPPED = "dropped"


class DateChoice(StrEnum):
    """What somebody says to a day."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
