"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class AgreementState(StrEnum):
    """The life of a target agreement."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    FULFILLED = "fulfilled"
    ENDED = "ended"
    REJECTED = "rejected"


class IndicatorKind(StrEnum):
    """Where an indicator stands in the logic of effects."""

    INPUT = "input"
    OUTPUT = "output"
    OUTCOME = "outcome"
    PROCESS = "process"
    IMPACT = "impact"


class ConsentState(StrEnum):
    """Whether an organisation takes on its obligation."""

    PENDING = "pending"
    GIVEN = "given"
    GIVEN_WITH_RESERVATION = "given_with_reservation"
    REFUSED = "refused"


class MeasureState(StrEnum):
    """The life of a measure."""

    PLANNED = "planned"
    RUNNING = "running"
    AT_RISK = "at_risk"
    DONE = "done"
    CANCELLED = "cancelled"
