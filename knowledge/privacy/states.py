"""The closed lists of values that the room's table and its rules use."""

from enum import StrEnum


class HitVerdict(StrEnum):
    """What a human said about a passage that the check marked."""

    REPLACE = "replace"
    HARMLESS = "harmless"


class Standing(StrEnum):
    """Where a passage stands before a text goes to more readers."""

    OPEN = "open"
    REPLACE = "replace"
    SECOND = "second"
    CLEARED = "cleared"
