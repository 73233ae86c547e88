"""The states of a mail. It waits until it was handed to a mail server, or until it was given up."""

from enum import StrEnum


class MailState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
