"""Reading answers: the seats of a meeting with what was said for each, one's own, and what is to be expected."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import Actor
from app.people.models import Person
from meetings.agenda.models import MeetingGuest
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import MeetingState
from meetings.bodies.policy import runs_meetings_of
from meetings.bodies.queries import SeatRow, seat_rows
from meetings.bodies.states import SeatKind, VoteUnit
from meetings.invitations.models import MeetingAnswer
from meetings.invitations.queries import Answer, answers_of
from meetings.invitations.rules import Tally, tally
from meetings.invitations.states import AnswerKind
from meetings.room.rules import QUORUM_RULES, QuorumStatement, quorum

COMING = (AnswerKind.ACCEPTED, AnswerKind.DEPUTY)
ASKED = (SeatKind.VOTING, SeatKind.ADVISORY, SeatKind.GUEST)
ANSWERING = (MeetingState.INVITED,)


@dataclass(frozen=True)
class SeatAnswer:
    """A seat with what was said for it; `own` and `may_answer` are about the reader."""

    seat: SeatRow
    answer: Answer | None
    own: bool
    may_answer: bool


@dataclass(frozen=True)
class GuestAnswer:
    """A guest with what they said."""

    person_id: int
    name: str
    answer: Answer | None


@dataclass(frozen=True)
class Overview:
    """Who comes, for one reader."""

    meeting: FoundMeeting
    seats: list[SeatAnswer]
    guests: list[GuestAnswer]
    own_guest: GuestAnswer | None
    tally: Tally
    expected: QuorumStatement
    is_open: bool

    @property
    def own(self) -> list[SeatAnswer]:
        """The reader's own seats."""
        return [each for each in self.seats if each.own]

    @property
    def waits(self) -> bool:
        """Whether an answer of the reader is missing."""
        missing = any(each.answer is None for each in self.own)
        return self.is_open and (missing or (self.own_guest is not None and self.own_guest.answer is None))


def seat_to_answer(session: Session, meeting: FoundMeeting, seat_id: int) -> SeatRow | None:
    """A seat of the meeting that is asked for an answer, with its people on the meeting's day. One statement."""
    return next((seat for seat in asked_seats(session, meeting) if seat.seat_id == seat_id), None)


def asked_seats(session: Session, meeting: FoundMeeting) -> list[SeatRow]:
    """The seats that are asked for an answer. One statement."""
    day = meeting.meeting.date or clock.today()
    return [seat for seat in seat_rows(session, meeting.body.body_id, day) if seat.kind in ASKED]


def overview(session: Session, actor: Actor, meeting: FoundMeeting, now: datetime) -> Overview:
    """Who comes, as this reader sees it. Four statements."""
    answers, office = answers_of(session, meeting.id), runs_meetings_of(actor, meeting.body)
    seats = [
        SeatAnswer(seat, answers.get(seat.seat_id), own, own or office)
        for seat in asked_seats(session, meeting)
        for own in (any(each.person_id == actor.person_id for each in seat.holders),)
    ]
    guests = _guests(session, meeting)
    return Overview(
        meeting=meeting,
        seats=seats,
        guests=guests,
        own_guest=next((each for each in guests if each.person_id == actor.person_id), None),
        tally=tally([each.answer.kind if each.answer else None for each in seats]),
        expected=expected_quorum(meeting, seats),
        is_open=is_open(meeting, now),
    )


def is_open(meeting: FoundMeeting, now: datetime) -> bool:
    """Whether answers are still taken."""
    row = meeting.meeting
    if meeting.state not in ANSWERING or row.date is None:
        return False
    return row.starts_at > now if row.starts_at else row.date >= clock.today()


def expected_quorum(meeting: FoundMeeting, seats: list[SeatAnswer]) -> QuorumStatement:
    """Whether the body could decide if all come who said so."""
    voting = [each for each in seats if each.seat.kind == SeatKind.VOTING]
    by_organisation = meeting.rules.vote_unit == VoteUnit.ORGANISATION

    def unit(each: SeatAnswer) -> int:
        return each.seat.organisation_id if by_organisation else each.seat.seat_id

    coming = [unit(each) for each in voting if each.answer and each.answer.comes]
    return quorum(QUORUM_RULES[meeting.rules.quorum], [unit(each) for each in voting], coming)


def _guests(session: Session, meeting: FoundMeeting) -> list[GuestAnswer]:
    statement = (
        select(col(Person.id), col(Person.name))
        .join(MeetingGuest, col(MeetingGuest.person_id) == col(Person.id))
        .where(col(MeetingGuest.meeting_id) == meeting.id)
        .order_by(col(MeetingGuest.position))
    )
    people = session.exec(statement).all()
    said = select(MeetingAnswer).where(
        col(MeetingAnswer.meeting_id) == meeting.id, col(MeetingAnswer.seat_id).is_(None)
    )
    answers = {row.person_id: row for row in session.exec(said)}
    return [
        GuestAnswer(
            id_ or 0, name, Answer(row.kind, row.person_id, name, row.at) if (row := answers.get(id_ or 0)) else None
        )
        for id_, name in people
    ]
