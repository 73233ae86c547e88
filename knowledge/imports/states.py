"""The closed lists of values that the tables of imports use."""

from enum import StrEnum


class ImportState(StrEnum):
    """The way of an import: read, looked through, taken, perhaps taken back."""

    READING = "reading"
    PREVIEW = "preview"
    UNREADABLE = "unreadable"
    TAKING = "taking"
    TAKEN = "taken"
    REMOVING = "removing"
    REMOVED = "removed"


class TargetKind(StrEnum):
    """What the rows of an import become."""

    DOCUMENT = "document"
    SOLUTION = "solution"
    GAP = "gap"


class RowState(StrEnum):
    """What became of one row."""

    WAITING = "waiting"
    TAKEN = "taken"
    SKIPPED = "skipped"
    REMOVED = "removed"
