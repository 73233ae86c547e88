"""The closed lists of values that the tables of this room use. Kinds of decisions belong to the agenda."""

from enum import StrEnum


class DecisionMode(StrEnum):
    """Where a decision was made: in a meeting, or in writing."""

    MEETING = "meeting"
    CIRCULAR = "circular"


class SubjectRelation(StrEnum):
    """How a decision relates to its subject: it concerns it, or it is the one that reported it to the state."""

    CONCERNS = "concerns"
    ESCALATES = "escalates"
