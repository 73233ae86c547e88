"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class PollState(StrEnum):
    """The life of a poll."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    VOIDED = "voided"


class PollMethod(StrEnum):
    """How a poll is counted."""

    SCHULZE = "schulze"
    IRV = "irv"
    BORDA = "borda"
    PLURALITY = "plurality"
    APPROVAL = "approval"
    SCORE = "score"
    DOTS = "dots"
    RESISTANCE = "resistance"
    EQUAL_SHARES = "equal_shares"
    PHRAGMEN = "phragmen"
    GREEDY = "greedy"
    MAJORITY = "majority"
