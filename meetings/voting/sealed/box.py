"""The box of secret polls, behind the protocol that all modes share."""

from sqlmodel import Session, col, func, select

from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.work import Work
from meetings.voting.electing import Voter
from meetings.voting.models import Ballot, Poll, PollEntitlement
from meetings.voting.modes import AlreadyCast, Answer, Paper, note_cast, register_box
from meetings.voting.poll_rule import thaw_rule
from meetings.voting.sealed import urns
from meetings.voting.sealed.codes import is_slip
from meetings.voting.sealed.states import UrnState
from meetings.voting.sealed.urns import Put
from meetings.voting.states import PollMode


class SealedBox:
    """Envelopes in an urn. Beside them stands only that a seat has voted, as in every mode."""

    def open(self, work: Work, poll: Poll) -> None:
        """Make or take the urn; refuses where secrecy could not be kept."""
        work.session.flush()
        statement = select(col(PollEntitlement.weight)).where(col(PollEntitlement.poll_id) == poll.id)
        urns.open_urn(work, poll, list(work.session.exec(statement)))

    def cast(self, work: Work, poll: Poll, voter: Voter, answer: Answer, slip: str = "") -> Ballot:
        """Seal the ballot. The form sent again is the same ballot; a change is not to be seen from outside."""
        if not is_slip(slip):
            raise InvalidInput(_("Bitte laden Sie den Stimmzettel neu und geben Sie Ihre Stimme noch einmal ab."))
        may_change = thaw_rule(poll.rule).revote
        put = urns.put(work, poll.id or 0, voter.seat_id, slip, dict(answer), may_change=may_change)
        if put == Put.NEW:
            return note_cast(work, poll, voter)
        if put == Put.REFUSED:
            raise AlreadyCast(_("Für diesen Sitz ist schon abgestimmt."))
        return ballot_of(work.session, poll.id or 0, voter.seat_id)

    def papers(self, session: Session, poll: Poll) -> list[Paper]:
        """The published papers; before the count all envelopes opened at once, in memory."""
        urn, weight = urns.urn_of(session, poll.id or 0), _weight(session, poll)
        if urn is not None and urn.state == UrnState.COUNTED:
            return [Paper(answer, weight, code=code) for code, answer in urns.papers_of(session, poll.id or 0)]
        opened = urns.open_all(session, poll.id or 0, _voted(session, poll))
        return [Paper(paper.answer, weight, code=paper.code) for paper in opened]

    def can_count(self, session: Session, poll: Poll) -> bool:
        """Without tellers at once, with them when both have given the urn free."""
        return urns.can_count(session, poll.id or 0)

    def close(self, work: Work, poll: Poll) -> None:
        """Publish the papers by their codes, let the envelopes go, destroy the key."""
        urns.publish(work, poll.id or 0, urns.open_all(work.session, poll.id or 0, _voted(work.session, poll)))

    def discard(self, work: Work, poll: Poll) -> None:
        """The envelopes go unopened, the key is destroyed."""
        urns.give_up(work, poll.id or 0)


def register() -> None:
    """Tell the polls where secret ballots go."""
    register_box(PollMode.SECRET, SealedBox())


def ballot_of(session: Session, poll_id: int, seat_id: int) -> Ballot:
    """The note that a seat has cast. One statement."""
    return session.exec(select(Ballot).where(col(Ballot.poll_id) == poll_id, col(Ballot.seat_id) == seat_id)).one()


def _weight(session: Session, poll: Poll) -> int:
    """How many votes each ballot has: all the same."""
    statement = select(func.max(PollEntitlement.weight)).where(col(PollEntitlement.poll_id) == poll.id)
    return session.exec(statement).one() or 1


def _voted(session: Session, poll: Poll) -> int:
    return session.exec(select(func.count()).select_from(Ballot).where(col(Ballot.poll_id) == poll.id)).one()
