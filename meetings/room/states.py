"""The closed list of values that the tables of this room use."""

from enum import StrEnum


class Source(StrEnum):
    """Who said so: the person, or the one who keeps the minutes."""

    SELF = "self"
    CLERK = "clerk"
