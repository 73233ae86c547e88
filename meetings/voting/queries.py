"""Reading polls: what the predicates ask, how many have voted, the electorate, and after the close the count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from app.core import clock
from app.people.models import Organisation
from knowledge.gaps.models import Topic
from knowledge.gaps.states import TopicState
from meetings.agenda.models import AgendaItem, AgendaItemSubject
from meetings.agenda.queries import FoundItem, FoundMeeting, found_item, meeting_by_id
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Seat
from meetings.room.queries import Room, intervals, recused_seats, room_of, seat_views
from meetings.room.rules import occupants
from meetings.voting.counting import Count, thaw_count
from meetings.voting.dots import DotsRule, thaw
from meetings.voting.electing import Voter as Elector
from meetings.voting.electing import electorate_in
from meetings.voting.models import Ballot, Poll, PollEntitlement, PollOption
from meetings.voting.policy import PollAccess
from meetings.voting.poll_counting import PollCount, thaw_poll_count
from meetings.voting.poll_rule import PollRule, thaw_rule
from meetings.voting.rules import PollFacts, SeatView, electorate, voting_units
from meetings.voting.states import PollMethod, PollState

FINISHED = (PollState.CLOSED, PollState.PUBLISHED)


OF_THE_SEAT = and_(
    col(Ballot.poll_id) == col(PollEntitlement.poll_id), col(Ballot.seat_id) == col(PollEntitlement.seat_id)
)


@dataclass(frozen=True, kw_only=True)
class FoundPoll(PollAccess):
    """A poll in its item and meeting; also what the predicates ask for. Holds no ballot, only who has cast."""

    poll: Poll
    item: AgendaItem
    where: FoundMeeting = field(repr=False)

    @property
    def id(self) -> int:
        """The poll's id."""
        return self.poll.id or 0

    @property
    def voted(self) -> int:
        """How many of the electorate have cast."""
        return len(self.cast)

    @property
    def entitled(self) -> int:
        """How many may cast."""
        return len(self.electorate)

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken."""
        return self.state == PollState.OPEN

    @property
    def rule(self) -> DotsRule:
        """The frozen rule; ValueError for a poll that is not about dots."""
        return thaw(self.poll.rule)

    @property
    def is_dots(self) -> bool:
        """Whether dots are given; their count and their result have a form of their own."""
        return self.poll.method == PollMethod.DOTS

    @property
    def ruled(self) -> PollRule:
        """The frozen rule, whatever the method."""
        return thaw_rule(self.poll.rule)

    @property
    def count(self) -> Count | None:
        """The frozen count of a dots poll; None while there is none."""
        return thaw_count(self.poll.tally) if self.poll.tally else None

    @property
    def counted(self) -> PollCount | None:
        """The frozen count of any other poll; None while there is none."""
        return thaw_poll_count(self.poll.tally) if self.poll.tally and not self.is_dots else None


def poll_by_id(session: Session, poll_id: int, at: datetime | None = None) -> FoundPoll | None:
    """The poll with this id, with who sits where at the moment `at` (now, if it is left out). Seven statements."""
    statement = (
        select(Poll, AgendaItem)
        .join(AgendaItem, col(AgendaItem.id) == col(Poll.item_id))
        .where(col(Poll.id) == poll_id)
    )
    row = session.exec(statement).first()
    meeting = meeting_by_id(session, row[1].meeting_id) if row else None
    if row is None or meeting is None:
        return None
    poll, item = row
    entitled, cast = _seats(session, poll_id)
    return FoundPoll(
        meeting=found_item(meeting, item),
        state=poll.state,
        electorate=entitled,
        recused=recused_seats(session, item.id or 0),
        occupants=occupants(intervals(session, meeting.id), at or clock.now()),
        cast=cast,
        revote_allowed=thaw_rule(poll.rule).revote,
        mode=poll.mode,
        poll=poll,
        item=item,
        where=meeting,
    )


def _seats(session: Session, poll_id: int) -> tuple[frozenset[int], frozenset[int]]:
    """The seats that may cast and those that have. One statement."""
    statement = (
        select(col(PollEntitlement.seat_id), col(Ballot.id))
        .outerjoin(Ballot, OF_THE_SEAT)
        .where(col(PollEntitlement.poll_id) == poll_id)
    )
    rows = session.exec(statement).all()
    return frozenset(seat for seat, _cast in rows), frozenset(seat for seat, ballot in rows if ballot is not None)


@dataclass(frozen=True)
class Voter:
    """An entitled organisation, and whether its ballot is in."""

    organisation: str
    cast: bool


def voters(session: Session, poll_id: int) -> list[Voter]:
    """The electorate by the names of its organisations. One statement."""
    statement = (
        select(col(Organisation.name), col(Ballot.id))
        .join(PollEntitlement, col(PollEntitlement.organisation_id) == col(Organisation.id))
        .outerjoin(Ballot, OF_THE_SEAT)
        .where(col(PollEntitlement.poll_id) == poll_id)
        .order_by(col(PollEntitlement.id))
    )
    return [Voter(name, ballot is not None) for name, ballot in session.exec(statement)]


def topics_of_item(session: Session, item_id: int) -> list[Topic]:
    """The topics that an item is about and that can be voted on, in the order in which they stand there. One statement.

    One that was merged or withdrawn since cannot.
    """
    standing = (col(Topic.merged_into_id).is_(None), col(Topic.state) != TopicState.DRAFT)
    statement = (
        select(Topic)
        .join(AgendaItemSubject, col(AgendaItemSubject.topic_id) == col(Topic.id))
        .where(col(AgendaItemSubject.item_id) == item_id, *standing)
        .order_by(col(AgendaItemSubject.position))
    )
    return list(session.exec(statement))


def topics_of_poll(session: Session, poll_id: int, *conditions: ColumnElement[bool]) -> dict[str, Topic]:
    """The topics behind the options, by the ids that the options have in the rule; those that meet the conditions."""
    statement = select(col(PollOption.id), Topic).join(Topic, col(PollOption.topic_id) == col(Topic.id))
    rows = session.exec(statement.where(col(PollOption.poll_id) == poll_id, *conditions))
    return {str(option_id): topic for option_id, topic in rows}


def polls_of_items(session: Session, item_ids: Collection[int]) -> dict[int, list[Poll]]:
    """The polls of each item, the earliest first. One statement."""
    found: dict[int, list[Poll]] = {}
    for poll in session.exec(select(Poll).where(col(Poll.item_id).in_(item_ids)).order_by(col(Poll.id))):
        found.setdefault(poll.item_id, []).append(poll)
    return found


def polls_of_meeting(session: Session, meeting_id: int) -> dict[int, list[Poll]]:
    """The polls of each item of a meeting, the earliest first. One statement."""
    statement = select(Poll).join(AgendaItem, col(AgendaItem.id) == col(Poll.item_id))
    found: dict[int, list[Poll]] = {}
    for poll in session.exec(statement.where(col(AgendaItem.meeting_id) == meeting_id).order_by(col(Poll.id))):
        found.setdefault(poll.item_id, []).append(poll)
    return found


def organisation_of_seat(session: Session, seat_id: int) -> str | None:
    """The name of the organisation whose seat it is. One statement."""
    statement = select(col(Organisation.name)).join(Seat, col(Seat.organisation_id) == col(Organisation.id))
    return session.exec(statement.where(col(Seat.id) == seat_id)).first()


@dataclass(frozen=True)
class Opening:
    """What a poll on an item would be at a moment: its topics, its electorate, the quorum, and the polls before it."""

    item: FoundItem
    topics: list[Topic]
    polls: list[Poll]
    room: Room
    voters: tuple[SeatView, ...]
    recused: frozenset[int] = frozenset()

    def electorate(self, weights: Mapping[int, int]) -> tuple[Elector, ...]:
        """Who may vote, with the votes of each seat; one where none is named."""
        return electorate_in(self.room, self.recused, str(self.item.rules.vote_unit), weights)

    @property
    def members(self) -> int:
        """How many votes the body has, whoever is present."""
        seats = seat_views(tuple(place.seat for place in self.room.places))
        return len(voting_units(seats, self.item.rules.vote_unit))

    @property
    def attempts(self) -> int:
        """How often the body has voted on a motion here without result for lack of agreement."""
        counted = [thaw_poll_count(p.tally) for p in self.polls if p.tally and p.method == PollMethod.MAJORITY]
        return sum(bool(each.votes and not each.counted.accepted) for each in counted)

    @property
    def voided(self) -> Poll | None:
        """The poll that the next one would replace: the last one, if it was declared void."""
        return self.polls[-1] if self.polls and self.polls[-1].state == PollState.VOIDED else None

    @property
    def running(self) -> Poll | None:
        """The poll that is open on this item."""
        return next((poll for poll in self.polls if poll.state == PollState.OPEN), None)

    @property
    def latest_result(self) -> Poll | None:
        """The latest dots poll with a result."""
        dots = [poll for poll in self.polls if poll.state in FINISHED and poll.method == PollMethod.DOTS]
        return dots[-1] if dots else None

    @property
    def latest_count(self) -> Count | None:
        """The count of that poll."""
        poll = self.latest_result
        return thaw_count(poll.tally) if poll and poll.tally else None

    @property
    def organisations(self) -> list[str]:
        """Who may vote, by name."""
        seats = {seat.seat_id for seat in self.voters}
        return [place.seat.organisation for place in self.room.places if place.id in seats]

    def facts(self, options: int, *, secret: bool = False) -> PollFacts:
        """What the guard of the opening looks at; the rule is frozen by the opening itself."""
        return PollFacts(
            rule_frozen=True,
            options=options,
            electorate=len(self.voters),
            quorum_reached=self.room.quorum.reached,
            meeting_running=self.item.state == MeetingState.RUNNING,
            secret=secret,
        )


def opening_of(session: Session, item: FoundItem, at: datetime) -> Opening:
    """The material for opening a poll on an item. Seven statements."""
    item_id = item.item.id or 0
    room = room_of(session, item, at)
    seats = seat_views(tuple(place.seat for place in room.places))
    recused = recused_seats(session, item_id)
    voters = electorate(seats, room.taken_by, recused, item.rules.vote_unit)
    polls = polls_of_items(session, [item_id]).get(item_id, [])
    return Opening(item, topics_of_item(session, item_id), polls, room, voters, recused)
