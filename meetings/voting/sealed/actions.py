"""Giving free an urn that two tellers have locked. Casting is in `laying.py`."""

from app.core.work import Work
from meetings.voting.actions import count_closed, held_poll
from meetings.voting.sealed import tellers
from meetings.voting.sealed.tellers import FoundUrn


def release(work: Work, urn_id: int, passphrase: str) -> FoundUrn:
    """A teller gives the urn free; the last one has it counted at once, so that its key lies open no longer."""
    found = tellers.held_urn(work, urn_id)
    if tellers.release_half(work, found, passphrase) and found.urn.poll_id is not None:
        count_closed(work, held_poll(work, found.urn.poll_id))
    else:
        work.announce(found.where.channel, f"urn-{urn_id}")
    return found
