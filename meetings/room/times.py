"""Presence with times, entered afterwards from a list on paper. What was entered before can be taken out again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda.locking import locked_meeting
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import MeetingState
from meetings.room import policy
from meetings.room.actions import PRESENCE
from meetings.room.finding import watch_quorum
from meetings.room.models import Presence
from meetings.room.queries import room_of
from meetings.room.rules import PresenceInterval, overlaps
from meetings.room.states import Departure, Source


@dataclass(frozen=True)
class Entered:
    """Somebody on a seat from when until when; no end while the meeting goes on."""

    seat_id: int
    person_id: int
    since: datetime
    until: datetime | None


def enter_times(work: Work, key: str, entries: Sequence[Entered], dropped: Collection[int] = ()) -> FoundMeeting:
    """Take out what was entered wrongly, then add what the list says; all or nothing."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_enter_presence(work.actor, meeting))
    holders = {place.id: place.seat.holders for place in room_of(work.session, meeting, work.now).places}
    kept = _without(work, meeting, dropped)
    for entry in entries:
        if entry.person_id not in [each.person_id for each in holders.get(entry.seat_id, ())]:
            raise InvalidInput(_("Diese Person ist für den Sitz weder Mitglied noch Vertretung."))
        _require_times(work, meeting, entry)
        interval = PresenceInterval(entry.seat_id, entry.person_id, entry.since, entry.until)
        if overlaps(kept, interval):
            raise InvalidInput(
                _("Zwei Zeiten überschneiden sich: Ein Sitz ist doppelt besetzt oder jemand zweimal da.")
            )
        kept.append(interval)
        work.session.add(_row(meeting, entry))
    work.record("presence.entered", meeting.meeting, added=len(entries), dropped=len(dropped))
    work.announce(meeting.channel, PRESENCE)
    watch_quorum(work, meeting)
    return meeting


def _without(work: Work, meeting: FoundMeeting, dropped: Collection[int]) -> list[PresenceInterval]:
    """The presences that stay; the others are deleted, the audit keeps that they were."""
    kept = []
    for row in work.session.exec(select(Presence).where(col(Presence.meeting_id) == meeting.id)).all():
        if row.id in dropped:
            work.record("presence.dropped", meeting.meeting, seat=row.seat_id, person=row.person_id)
            work.session.delete(row)
        else:
            kept.append(PresenceInterval(row.seat_id, row.person_id, row.since, row.until, row.mode))
    work.session.flush()
    return kept


def _require_times(work: Work, meeting: FoundMeeting, entry: Entered) -> None:
    if entry.until is not None and entry.until <= entry.since:
        raise InvalidInput(_("Das Ende liegt nicht nach dem Anfang."))
    if entry.until is None and meeting.state == MeetingState.HELD:
        raise InvalidInput(_("Die Sitzung ist beendet; bitte geben Sie auch das Ende an."))
    if max(entry.since, entry.until or entry.since) > work.now:
        raise InvalidInput(_("Zeiten in der Zukunft lassen sich nicht nachtragen."))


def _row(meeting: FoundMeeting, entry: Entered) -> Presence:
    return Presence(
        meeting_id=meeting.id,
        seat_id=entry.seat_id,
        person_id=entry.person_id,
        since=entry.since,
        until=entry.until,
        source=Source.CLERK,
        departure=Departure.LEFT if entry.until else None,
    )
