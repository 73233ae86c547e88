"""Coming and going, for oneself and for others, and recusals. Presence is a log of intervals that is only added to."""

from dataclasses import dataclass

from sqlmodel import col, select

from app.core.errors import DomainError, Forbidden, NotFound
from app.core.i18n import _
from app.core.permissions import SeatHeld
from app.core.work import Work
from meetings.agenda.locking import locked_item, locked_meeting
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.bodies.queries import SeatRow
from meetings.invitations.queries import Answer, answers_of
from meetings.room import policy
from meetings.room.buttons import Button, Coming, Everyone, Going
from meetings.room.checkin import is_current
from meetings.room.finding import watch_quorum
from meetings.room.models import Presence, Recusal
from meetings.room.queries import Place, Room, own_seat, recused_seats, room_of
from meetings.room.setup import setup_of
from meetings.room.spans import empty_room
from meetings.room.states import Departure, Mode, RecusalReason, Source

PRESENCE = "presence"
AGENDA = "agenda"
"""Names of the live signals: somebody came or went; something about an item changed."""

close_room = empty_room


def personal(person_id: int) -> str:
    """Name of the live signal for one person: what their own screen says of themselves changed."""
    return f"me-{person_id}"


@dataclass(frozen=True)
class Reporting:
    """How somebody reports: on site or remote, and with which code from the wall."""

    mode: Mode = Mode.ONSITE
    code: str = ""
    secret: bytes = b""


def arrive(work: Work, key: str, how: Reporting | None = None) -> FoundMeeting:
    """Report oneself as present on one's own seat, or on the seat that one deputises."""
    meeting, how = locked_meeting(work, key), how or Reporting()
    work.require(policy.may_record_presence(work.actor, meeting, work.actor.person_id))
    seat = _own_seat(work, meeting)
    source = _way_in(work, meeting, how)
    place = _place(room_of(work.session, meeting, work.now), seat.seat_id)
    _take(work, meeting, place, _new(work, meeting, (seat.seat_id, work.actor.person_id), source, how.mode))
    return meeting


def _way_in(work: Work, meeting: FoundMeeting, how: Reporting) -> Source:
    """Whether the code was right, where one is asked for; remote only where the room allows it."""
    setup = setup_of(work.session, meeting.id)
    if how.mode == Mode.REMOTE:
        if not setup.remote_allowed:
            raise DomainError(_("In dieser Sitzung nehmen alle vor Ort teil."))
        return Source.SELF
    if how.code:
        if not is_current(how.secret, meeting.id, work.now, how.code):
            raise DomainError(_("Dieser Code gilt nicht mehr. Lesen Sie bitte den ab, der jetzt an der Wand steht."))
        return Source.QR
    if setup.needs_code:
        raise DomainError(_("Zum Anmelden gehört der Code, der an der Wand steht."))
    return Source.SELF


def leave(work: Work, key: str) -> FoundMeeting:
    """Report oneself as gone."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_record_presence(work.actor, meeting, work.actor.person_id))
    room = room_of(work.session, meeting, work.now)
    own = [place for place in room.places if place.taken and place.person_id == work.actor.person_id]
    if not own:
        raise DomainError(_("Sie sind nicht als anwesend erfasst."))
    for place in own:
        _free(work, meeting, place, Departure.LEFT)
    return meeting


def record_arrival(work: Work, key: str, seat_id: int, person_id: int, mode: Mode = Mode.ONSITE) -> FoundMeeting:
    """Record that somebody took a seat; the person must be its holder or a deputy."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_record_presence(work.actor, meeting, person_id))
    if not policy.may_record_presence(work.actor, meeting, 0):
        _way_in(work, meeting, Reporting(mode))
    place = _place(room_of(work.session, meeting, work.now), seat_id)
    if person_id not in [each.person_id for each in place.seat.holders]:
        raise DomainError(_("Diese Person ist für den Sitz weder Mitglied noch Vertretung."))
    source = Source.SELF if person_id == work.actor.person_id else Source.CLERK
    _take(work, meeting, place, _new(work, meeting, (seat_id, person_id), source, mode))
    return meeting


def record_departure(work: Work, key: str, seat_id: int, departure: Departure = Departure.LEFT) -> FoundMeeting:
    """Record that a seat became empty."""
    meeting = locked_meeting(work, key)
    place = _place(room_of(work.session, meeting, work.now), seat_id)
    work.require(policy.may_record_presence(work.actor, meeting, place.person_id or 0))
    if not place.taken:
        raise DomainError(_("Auf diesem Sitz ist niemand als anwesend erfasst."))
    _free(work, meeting, place, departure)
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


def expected_on(seat: SeatRow, answer: Answer | None) -> int | None:
    """Who is expected on a seat: whoever said so, nobody if the seat declined, the holder if nothing was said.

    A deputy who was announced and is none any more is not expected.
    """
    if answer is None:
        return seat.holder.person_id if seat.holder else None
    known = {each.person_id for each in seat.holders}
    return answer.person_id if answer.comes and answer.person_id in known else None


