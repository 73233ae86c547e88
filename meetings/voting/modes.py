"""Where ballots go: one box per mode of a poll, behind one protocol.

Every mode writes a `Ballot` row, which says that a seat has cast. What lies in the box is the mode's own: the answer in
that row, points, an envelope elsewhere, or what the office typed from paper.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.core.errors import DomainError
from app.core.i18n import _
from app.core.work import Work
from meetings.voting.electing import Voter
from meetings.voting.models import Ballot, BallotPoint, Poll, PollEntitlement
from meetings.voting.poll_rule import thaw_rule
from meetings.voting.states import PollMethod, PollMode

Answer = Mapping[str, Any]
"""A ballot as the ballot file writes it, without its count: {"points": …}, {"ranking": …}, {"answer": "yes"} …"""


class AlreadyCast(DomainError):
    """The seat's ballot is in; a second one is not taken."""


@dataclass(frozen=True)
class Paper:
    """A ballot as it is counted: its answer, how many votes it has, and what the mode publishes with it.

    `seat_id` is None where the mode tells nobody whose it is; `code` is the control code of a secret ballot.
    """

    answer: Answer
    count: int = 1
    seat_id: int | None = None
    code: str = ""


class BallotBox(Protocol):
    """What a mode does with ballots. `slip` is what the form of a secret ballot carries; other modes ignore it."""

    def open(self, work: Work, poll: Poll) -> None:
        """Make the box ready, in the transaction that opens the poll; a `DomainError` refuses the opening."""

    def cast(self, work: Work, poll: Poll, voter: Voter, answer: Answer, slip: str = "") -> Ballot:
        """Put the ballot of a seat into the box; `AlreadyCast` if there is one and the rule lets none be replaced."""

    def papers(self, session: Session, poll: Poll) -> list[Paper]:
        """What lies in the box, in an order of its own; only the count and, where the mode lists names, pages ask."""

    def can_count(self, session: Session, poll: Poll) -> bool:
        """Whether the papers can be read now; a secret box with tellers waits for both."""

    def close(self, work: Work, poll: Poll) -> None:
        """After the count, in its transaction: destroy what nobody may read again."""

    def discard(self, work: Work, poll: Poll) -> None:
        """The poll is void: destroy what nobody may read any more."""


def note_cast(work: Work, poll: Poll, voter: Voter, answer: str | None = None, *, replace: bool = False) -> Ballot:
    """Write that a seat has cast; the database itself refuses a second ballot of the seat."""
    before = _ballot_of(work.session, poll, voter) if replace else None
    ballot = before or Ballot(poll_id=poll.id or 0, seat_id=voter.seat_id, cast_by_id=0, cast_at=work.now)
    ballot.cast_by_id, ballot.cast_at, ballot.answer = work.actor.person_id, work.now, answer
    work.session.add(ballot)
    try:
        work.session.flush()
    except IntegrityError:
        raise AlreadyCast(_("Für diesen Sitz ist schon abgestimmt.")) from None
    return ballot


def _ballot_of(session: Session, poll: Poll, voter: Voter) -> Ballot | None:
    statement = select(Ballot).where(col(Ballot.poll_id) == poll.id, col(Ballot.seat_id) == voter.seat_id)
    return session.exec(statement).first()


