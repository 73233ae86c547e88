"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class ScoringState(StrEnum):
    """The life of a scoring."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ShownWhen(StrEnum):
    """From when on the body sees the result: after the close, or each organisation once it has answered itself."""

    CLOSED = "closed"
    ANSWERED = "answered"
