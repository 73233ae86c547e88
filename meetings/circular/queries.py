"""Reading circulars: one with its body and its answers, those of a body, those that wait for somebody."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, literal, or_, select

from app.core.permissions import VOTING, Actor
from app.people.models import Organisation
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of
from meetings.circular.models import Circular, CircularVoice
from meetings.circular.policy import CircularAccess
from meetings.circular.reporting import suggestion_of
from meetings.circular.states import CircularState
from meetings.voting.poll_counting import PollCount, thaw_poll_count
from meetings.voting.poll_rule import PollRule, thaw_rule


@dataclass(frozen=True)
class VoiceRow:
    """A seat that may answer, and what it answered."""

    seat_id: int
    organisation: str
    answer: str | None
    reason: str | None
    at: datetime | None
    by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class FoundCircular(CircularAccess):
    """A circular with its body; also what the predicates ask for."""

    row: Circular
    body_row: Body
    voices: tuple[VoiceRow, ...]

    @property
    def id(self) -> int:
        """The circular's id."""
        return self.row.id or 0

    @property
    def rule(self) -> PollRule:
        """The frozen rule."""
        return thaw_rule(self.row.rule)

    @property
    def count(self) -> PollCount | None:
        """The frozen count; None while there is none."""
        return thaw_poll_count(self.row.tally) if self.row.tally else None

    @property
    def missing(self) -> list[str]:
        """Who has not answered."""
        return [voice.organisation for voice in self.voices if voice.answer is None]

    def own_answer(self, seat_id: int, person_id: int) -> str | None:
        """What this person answered for the seat; what another did for it is hidden till the end."""
        return next((each.answer for each in self.voices if (each.seat_id, each.by_id) == (seat_id, person_id)), None)

    @property
    def is_running(self) -> bool:
        """Whether answers are taken."""
        return self.row.state == CircularState.RUNNING


def circular_by_key(session: Session, key: str) -> FoundCircular | None:
    """The circular with this key. Two statements."""
    statement = select(Circular, Body).join(Body, col(Body.id) == col(Circular.body_id))
    row = session.exec(statement.where(col(Circular.key) == key)).first()
    if row is None:
        return None
    circular, body = row
    voices = _voices(session, circular.id or 0)
    answers = {voice.seat_id: voice.answer for voice in voices}
    return FoundCircular(
        body=access_of(body), state=circular.state, answers=answers, row=circular, body_row=body, voices=voices
    )


def _voices(session: Session, circular_id: int) -> tuple[VoiceRow, ...]:
    statement = (
        select(CircularVoice, col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(CircularVoice.organisation_id))
        .where(col(CircularVoice.circular_id) == circular_id)
        .order_by(col(CircularVoice.id))
    )
    return tuple(
        VoiceRow(voice.seat_id, name, voice.answer, voice.reason, voice.answered_at, voice.answered_by_id)
        for voice, name in session.exec(statement)
    )


def circulars_of(session: Session, body_id: int) -> list[Circular]:
    """The circulars of a body, the latest first. One statement."""
    statement = select(Circular).where(col(Circular.body_id) == body_id).order_by(col(Circular.id).desc())
    return list(session.exec(statement))


def waiting_for(session: Session, actor: Actor) -> list[Circular]:
    """The running circulars in which a seat of the person has not answered. One statement."""
    seats = [seat.seat_id for seat in actor.seats if seat.kind == VOTING]
    statement = (
        select(Circular)
        .join(CircularVoice, col(CircularVoice.circular_id) == col(Circular.id))
        .where(
            col(Circular.state) == CircularState.RUNNING,
            col(CircularVoice.seat_id).in_(seats),
            col(CircularVoice.answer).is_(None),
        )
        .order_by(col(Circular.deadline))
        .distinct()
    )
    return list(session.exec(statement))


def to_report(session: Session, body_id: int) -> list[Circular]:
    """The ended circulars of a body that no meeting has been told of yet. One statement.

    One that was stopped comes back as a motion: it stays until it stands on the agenda of a meeting that takes place.
    """
    on_agenda = (
        select(AgendaItem.id)
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(col(AgendaItem.suggestion) == literal(suggestion_of("")).concat(col(Circular.key)))
        .where(col(Meeting.state).in_((MeetingState.HELD, MeetingState.CLOSED)))
        .exists()
    )
    untold = (col(Circular.state) == CircularState.CLOSED) & col(Circular.reported_meeting_id).is_(None)
    unheard = (col(Circular.state) == CircularState.STOPPED) & ~on_agenda
    statement = select(Circular).where(col(Circular.body_id) == body_id, or_(untold, unheard))
    return list(session.exec(statement.order_by(col(Circular.id))))
