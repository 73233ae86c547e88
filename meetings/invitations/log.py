"""The send log and the page before sending: who gets what, who cannot be reached, what the notice period says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from app.core.mail_states import MailState
from app.core.records import MailOutbox
from app.people.models import Person
from meetings.agenda.queries import FoundMeeting, agenda_of
from meetings.agenda.rules import AgendaTime, NoticeStatement, agenda_time
from meetings.agenda.states import MeetingState
from meetings.agenda.steps import last_dispatch, notice_of
from meetings.invitations.models import MeetingLetter
from meetings.invitations.receivers import empty_seats, post_due
from meetings.invitations.rules import Post
from meetings.invitations.wording import delivery_words, proof_words


@dataclass(frozen=True)
class LogLine:
    """One letter of the log with where it stands."""

    letter: MeetingLetter
    name: str
    state: str
    tone: str
    problem: str
    waits: bool

    @property
    def id(self) -> int:
        """The letter's id."""
        return self.letter.id or 0


@dataclass(frozen=True)
class Sheet:
    """Everything that the page before sending shows."""

    meeting: FoundMeeting
    post: Post
    empty: list[str]
    notice: NoticeStatement | None
    proof: str
    last_dispatch: date | None
    time: AgendaTime | None
    log: list[LogLine]
    first: bool
    ready: bool


def log_of(session: Session, meeting_id: int) -> list[LogLine]:
    """Every letter of a meeting, the newest first. One statement."""
    found: Any = select(MeetingLetter, Person.name, MailOutbox.state, MailOutbox.problem, MailOutbox.attempts)  # type: ignore[call-overload]
    rows = session.exec(
        found.join(Person, col(Person.id) == col(MeetingLetter.person_id))
        .outerjoin(MailOutbox, col(MailOutbox.once) == col(MeetingLetter.mail_once))
        .where(col(MeetingLetter.meeting_id) == meeting_id)
        .order_by(col(MeetingLetter.id).desc())
    )
    return [_line(*row) for row in rows]


def _line(
    letter: MeetingLetter, name: str, state: MailState | None, problem: str | None, attempts: int | None
) -> LogLine:
    words, tone = delivery_words(state, letter.bounced_at is not None, attempts or 0)
    return LogLine(letter, name, words, tone, problem or "", state == MailState.WAITING)


def sheet_of(session: Session, meeting: FoundMeeting, today: date) -> Sheet:
    """What the office sees before it sends. Eight statements."""
    first = meeting.state == MeetingState.SCHEDULED
    sent = today if first else meeting.meeting.invited_on
    statement = notice_of(meeting, sent)
    day = meeting.meeting.date
    return Sheet(
        meeting=meeting,
        post=post_due(session, meeting),
        empty=empty_seats(session, meeting),
        notice=statement,
        proof=proof_words(statement, sent, day) if statement and sent and day else "",
        last_dispatch=last_dispatch(meeting),
        time=_time_of(session, meeting),
        log=log_of(session, meeting.id),
        first=first,
        ready=meeting.state != MeetingState.DRAFT,
    )


def _time_of(session: Session, meeting: FoundMeeting) -> AgendaTime | None:
    """The planned minutes of the agenda against those of the meeting; None while an end is missing."""
    row = meeting.meeting
    if not (row.starts_at and row.ends_at):
        return None
    return agenda_time((line.item.minutes for line in agenda_of(session, meeting.id)), row.starts_at, row.ends_at)
