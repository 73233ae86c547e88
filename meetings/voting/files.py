"""The published ballot file of a poll: `lueckenlos-ballots/1`, canonical, its hash stored with the poll."""

from sqlmodel import Session

from app.core.errors import NotFound
from app.core.i18n import _
from meetings.voting.ballot_files import sha256
from meetings.voting.counting import ballot_file as dots_file
from meetings.voting.counting import thaw_count
from meetings.voting.dots import thaw
from meetings.voting.models import Poll
from meetings.voting.poll_counting import thaw_poll_count
from meetings.voting.result import FEWEST_SHOWN
from meetings.voting.states import PollMethod, PollMode, PollState

WITH_NAMES = (PollMode.OPEN, PollMode.NAMED, PollMode.ENTERED)
"""Modes in which everybody learns whose ballot is whose."""


def ballot_file(session: Session, poll: Poll) -> bytes:
    """The file as it was frozen at the close; NotFound before it. Whoever asks has asked the policy first."""
    del session
    if poll.file is not None:
        return poll.file.encode()
    if poll.tally is None or poll.method != PollMethod.DOTS:
        raise NotFound(_("Diese Abstimmung ist noch nicht ausgezählt."))
    return dots_file(thaw(poll.rule), thaw_count(poll.tally).papers).encode()


def file_hash(session: Session, poll: Poll) -> str:
    """The hash of the file, as the minutes print it; NotFound before the close."""
    return poll.file_sha256 or sha256(ballot_file(session, poll).decode())


def cast_in(poll: Poll) -> int:
    """How many votes a counted poll has."""
    if not poll.tally:
        return 0
    return thaw_count(poll.tally).tally.ballots if poll.method == PollMethod.DOTS else thaw_poll_count(poll.tally).cast


def shows_papers(poll: Poll) -> bool:
    """Whether single ballots may be shown: with names anyway, of a resolution they are its numbers.

    Of fewer than five without names each could be told whose it is (voting §4).
    """
    if poll.state not in (PollState.CLOSED, PollState.PUBLISHED, PollState.VOIDED) or not poll.tally:
        return False
    return poll.mode in WITH_NAMES or poll.method == PollMethod.MAJORITY or cast_in(poll) >= FEWEST_SHOWN
