"""Reading invitations: the notice period of a meeting, and what was answered for each seat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.people.models import Person
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.rules import NoticeStatement
from meetings.agenda.steps import notice_of as counted_notice
from meetings.invitations.models import MeetingAnswer
from meetings.invitations.states import AnswerKind


@dataclass(frozen=True)
class Answer:
    """What was said for a seat: its kind, who comes or does not, when it was said."""

    kind: AnswerKind
    person_id: int
    person: str
    at: datetime

    @property
    def comes(self) -> bool:
        """Whether somebody will sit on the seat."""
        return self.kind != AnswerKind.DECLINED


def answers_of(session: Session, meeting_id: int) -> Mapping[int, Answer]:
    """The last word of every seat that answered, by the seat's id. One statement."""
    statement = (
        select(MeetingAnswer, col(Person.name))
        .join(Person, col(Person.id) == col(MeetingAnswer.person_id))
        .where(col(MeetingAnswer.meeting_id) == meeting_id, col(MeetingAnswer.seat_id).is_not(None))
    )
    return {row.seat_id or 0: Answer(row.kind, row.person_id, name, row.at) for row, name in session.exec(statement)}


def notice_of(session: Session, meeting: FoundMeeting) -> NoticeStatement | None:
    """The notice period as kept, or as it would be with the planned day; None while a date is missing."""
    del session
    return counted_notice(meeting)
