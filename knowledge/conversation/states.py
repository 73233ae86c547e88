"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class WatchState(StrEnum):
    """Whether a person follows a thing. Who stopped is not made to follow again by writing about it."""

    NONE = "none"
    WATCHING = "watching"
    STOPPED = "stopped"


class Rhythm(StrEnum):
    """How often a person gets the digest by mail."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
