"""What came out of closed polls, as plain values for pages and documents."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from meetings.decisions.rules import ranks
from meetings.voting.dots import Tally, tally_dots, thaw
from meetings.voting.models import Ballot, BallotPoint, Poll, PollEntitlement, PollOption
from meetings.voting.states import PollState


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
    """The results of those polls that are closed, recounted from their ballots. Four statements."""
    closed = (PollState.CLOSED, PollState.PUBLISHED)
    polls = session.exec(select(Poll).where(col(Poll.id).in_(poll_ids), col(Poll.state).in_(closed))).all()
    ids = [poll.id or 0 for poll in polls]
    options = session.exec(select(PollOption).where(col(PollOption.poll_id).in_(ids))).all()
    ballots = _ballots(session, ids)
    entitled = _entitled(session, ids)
    return {
        poll.id or 0: _result(poll, [o for o in options if o.poll_id == poll.id], ballots[poll.id or 0], entitled)
        for poll in polls
    }


def _ballots(session: Session, poll_ids: list[int]) -> dict[int, list[dict[str, int]]]:
    rows = session.exec(
        select(Ballot.poll_id, Ballot.id, BallotPoint.option_id, BallotPoint.points)
        .outerjoin(BallotPoint, col(BallotPoint.ballot_id) == col(Ballot.id))
        .where(col(Ballot.poll_id).in_(poll_ids))
    )
    by_ballot: dict[tuple[int, int], dict[str, int]] = {}
    for poll_id, ballot_id, option_id, points in rows:
        points_of = by_ballot.setdefault((poll_id, ballot_id or 0), {})
        if option_id is not None:
            points_of[str(option_id)] = points
    return {wanted: [points for (poll_id, _b), points in by_ballot.items() if poll_id == wanted] for wanted in poll_ids}


def _entitled(session: Session, poll_ids: list[int]) -> dict[int, int]:
    rows = session.exec(
        select(PollEntitlement.poll_id, func.count())
        .where(col(PollEntitlement.poll_id).in_(poll_ids))
        .group_by(col(PollEntitlement.poll_id))
    )
    return dict(rows.all())


def _result(
    poll: Poll, options: list[PollOption], ballots: list[dict[str, int]], entitled: dict[int, int]
) -> PollResult:
    rule = thaw(poll.rule)
    tally = tally_dots(rule, ballots)
    return PollResult(
        poll.id or 0,
        _rows(tally, {str(option.id): option for option in options}),
        tally.ballots,
        entitled.get(poll.id or 0, 0),
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
