"""Coming and going, for oneself and for others, and recusals. Presence is a log of intervals that is only added to."""

from sqlmodel import col, select

from app.core.errors import DomainError, Forbidden, NotFound
from app.core.i18n import _
from app.core.permissions import SeatHeld
from app.core.work import Work
from meetings.agenda.locking import locked_item, locked_meeting
from meetings.agenda.queries import FoundMeeting
from meetings.room import policy
from meetings.room.buttons import Button, Coming, Everyone, Going
from meetings.room.models import Presence, Recusal
from meetings.room.queries import Place, Room, own_seat, recused_seats, room_of
from meetings.room.states import Source

PRESENCE = "presence"
AGENDA = "agenda"
"""Names of the live signals: somebody came or went; something about an item changed."""


def arrive(work: Work, key: str) -> FoundMeeting:
    """Report oneself as present on one's own seat, or on the seat that one deputises."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_record_presence(work.actor, meeting, work.actor.person_id))
    seat = _own_seat(work, meeting)
    place = _place(room_of(work.session, meeting, work.now), seat.seat_id)
    _take(work, meeting, place, work.actor.person_id, Source.SELF)
    return meeting


def leave(work: Work, key: str) -> FoundMeeting:
    """Report oneself as gone."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_record_presence(work.actor, meeting, work.actor.person_id))
    room = room_of(work.session, meeting, work.now)
    own = [place for place in room.places if place.person_id == work.actor.person_id]
    if not own:
        raise DomainError(_("Sie sind nicht als anwesend erfasst."))
    for place in own:
        _free(work, meeting, place.id)
    return meeting


def record_arrival(work: Work, key: str, seat_id: int, person_id: int) -> FoundMeeting:
    """Record that somebody took a seat; the person must be its holder or a deputy."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_record_presence(work.actor, meeting, person_id))
    place = _place(room_of(work.session, meeting, work.now), seat_id)
    if person_id not in [each.person_id for each in place.seat.holders]:
        raise DomainError(_("Diese Person ist für den Sitz weder Mitglied noch Vertretung."))
    _take(work, meeting, place, person_id, _source(work, person_id))
    return meeting


def record_departure(work: Work, key: str, seat_id: int) -> FoundMeeting:
    """Record that a seat became empty."""
    meeting = locked_meeting(work, key)
    place = _place(room_of(work.session, meeting, work.now), seat_id)
    work.require(policy.may_record_presence(work.actor, meeting, place.person_id or 0))
    if not place.taken:
        raise DomainError(_("Auf diesem Sitz ist niemand als anwesend erfasst."))
    _free(work, meeting, seat_id)
    return meeting


def press(work: Work, key: str, button: Button) -> FoundMeeting:
    """Do what a button of the attendance list says."""
    match button:
        case Coming(seat_id, person_id):
            return record_arrival(work, key, seat_id, person_id)
        case Going(seat_id):
            return record_departure(work, key, seat_id)
        case Everyone():
            return record_everyone(work, key)


def record_everyone(work: Work, key: str) -> FoundMeeting:
    """Record the holders of all empty voting seats as present; who already sits on another seat stays there."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_record_presence(work.actor, meeting, 0))
    room = room_of(work.session, meeting, work.now)
    here = {place.person_id for place in room.places if place.taken}
    added = 0
    for place in room.of_kind("voting"):
        holder = place.seat.holder
        if not place.taken and holder is not None and holder.person_id not in here:
            here.add(holder.person_id)
            work.session.add(_presence(work, meeting, place.id, holder.person_id, Source.CLERK))
            added += 1
    work.record("presence.all_arrived", meeting.meeting, added=added)
    work.announce(meeting.channel, PRESENCE)
    return meeting


def declare_recusal(work: Work, key: str, number: str, seat_id: int | None = None) -> FoundMeeting:
    """Take a seat out of an item because of a conflict of interest; without `seat_id` one's own seat."""
    item = locked_item(work, key, number)
    wanted = seat_id or _own_seat(work, item).seat_id
    work.require(policy.may_declare_recusal(work.actor, item, wanted))
    _place(room_of(work.session, item, work.now), wanted)
    own = wanted in [seat.seat_id for seat in work.actor.seats]
    if wanted not in recused_seats(work.session, item.item.id or 0):
        source = Source.SELF if own else Source.CLERK
        work.session.add(Recusal(item_id=item.item.id or 0, seat_id=wanted, declared_at=work.now, source=source))
    work.record("recusal.declared", item.item, seat=wanted)
    work.announce(item.channel, AGENDA)
    return item


def close_room(work: Work, meeting: FoundMeeting) -> None:
    """End every open presence, because the meeting ends."""
    statement = select(Presence).where(col(Presence.meeting_id) == meeting.id, col(Presence.until).is_(None))
    for presence in work.session.exec(statement):
        presence.until = max(work.now, presence.since)
        work.session.add(presence)


def _own_seat(work: Work, meeting: FoundMeeting) -> SeatHeld:
    seat = own_seat(work.actor, meeting.body.body_id)
    if seat is None:
        raise Forbidden(_("Sie haben in diesem Gremium keinen Sitz."))
    return seat


def _place(room: Room, seat_id: int) -> Place:
    place = next((each for each in room.places if each.id == seat_id), None)
    if place is None:
        raise NotFound(_("Diesen Sitz gibt es in diesem Gremium nicht."))
    return place


def _source(work: Work, person_id: int) -> Source:
    return Source.SELF if person_id == work.actor.person_id else Source.CLERK


def _take(work: Work, meeting: FoundMeeting, place: Place, person_id: int, source: Source) -> None:
    if place.taken and place.person_id != person_id:
        raise DomainError(_taken_words(place))
    if not place.taken:
        work.session.add(_presence(work, meeting, place.id, person_id, source))
    work.record("presence.arrived", meeting.meeting, seat=place.id, person=person_id, source=str(source))
    work.announce(meeting.channel, PRESENCE)


def _taken_words(place: Place) -> str:
    name = place.person or place.seat.organisation
    return _("Auf diesem Sitz ist schon %(name)s als anwesend erfasst.", name=name)


def _presence(work: Work, meeting: FoundMeeting, seat_id: int, person_id: int, source: Source) -> Presence:
    return Presence(meeting_id=meeting.id, seat_id=seat_id, person_id=person_id, since=work.now, source=source)


def _free(work: Work, meeting: FoundMeeting, seat_id: int) -> None:
    statement = select(Presence).where(
        col(Presence.meeting_id) == meeting.id, col(Presence.seat_id) == seat_id, col(Presence.until).is_(None)
    )
    for presence in work.session.exec(statement):
        presence.until = max(work.now, presence.since)
        work.session.add(presence)
    work.record("presence.left", meeting.meeting, seat=seat_id)
    work.announce(meeting.channel, PRESENCE)
