"""Whom a meeting is to be told to, one entry per person whatever seats they hold or deputise on; and what they know."""

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import and_
from sqlmodel import Session, col, select

from app.core import clock
from app.core.errors import InvalidInput
from app.core.mail import checked_address
from app.people.models import Organisation, Person
from meetings.agenda.models import AgendaItem, MeetingGuest
from meetings.agenda.queries import FoundMeeting, dial_in
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Seat, SeatHolder
from meetings.bodies.queries import valid_on
from meetings.bodies.states import SeatKind
from meetings.invitations.models import MeetingLetter
from meetings.invitations.rules import Place, Post, Receiver, Stand, Told, fingerprint, letters_due

INVITED = (SeatKind.VOTING, SeatKind.ADVISORY, SeatKind.GUEST)
MEMBERS = (SeatKind.VOTING, SeatKind.ADVISORY, SeatKind.OFFICE)
OPEN = (MeetingState.SCHEDULED, MeetingState.INVITED, MeetingState.CANCELLED)
"""States in which somebody may have to be told something; afterwards the room tells."""


def receivers(session: Session, meeting: FoundMeeting) -> list[Receiver]:
    """Everybody who holds or deputises a seat on the meeting's day, the chair, and the guests. Two statements."""
    day = meeting.meeting.date or clock.today()
    statement = (
        select(Seat, SeatHolder, Person, col(Organisation.name))
        .join(SeatHolder, and_(col(SeatHolder.seat_id) == col(Seat.id), valid_on(SeatHolder, day)))
        .join(Person, col(Person.id) == col(SeatHolder.person_id))
        .join(Organisation, col(Organisation.id) == col(Seat.organisation_id))
        .where(col(Seat.body_id) == meeting.body.body_id, valid_on(Seat, day), col(Seat.kind).in_(INVITED))
        .order_by(col(Seat.position), col(Seat.id), col(SeatHolder.rank))
    )
    people: dict[int, Person] = {}
    places: dict[int, list[Place]] = defaultdict(list)
    for seat, holder, person, organisation in session.exec(statement):
        people[person.id or 0] = person
        places[person.id or 0].append(Place(seat.id or 0, organisation, seat.kind.value, holder.rank))
    for person in _without_seat(session, meeting):
        people.setdefault(person.id or 0, person)
    whole = {id_ for id_, held in places.items() if any(place.kind in MEMBERS for place in held)}
    whole |= {meeting.body.chair_person_id or 0}
    return [_receiver(person, tuple(places[id_]), id_ in whole) for id_, person in people.items()]


def _without_seat(session: Session, meeting: FoundMeeting) -> list[Person]:
    guests = select(MeetingGuest.person_id).where(col(MeetingGuest.meeting_id) == meeting.id)
    chair = col(Person.id) == (meeting.body.chair_person_id or 0)
    return list(session.exec(select(Person).where(col(Person.id).in_(guests) | chair).order_by(col(Person.name))))


def _receiver(person: Person, places: tuple[Place, ...], whole: bool) -> Receiver:
    reachable = person.active and _is_address(person.email)
    return Receiver(person.id or 0, person.name, person.email, person.language, places, whole, reachable)


def _is_address(address: str) -> bool:
    try:
        checked_address(address)
    except InvalidInput:
        return False
    return True


def last_told(session: Session, meeting_id: int) -> dict[int, Told]:
    """What each person was told last about the meeting. One statement."""
    statement = (
        select(MeetingLetter, Person)
        .join(Person, col(Person.id) == col(MeetingLetter.person_id))
        .where(col(MeetingLetter.meeting_id) == meeting_id)
        .order_by(col(MeetingLetter.id))
    )
    return {
        row.person_id: Told(
            replace(_receiver(person, (), False), email=row.recipient),
            row.kind,
            row.sequence,
            row.plan,
            row.supplements,
        )
        for row, person in session.exec(statement)
    }


def stand_of(session: Session, meeting: FoundMeeting) -> Stand:
    """What there is to tell of the meeting now. One statement."""
    row = meeting.meeting
    added = select(AgendaItem.id).where(col(AgendaItem.meeting_id) == meeting.id, col(AgendaItem.supplement).is_(True))
    return Stand(
        fingerprint(row.starts_at, row.ends_at, row.place, row.title, " ".join(dial_in(row))),
        len(session.exec(added).all()),
        row.state == MeetingState.CANCELLED,
    )


def post_due(session: Session, meeting: FoundMeeting) -> Post:
    """The letters that are due now; none in a draft and none once the meeting has begun. Four statements."""
    if meeting.state not in OPEN:
        return Post()
    return letters_due(receivers(session, meeting), last_told(session, meeting.id), stand_of(session, meeting))


def empty_seats(session: Session, meeting: FoundMeeting) -> list[str]:
    """The organisations whose seat nobody holds on the meeting's day: to them no invitation can go. One statement."""
    day = meeting.meeting.date or clock.today()
    held = select(col(SeatHolder.seat_id)).where(valid_on(SeatHolder, day))
    statement = (
        select(Organisation.name)
        .join(Seat, col(Seat.organisation_id) == col(Organisation.id))
        .where(
            col(Seat.body_id) == meeting.body.body_id,
            valid_on(Seat, day),
            col(Seat.kind).in_((SeatKind.VOTING, SeatKind.ADVISORY)),
            col(Seat.id).not_in(held),
        )
        .order_by(col(Seat.position))
    )
    return list(session.exec(statement))
