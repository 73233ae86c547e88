"""What came out of closed polls, as plain values for pages and documents."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from meetings.decisions.rules import ranks
from meetings.voting.counting import thaw_count
from meetings.voting.dots import Tally, thaw
from meetings.voting.models import Poll, PollOption
from meetings.voting.states import PollMethod, PollState


@dataclass(frozen=True)
class ResultRow:
    """One option: its rank (shared where tied), its points and how many ballots gave it any."""

    rank: int
    shared: bool
    topic_id: int | None
    title: str
    points: int
    voters: int


@dataclass(frozen=True)
class PollResult:
    """The count of one closed poll."""

    poll_id: int
    rows: tuple[ResultRow, ...]
    cast: int
    entitled: int
    dots_per_seat: int
    max_per_option: int


def results_of(session: Session, poll_ids: Collection[int]) -> dict[int, PollResult]:
    """The frozen results of those dots polls that are closed. Two statements."""
    closed = (PollState.CLOSED, PollState.PUBLISHED)
    wanted = (col(Poll.id).in_(poll_ids), col(Poll.state).in_(closed), col(Poll.method) == PollMethod.DOTS)
    polls = [poll for poll in session.exec(select(Poll).where(*wanted)) if poll.tally]
    ids = [poll.id or 0 for poll in polls]
    options = session.exec(select(PollOption).where(col(PollOption.poll_id).in_(ids))).all()
    return {poll.id or 0: _result(poll, [o for o in options if o.poll_id == poll.id]) for poll in polls}


def _result(poll: Poll, options: list[PollOption]) -> PollResult:
    rule, counted = thaw(poll.rule), thaw_count(poll.tally or "")
    return PollResult(
        poll.id or 0,
        _rows(counted.tally, {str(option.id): option for option in options}),
        counted.tally.ballots,
        counted.entitled,
        rule.dots_per_seat,
        rule.max_per_option,
    )


def _rows(tally: Tally, options: dict[str, PollOption]) -> tuple[ResultRow, ...]:
    return tuple(
        ResultRow(
            place.rank,
            place.shared,
            options[place.option].topic_id,
            options[place.option].title,
            tally.points[place.option],
            tally.voters[place.option],
        )
        for place in ranks(tally.ranking)
    )
