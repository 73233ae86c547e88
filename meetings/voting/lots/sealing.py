"""The number that is sealed when a poll opens."""

import secrets

from app.core.work import Work
from meetings.voting.lots.models import PollLot
from meetings.voting.lots.rules import commitment


def seal(work: Work, poll_id: int) -> PollLot:
    """Think of a number nobody knows, and keep it with its hash."""
    seed = secrets.token_hex(16)
    lot = PollLot(poll_id=poll_id, seed=seed, sha256=commitment(seed))
    work.session.add(lot)
    return lot
