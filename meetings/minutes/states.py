"""The closed list of values that the tables of this room use."""

from enum import StrEnum


class MinutesState(StrEnum):
    """The life of the minutes; from SIGNED on they are corrected by a dated amendment only."""

    DRAFTING = "drafting"
    INTERNAL_REVIEW = "internal_review"
    CIRCULATED = "circulated"
    SIGNED = "signed"
    NOTED = "noted"
    APPROVED = "approved"
