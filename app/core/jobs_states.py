"""The states of a background job. A job leaves `waiting` and `running` for good, unless a person starts it again."""

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = frozenset({JobState.WAITING, JobState.RUNNING})
