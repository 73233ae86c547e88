"""From the request to the group: a ballot waits with all others of its poll, and its voter gets an own answer."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from app.core import clock
from app.core.logs import request_id
from app.core.web import perform_together, signed_in
from app.core.work import Done
from meetings.voting.answers import Answer
from meetings.voting.casting import Cast, Laid, Refusal, Sent

Take = Callable[[Session, int, Sequence[Cast]], Done[Laid | Refusal]]
LONGEST_KEY = 64


def cast_with_others(
    take: Take, poll_id: int, answer: Answer | Sent, *, once: str = "", location: str = "", slip: str = ""
) -> Laid:
    """Cast for the signed-in person, together with everybody who casts in this poll now; raises what refuses it."""
    cast = Cast(signed_in(), answer, clock.now(), request_id(), once[:LONGEST_KEY], location, slip)

    def together(session: Session, casts: Sequence[Cast]) -> Done[Laid | Refusal]:
        return take(session, poll_id, casts)

    outcome = perform_together((take.__module__, poll_id), together, cast)
    if isinstance(outcome, Refusal):
        raise outcome.error()
    return outcome
