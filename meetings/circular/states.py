"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class CircularState(StrEnum):
    """The life of a circular: running until its deadline, stopped by an objection, closed and counted, or withdrawn."""

    RUNNING = "running"
    STOPPED = "stopped"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Voice(StrEnum):
    """What a seat can answer; the last one is against deciding in writing, not against the motion."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    OBJECT = "object"


class CircularKind(StrEnum):
    """What can be decided in writing: kinds of decisions that move nothing by themselves."""

    CONCEPT = "concept"
    MEMBERSHIP = "membership"
    RULES = "rules"
    REPORT = "report"
    MINUTES = "minutes"
