"""The closed lists of values that the tables of this room use."""

from enum import StrEnum


class CategoryState(StrEnum):
    """Whether a category is in use: a merged one leads to the one that took it in, a retired one takes no coding."""

    ACTIVE = "active"
    MERGED = "merged"
    RETIRED = "retired"


class Colour(StrEnum):
    """The eight colours of categories. Each comes with a letter, so that nothing depends on seeing it."""

    BLUE = "blue"
    GREEN = "green"
    ORANGE = "orange"
    PURPLE = "purple"
    RED = "red"
    TEAL = "teal"
    YELLOW = "yellow"
    GREY = "grey"


class SourceField(StrEnum):
    """Which text of a case a passage stands in."""

    CLIENT_VIEW = "client_view"
    STATION_TEXT = "station_text"
    STATION_HELP = "station_help"
    QUESTION = "question"


class CodingState(StrEnum):
    """What a second person said about a coding."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CHANGED = "changed"


class RoundState(StrEnum):
    """Whether a round of coding goes on."""

    OPEN = "open"
    CLOSED = "closed"
