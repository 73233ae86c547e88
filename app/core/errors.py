"""The errors that people get to read. Every one carries a sentence that says what to do."""


class DomainError(Exception):
    """Something the rules do not allow. `message` is a sentence for the reader, in the reader's language."""

    status = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Forbidden(DomainError):
    """The person is known, but this is not theirs to do."""

    status = 403


class NotFound(DomainError):
    """It does not exist, or the person must not learn that it does."""

    status = 404


class ChangedMeanwhile(DomainError):
    """Somebody else saved the thing after this form was opened; nothing was overwritten.

    `saved` is the text that stands there now, where the form has only one.
    """

    def __init__(self, message: str, saved: str = "") -> None:
        super().__init__(message)
        self.saved = saved


class InvalidInput(DomainError):
    """What was typed cannot be taken; the form is shown again with it."""

    status = 422


class TooManyAttempts(DomainError):
    """A limit was reached; `retry_after` seconds later it may be tried again."""

    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StorageBusy(DomainError):
    """The database could not be written in time; nothing was changed."""

    status = 503
