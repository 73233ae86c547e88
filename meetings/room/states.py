"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class Source(StrEnum):
    """Who said so: the person, the one who keeps the minutes, or the person with the code on the wall."""

    SELF = "self"
    CLERK = "clerk"
    QR = "qr"


class Mode(StrEnum):
    """Where somebody takes part."""

    ONSITE = "onsite"
    REMOTE = "remote"


class Departure(StrEnum):
    """Why a presence ended: somebody went, lost the connection, left for a recusal, or the meeting was over."""

    LEFT = "left"
    CONNECTION = "connection"
    RECUSED = "recused"
    ENDED = "ended"


class RecusalReason(StrEnum):
    """The class of a conflict of interest (VwVfG § 20, § 21); the reason itself is nobody's business."""

    INTEREST = "interest"
    RELATIVES = "relatives"
    EMPLOYMENT = "employment"
    REPRESENTATION = "representation"
    EARLIER_PART = "earlier_part"
    CONCERN = "concern"


class Occasion(StrEnum):
    """Why the quorum was looked at and written down."""

    STATED = "stated"
    VOTE = "vote"
    LOST = "lost"
    REGAINED = "regained"


class SpeechKind(StrEnum):
    """A contribution, or a point of order, which comes first."""

    CONTRIBUTION = "contribution"
    POINT_OF_ORDER = "point_of_order"


class CapturedKind(StrEnum):
    """What is captured on the spot."""

    NOTE = "note"
    TASK = "task"
    MOTION = "motion"


class MotionResult(StrEnum):
    """What came of a motion from the floor."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LEFT_OPEN = "left_open"
