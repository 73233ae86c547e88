"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class LetterKind(StrEnum):
    """Why somebody is written to."""

    INVITATION = "invitation"
    CHANGE = "change"
    SUPPLEMENT = "supplement"
    CANCELLATION = "cancellation"


class AnswerKind(StrEnum):
    """What somebody says to an invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DEPUTY = "deputy"
