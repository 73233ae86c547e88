"""The closed list of values that the tables of this room use."""

from enum import StrEnum


class TaskState(StrEnum):
    """The life of a task. That it is overdue is computed; only the body takes it off the list."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CONTINUOUS = "continuous"
    BLOCKED = "blocked"
    DONE_REPORTED = "done_reported"
    CLOSED_NOTED = "closed_noted"
    SUPERSEDED = "superseded"
