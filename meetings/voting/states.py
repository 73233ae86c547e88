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


class PollMode(StrEnum):
    """How ballots come in, and who learns whose they are.

    `open`: listed by name while the vote runs. `named`: hidden until the close, then listed by name. `unnamed`: hidden
    until the close, then published without names; the server knows them. `secret`: sealed, nobody can tell. `entered`:
    the office enters the answer of each seat. `paper`: the office enters what lay in the box.
    """

    OPEN = "open"
    NAMED = "named"
    UNNAMED = "unnamed"
    SECRET = "secret"  # noqa: S105 - a mode, no password
    ENTERED = "entered"
    PAPER = "paper"
