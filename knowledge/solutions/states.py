"""The closed list of values that the tables of this room use. Kinds of solutions are codes of the taxonomy."""

from enum import StrEnum


class EffectRating(StrEnum):
    """Whether a solution worked."""

    EFFECTIVE = "effective"
    PARTLY = "partly"
    INEFFECTIVE = "ineffective"
    UNKNOWN = "unknown"