class ListedBox:
    """Ballots that the server knows by seat: of open, named, unnamed and entered polls."""

    def open(self, work: Work, poll: Poll) -> None:
        """Nothing to make ready."""

    def cast(self, work: Work, poll: Poll, voter: Voter, answer: Answer, slip: str = "") -> Ballot:
        """The ballot with its answer; dots are points, so that they can be summed up where they lie."""
        del slip
        replace = thaw_rule(poll.rule).revote
        if poll.method != PollMethod.DOTS:
            return note_cast(work, poll, voter, json.dumps(answer, sort_keys=True), replace=replace)
        ballot = note_cast(work, poll, voter, replace=replace)
        for old in work.session.exec(select(BallotPoint).where(col(BallotPoint.ballot_id) == ballot.id)):
            work.session.delete(old)
        work.session.flush()
        work.session.add_all(
            BallotPoint(ballot_id=ballot.id or 0, option_id=int(option), points=number)
            for option, number in answer["points"].items()
            if number
        )
        return ballot

    def papers(self, session: Session, poll: Poll) -> list[Paper]:
        """The ballots with their seats. Two statements."""
        points = _points(session, poll)
        rows = session.exec(
            select(Ballot, col(PollEntitlement.weight))
            .join(
                PollEntitlement,
                (col(PollEntitlement.poll_id) == col(Ballot.poll_id))
                & (col(PollEntitlement.seat_id) == col(Ballot.seat_id)),
            )
            .where(col(Ballot.poll_id) == poll.id)
            .order_by(col(Ballot.seat_id))
        )
        return [Paper(_answer(ballot, points), weight, ballot.seat_id) for ballot, weight in rows]

    def can_count(self, session: Session, poll: Poll) -> bool:
        """Always."""
        del session, poll
        return True

    def close(self, work: Work, poll: Poll) -> None:
        """The ballots stay where they are."""

    def discard(self, work: Work, poll: Poll) -> None:
        """What was cast stays with the voided poll."""


def _answer(ballot: Ballot, points: Mapping[int, dict[str, int]]) -> Answer:
    return {"points": points.get(ballot.id or 0, {})} if ballot.answer is None else json.loads(ballot.answer)


def _points(session: Session, poll: Poll) -> dict[int, dict[str, int]]:
    statement = (
        select(BallotPoint)
        .join(Ballot, col(Ballot.id) == col(BallotPoint.ballot_id))
        .where(col(Ballot.poll_id) == poll.id)
    )
    found: dict[int, dict[str, int]] = {}
    for row in session.exec(statement):
        found.setdefault(row.ballot_id, {})[str(row.option_id)] = row.points
    return found


class PaperBox:
    """Ballots on paper: the office types how often each lay in the box; no seat is noted."""

    def open(self, work: Work, poll: Poll) -> None:
        """The box stands in the room."""

    def cast(self, work: Work, poll: Poll, voter: Voter, answer: Answer, slip: str = "") -> Ballot:
        """Nobody casts on the screen."""
        del work, poll, voter, answer, slip
        raise DomainError(_("In dieser Abstimmung wird auf Papier gestimmt."))

    def papers(self, session: Session, poll: Poll) -> list[Paper]:
        """What the office typed."""
        del session
        typed = json.loads(poll.papers or "[]")
        return [Paper({key: value for key, value in row.items() if key != "count"}, row["count"]) for row in typed]

    def can_count(self, session: Session, poll: Poll) -> bool:
        """Always."""
        del session, poll
        return True

    def close(self, work: Work, poll: Poll) -> None:
        """The paper stays in the room."""

    def discard(self, work: Work, poll: Poll) -> None:
        """What was cast stays with the voided poll."""


_LISTED = ListedBox()
_BOXES: dict[PollMode, BallotBox] = {
    PollMode.OPEN: _LISTED,
    PollMode.NAMED: _LISTED,
    PollMode.UNNAMED: _LISTED,
    PollMode.ENTERED: _LISTED,
    PollMode.PAPER: PaperBox(),
}


def register_box(mode: PollMode, box: BallotBox) -> None:
    """Tell the polls where ballots of a mode go (app/features.py)."""
    _BOXES[mode] = box


def box_of(mode: PollMode) -> BallotBox:
    """The box of a mode; a `DomainError` where the house has none."""
    if mode not in _BOXES:
        raise DomainError(_("Diese Art der Abstimmung gibt es hier nicht."))
    return _BOXES[mode]


def modes_at_hand() -> tuple[PollMode, ...]:
    """The modes for which there is a box, in the order in which they are offered."""
    return tuple(mode for mode in PollMode if mode in _BOXES)
