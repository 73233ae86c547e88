"""The speakers list: asking for the floor, taking it back, beginning and ending; the chair orders."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.core.errors import DomainError, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda.locking import locked_meeting
from meetings.agenda.queries import FoundMeeting
from meetings.room import policy
from meetings.room.actions import personal
from meetings.room.finding import current_item_id
from meetings.room.models import Speech
from meetings.room.queries import may_be_called
from meetings.room.setup import setup_of
from meetings.room.speaking import Waiting, moved
from meetings.room.states import SpeechKind

SPEAKERS = "speakers"
"""Name of the live signal: the speakers list changed."""


def ask(work: Work, key: str, kind: SpeechKind = SpeechKind.CONTRIBUTION) -> FoundMeeting:
    """Ask for the floor. A point of order is taken even when the list is closed."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_ask_for_floor(work.actor, meeting))
    closed = setup_of(work.session, meeting.id).list_closed
    if closed and kind == SpeechKind.CONTRIBUTION:
        raise DomainError(_("Die Redeliste ist geschlossen. Anträge zur Geschäftsordnung sind weiter möglich."))
    rows = _on_list(work, meeting)
    if not any(row.person_id == work.actor.person_id and row.kind == kind for row in rows):
        _put_on(work, meeting, work.actor.person_id, kind, rows)
    _tell(work, meeting, "speech.asked", work.actor.person_id)
    return meeting


def call_person(work: Work, key: str, person_id: int) -> FoundMeeting:
    """Put somebody on the list: a member who asked by hand, or a guest whom the chair wants to hear."""
    meeting = _led(work, key)
    if person_id not in may_be_called(work.session, meeting):
        raise NotFound(_("Diese Person gehört nicht zur Sitzung."))
    rows = _on_list(work, meeting)
    if not any(row.person_id == person_id for row in rows):
        _put_on(work, meeting, person_id, SpeechKind.CONTRIBUTION, rows)
    _tell(work, meeting, "speech.called", person_id)
    return meeting


def _put_on(work: Work, meeting: FoundMeeting, person_id: int, kind: SpeechKind, rows: Sequence[Speech]) -> None:
    position = max((row.position for row in rows), default=-1) + 1
    item_id = current_item_id(work, meeting.id)
    work.session.add(
        Speech(
            meeting_id=meeting.id,
            item_id=item_id,
            person_id=person_id,
            kind=kind,
            position=position,
            asked_at=work.now,
        )
    )


def withdraw(work: Work, key: str) -> FoundMeeting:
    """Take back what one asked for, or end one's own speech."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_ask_for_floor(work.actor, meeting))
    for row in _on_list(work, meeting):
        if row.person_id == work.actor.person_id:
            _take_off(work, row)
    _tell(work, meeting, "speech.withdrawn", work.actor.person_id)
    return meeting


def _take_off(work: Work, row: Speech) -> None:
    if row.began_at is None:
        row.gone = True
    else:
        row.ended_at = max(work.now, row.began_at)
    work.session.add(row)


def give_floor(work: Work, key: str, speech_id: int) -> FoundMeeting:
    """This person speaks now; whoever spoke before has ended."""
    meeting = _led(work, key)
    row = _waiting(work, meeting, speech_id)
    close_floor(work, meeting)
    row.began_at, row.item_id = work.now, current_item_id(work, meeting.id)
    work.session.add(row)
    _tell(work, meeting, "speech.began", row.person_id)
    return meeting


def end_speech(work: Work, key: str) -> FoundMeeting:
    """Whoever speaks has ended."""
    meeting = _led(work, key)
    close_floor(work, meeting)
    work.record("speech.ended", meeting.meeting)
    work.announce(meeting.channel, SPEAKERS)
    return meeting


def close_floor(work: Work, meeting: FoundMeeting) -> None:
    """End every speech that goes on; the caller records what it did."""
    for row in _on_list(work, meeting):
        if row.began_at is not None:
            _take_off(work, row)
            work.announce(meeting.channel, SPEAKERS)
            work.announce(meeting.channel, personal(row.person_id))


def strike(work: Work, key: str, speech_id: int) -> FoundMeeting:
    """Take somebody off the list who did not speak."""
    meeting = _led(work, key)
    row = _waiting(work, meeting, speech_id)
    row.gone = True
    work.session.add(row)
    _tell(work, meeting, "speech.struck", row.person_id)
    return meeting


def move(work: Work, key: str, speech_id: int, steps: int) -> FoundMeeting:
    """Let somebody speak earlier (-1) or later (+1); points of order stay before contributions."""
    meeting = _led(work, key)
    rows = {row.id or 0: row for row in _on_list(work, meeting) if row.began_at is None}
    order = [Waiting(id_, row.kind, row.position) for id_, row in rows.items()]
    for id_, position in moved(order, speech_id, steps).items():
        rows[id_].position = position
        work.session.add(rows[id_])
    work.record("speech.moved", meeting.meeting)
    work.announce(meeting.channel, SPEAKERS)
    return meeting


def _led(work: Work, key: str) -> FoundMeeting:
    meeting = locked_meeting(work, key)
    work.require(policy.may_lead_room(work.actor, meeting))
    return meeting


def _on_list(work: Work, meeting: FoundMeeting) -> Sequence[Speech]:
    """Who speaks or waits, in the order of asking."""
    work.session.flush()
    statement = select(Speech).where(
        col(Speech.meeting_id) == meeting.id, col(Speech.ended_at).is_(None), col(Speech.gone).is_(False)
    )
    return work.session.exec(statement.order_by(col(Speech.position), col(Speech.id))).all()


def _waiting(work: Work, meeting: FoundMeeting, speech_id: int) -> Speech:
    row = next((each for each in _on_list(work, meeting) if each.id == speech_id and each.began_at is None), None)
    if row is None:
        raise DomainError(_("Diese Wortmeldung steht nicht mehr auf der Liste."))
    return row


def _tell(work: Work, meeting: FoundMeeting, act: str, person_id: int) -> None:
    work.record(act, meeting.meeting, person=person_id)
    work.announce(meeting.channel, SPEAKERS)
    work.announce(meeting.channel, personal(person_id))