def record_everyone(work: Work, key: str) -> FoundMeeting:
    """Record everybody on an empty voting seat as present: the deputy where one was announced, else the holder.

    Who sent an excuse is not, and who already sits on another seat stays there.
    """
    meeting = locked_meeting(work, key)
    work.require(policy.may_record_presence(work.actor, meeting, 0))
    room = room_of(work.session, meeting, work.now)
    here = {place.person_id for place in room.places if place.taken}
    added, answers = 0, answers_of(work.session, meeting.id)
    for place in room.of_kind("voting"):
        person_id = expected_on(place.seat, answers.get(place.id))
        if not place.taken and person_id is not None and person_id not in here:
            here.add(person_id)
            work.session.add(_new(work, meeting, (place.id, person_id), Source.CLERK))
            work.announce(meeting.channel, personal(person_id))
            added += 1
    work.record("presence.all_arrived", meeting.meeting, added=added)
    work.announce(meeting.channel, PRESENCE)
    watch_quorum(work, meeting)
    return meeting


@dataclass(frozen=True)
class Declaration:
    """What is recorded of a recusal: the class of its reason, who decided, whether the room was left."""

    reason: RecusalReason | None = None
    decided: bool = False
    left_room: bool = False


def declare_recusal(
    work: Work, key: str, number: str, seat_id: int | None = None, said: Declaration | None = None
) -> FoundItem:
    """Take a seat out of an item because of a conflict of interest; without `seat_id` one's own seat."""
    item, said = locked_item(work, key, number), said or Declaration()
    wanted = seat_id or _own_seat(work, item).seat_id
    work.require(policy.may_declare_recusal(work.actor, item, wanted))
    _place(room_of(work.session, item, work.now), wanted)
    own = wanted in [seat.seat_id for seat in work.actor.seats]
    if said.decided and not policy.may_open_lead(work.actor, item):
        raise Forbidden(_("Dass das Gremium entschieden hat, tragen Vorsitz und Geschäftsstelle ein."))
    if wanted not in recused_seats(work.session, item.item.id or 0):
        source = Source.SELF if own else Source.CLERK
        recusal = Recusal(item_id=item.item.id or 0, seat_id=wanted, declared_at=work.now, source=source)
        recusal.reason, recusal.decided, recusal.left_room = said.reason, said.decided, said.left_room
        work.session.add(recusal)
    work.record("recusal.declared", item.item, seat=wanted)
    _tell_recusal(work, item)
    return item


def lift_recusal(work: Work, key: str, number: str, seat_id: int) -> FoundItem:
    """The seat takes part again from now on; that it did not before stays recorded."""
    item = locked_item(work, key, number)
    work.require(policy.may_declare_recusal(work.actor, item, 0))
    statement = select(Recusal).where(
        col(Recusal.item_id) == item.item.id, col(Recusal.seat_id) == seat_id, col(Recusal.until).is_(None)
    )
    found = work.session.exec(statement).all()
    if not found:
        raise DomainError(_("Für diesen Sitz ist keine Befangenheit eingetragen."))
    for recusal in found:
        recusal.until = max(work.now, recusal.declared_at)
        work.session.add(recusal)
    work.record("recusal.lifted", item.item, seat=seat_id)
    _tell_recusal(work, item)
    return item


def _tell_recusal(work: Work, item: FoundItem) -> None:
    work.announce(item.channel, AGENDA)
    work.announce(item.channel, PRESENCE)
    watch_quorum(work, item)


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


def _take(work: Work, meeting: FoundMeeting, place: Place, presence: Presence) -> None:
    person_id = presence.person_id
    if place.taken and place.person_id != person_id:
        raise DomainError(_taken_words(place))
    if not place.taken:
        work.session.add(presence)
    source = str(presence.source)
    work.record("presence.arrived", meeting.meeting, seat=place.id, person=person_id, source=source)
    _tell(work, meeting, person_id)


def _taken_words(place: Place) -> str:
    name = place.person or place.seat.organisation
    return _("Auf diesem Sitz ist schon %(name)s als anwesend erfasst.", name=name)


def _new(work: Work, meeting: FoundMeeting, who: tuple[int, int], source: Source, mode: Mode = Mode.ONSITE) -> Presence:
    """A presence that begins now; `who` is the seat and the person on it."""
    seat_id, person_id = who
    return Presence(
        meeting_id=meeting.id, seat_id=seat_id, person_id=person_id, since=work.now, source=source, mode=mode
    )


def _free(work: Work, meeting: FoundMeeting, place: Place, departure: Departure) -> None:
    statement = select(Presence).where(
        col(Presence.meeting_id) == meeting.id, col(Presence.seat_id) == place.id, col(Presence.until).is_(None)
    )
    for presence in work.session.exec(statement):
        presence.until = max(work.now, presence.since)
        presence.departure = departure
        work.session.add(presence)
    work.record("presence.left", meeting.meeting, seat=place.id, departure=str(departure))
    _tell(work, meeting, place.person_id)


def _tell(work: Work, meeting: FoundMeeting, person_id: int | None) -> None:
    work.announce(meeting.channel, PRESENCE)
    if person_id:
        work.announce(meeting.channel, personal(person_id))
    watch_quorum(work, meeting)
