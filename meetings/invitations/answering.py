"""Answering an invitation: for a seat by who sits there or the office, for oneself as a guest. The last word stands."""

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from meetings.agenda.actions import MEETING
from meetings.agenda.locking import locked_meeting
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import MeetingState
from meetings.bodies.policy import runs_meetings_of
from meetings.invitations import policy
from meetings.invitations.answers import COMING, seat_to_answer
from meetings.invitations.models import MeetingAnswer
from meetings.invitations.policy import SeatToAnswer
from meetings.invitations.queries import answers_of
from meetings.invitations.rules import Coming, Sitter, deputy_may_say, fitting_answer
from meetings.invitations.states import AnswerKind
from meetings.invitations.wording import refusal_words


def answer_for_seat(work: Work, key: str, seat_id: int, kind: AnswerKind, person_id: int | None = None) -> FoundMeeting:
    """Say who comes for a seat, or that nobody does. `person_id` is the deputy, else the answering person."""
    meeting = locked_meeting(work, key)
    seat = seat_to_answer(work.session, meeting, seat_id)
    if seat is None:
        raise NotFound(_("Diesen Sitz gibt es in dieser Sitzung nicht."))
    work.require(
        policy.may_answer(work.actor, SeatToAnswer(meeting, frozenset(each.person_id for each in seat.holders)))
    )
    _require_open(work, meeting)
    sitters = [Sitter(each.person_id, each.rank) for each in seat.holders]
    who = person_id or _who_answers(work, sitters)
    _require_own_word(work, meeting, seat_id, sitters, kind)
    coming = fitting_answer(sitters, kind, who, _expected_elsewhere(work, meeting, seat_id))
    if not isinstance(coming, Coming):
        raise InvalidInput(refusal_words(coming))
    _keep(work, meeting, seat_id, coming)
    return meeting


def _require_own_word(work: Work, meeting: FoundMeeting, seat_id: int, sitters: list[Sitter], kind: AnswerKind) -> None:
    """A deputy does not change what the member or another deputy said; the member and the office may."""
    rank = next((each.rank for each in sitters if each.person_id == work.actor.person_id), 0)
    if rank == 0 or runs_meetings_of(work.actor, meeting.body):
        return
    said = answers_of(work.session, meeting.id).get(seat_id)
    present = Coming(said.kind, said.person_id) if said else None
    if not deputy_may_say(present, work.actor.person_id, kind):
        raise InvalidInput(_("Für diesen Sitz hat schon jemand anderes geantwortet; ändern kann das nur das Mitglied."))


def _who_answers(work: Work, sitters: list[Sitter]) -> int:
    """Who is meant where nobody is named: the person that answers, or the holder when the office does."""
    own = next((each.person_id for each in sitters if each.person_id == work.actor.person_id), None)
    return own or next((each.person_id for each in sitters if each.rank == 0), 0)


def _expected_elsewhere(work: Work, meeting: FoundMeeting, seat_id: int) -> set[int]:
    statement = select(MeetingAnswer.person_id).where(
        col(MeetingAnswer.meeting_id) == meeting.id,
        col(MeetingAnswer.seat_id) != seat_id,
        col(MeetingAnswer.kind).in_(COMING),
    )
    return set(work.session.exec(statement))


def _require_open(work: Work, meeting: FoundMeeting) -> None:
    """An answer is changed until the meeting begins."""
    row = meeting.meeting
    begun = row.starts_at is not None and row.starts_at <= work.now
    past = row.date is not None and row.date < work.now.astimezone(LOCAL).date()
    if meeting.state != MeetingState.INVITED or begun or past:
        raise RefusedMove(_("Geantwortet wird von der Einladung bis zum Beginn der Sitzung."))


def _keep(work: Work, meeting: FoundMeeting, seat_id: int | None, coming: Coming) -> None:
    statement = select(MeetingAnswer).where(col(MeetingAnswer.meeting_id) == meeting.id)
    own = (
        col(MeetingAnswer.seat_id) == seat_id
        if seat_id is not None
        else col(MeetingAnswer.seat_id).is_(None) & (col(MeetingAnswer.person_id) == coming.person_id)
    )
    row = work.session.exec(statement.where(own)).first()
    row = row or MeetingAnswer(
        meeting_id=meeting.id, seat_id=seat_id, person_id=0, kind=coming.kind, by_id=0, at=work.now
    )
    row.kind, row.person_id, row.by_id, row.at = coming.kind, coming.person_id, work.actor.person_id, work.now
    work.session.add(row)
    work.record("meeting.answered", meeting.meeting, seat=seat_id or 0, answer=coming.kind.value)
    work.announce(meeting.channel, MEETING)


def answer_as_guest(work: Work, key: str, kind: AnswerKind) -> FoundMeeting:
    """A guest without a seat says whether they come."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_answer_as_guest(work.actor, meeting))
    _require_open(work, meeting)
    if kind == AnswerKind.DEPUTY:
        raise InvalidInput(_("Gäste sind persönlich eingeladen und schicken keine Vertretung."))
    _keep(work, meeting, None, Coming(kind, work.actor.person_id))
    return meeting
