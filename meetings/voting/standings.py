"""Reading how polls stand while they run: turnout, and whose vote is still missing. No ballot is read here."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_
from sqlmodel import Session, col, func, select

from app.core.permissions import VOTING, Actor
from meetings.agenda.models import AgendaItem, Meeting
from meetings.room.models import Presence, Recusal
from meetings.voting.models import Ballot, Poll, PollEntitlement
from meetings.voting.policy import BY_OFFICE
from meetings.voting.queries import OF_THE_SEAT, FoundPoll
from meetings.voting.states import PollState


@dataclass(frozen=True)
class Standing:
    """How far a poll is: how many of those who may have voted."""

    poll_id: int
    state: PollState
    voted: int
    entitled: int

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken."""
        return self.state == PollState.OPEN

    @property
    def missing(self) -> int:
        """How many have not voted."""
        return self.entitled - self.voted


def standing_of(found: FoundPoll) -> Standing:
    """The standing of a loaded poll."""
    return Standing(found.id, found.poll.state, found.voted, found.entitled)


def standings(session: Session, polls: Collection[Poll]) -> dict[int, Standing]:
    """The standing of each of these polls. One statement."""
    statement = (
        select(col(PollEntitlement.poll_id), func.count(col(PollEntitlement.id)), func.count(col(Ballot.id)))
        .outerjoin(Ballot, OF_THE_SEAT)
        .where(col(PollEntitlement.poll_id).in_([poll.id for poll in polls]))
        .group_by(col(PollEntitlement.poll_id))
    )
    counts = {poll_id: (entitled, voted) for poll_id, entitled, voted in session.exec(statement)}
    return {poll.id or 0: _standing(poll, *counts.get(poll.id or 0, (0, 0))) for poll in polls}


def _standing(poll: Poll, entitled: int, voted: int) -> Standing:
    return Standing(poll.id or 0, poll.state, voted, entitled)


@dataclass(frozen=True)
class MissingVote:
    """An open poll in which the vote of a seat is missing that the person occupies."""

    poll: Poll
    item: AgendaItem
    meeting: Meeting


def missing_votes(session: Session, actor: Actor) -> list[MissingVote]:
    """The open polls that wait for this person. One statement."""
    seats = [seat.seat_id for seat in actor.seats if seat.kind == VOTING]
    sits_there = exists().where(
        col(Presence.meeting_id) == col(Meeting.id),
        col(Presence.seat_id) == col(PollEntitlement.seat_id),
        col(Presence.until).is_(None),
        or_(col(Presence.person_id).is_(None), col(Presence.person_id) == actor.person_id),
    )
    recused = exists().where(
        col(Recusal.item_id) == col(AgendaItem.id),
        col(Recusal.seat_id) == col(PollEntitlement.seat_id),
        col(Recusal.until).is_(None),
    )
    statement = (
        select(Poll, AgendaItem, Meeting)
        .join(AgendaItem, col(AgendaItem.id) == col(Poll.item_id))
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .join(
            PollEntitlement, and_(col(PollEntitlement.poll_id) == col(Poll.id), col(PollEntitlement.seat_id).in_(seats))
        )
        .outerjoin(Ballot, OF_THE_SEAT)
        .where(col(Poll.state) == PollState.OPEN, col(Ballot.id).is_(None), sits_there, ~recused)
        .where(col(Poll.mode).not_in(BY_OFFICE))
        .order_by(col(Poll.id))
    )
    return [MissingVote(*row) for row in session.exec(statement)]
