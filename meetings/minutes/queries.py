"""Reads of minutes: everything that the room recorded about a meeting, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.core import clock
from app.people.models import Organisation, Person, PersonRole
from app.people.states import Role
from meetings.agenda.models import AgendaItem, Meeting, MeetingGuest
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Body, BodyRules, Seat, SeatHolder
from meetings.bodies.policy import BodyAccess
from meetings.bodies.queries import rules_of, valid_on
from meetings.circular.reporting import Reported, reported_in, suggestion_of
from meetings.decisions.models import Decision
from meetings.minutes.attendance import Attendance, Called, Stay, attendance
from meetings.minutes.models import Minutes, MinutesBlock, MinutesSignature
from meetings.minutes.policy import MinutesAccess
from meetings.minutes.recorded import NOTHING, Recorded, course_of, next_meeting, recorded_in
from meetings.minutes.rules import SeatAtMeeting
from meetings.minutes.signing import Objection, objections_to, objections_treated_in, signatures_of
from meetings.minutes.states import MinutesKind, MinutesState
from meetings.room.captured import interruptions_of
from meetings.room.models import Interruption, Presence, QuorumFinding
from meetings.room.record import findings_of
from meetings.room.states import Departure, Mode
from meetings.voting.models import Poll

Row = TypeVar("Row", Decision, Poll)


@dataclass(frozen=True)
class Guest:
    """Somebody without a seat."""

    name: str
    organisation: str


@dataclass(frozen=True)
class ItemSheet:
    """One item with what was written, decided and voted."""

    item: AgendaItem
    speaker: str
    text: str
    revision: int
    decisions: tuple[Decision, ...]
    polls: tuple[Poll, ...]
    recorded: Recorded = NOTHING
    drawn_from: str | None = None
    reduced: bool = False
    kind: MinutesKind = MinutesKind.CONDENSED
    circulars: tuple[Reported, ...] = ()

    @property
    def tells_contributions(self) -> bool:
        """Whether the minutes tell what was said; minutes of results tell what came of it alone."""
        return self.kind == MinutesKind.CONDENSED

    @property
    def written(self) -> str:
        """What the writer has in front of them: their text, and until they write, the notes where they are printed."""
        if self.revision:
            return self.text
        return self.recorded.notes if self.tells_contributions else ""

    @property
    def told(self) -> str:
        """What the minutes say on the item besides what the room recorded; nothing in minutes of results."""
        return self.written if self.tells_contributions else ""

    @property
    def has_news(self) -> bool:
        """Whether the room's notes have changed since somebody wrote over them."""
        return self.tells_contributions and bool(self.revision) and (self.drawn_from or "") != self.recorded.notes


@dataclass(frozen=True)
class MinutesSheet:
    """The minutes of a meeting as they stand."""

    meeting: Meeting
    body: Body
    rules: BodyRules | None
    state: MinutesState
    version: int
    chair: str
    minute_taker: str
    minute_taker_id: int | None
    seats: tuple[SeatAtMeeting, ...]
    guests: tuple[Guest, ...]
    items: tuple[ItemSheet, ...]
    id: int | None = None
    kind: MinutesKind = MinutesKind.CONDENSED
    objections_until: date | None = None
    content_sha256: str = ""
    signatures: tuple[MinutesSignature, ...] = ()
    objections: tuple[Objection, ...] = ()
    treated: tuple[Objection, ...] = ()
    breaks: tuple[Interruption, ...] = ()
    next_meeting: Meeting | None = None
    distribution: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    public: bool = field(default=False)
    course: tuple[Called, ...] = ()
    findings: tuple[QuorumFinding, ...] = ()

    @property
    def begun_at(self) -> datetime | None:
        """When it really began: with the first item that was called; None where nobody recorded it."""
        return self.course[0].at if self.course else None

    @property
    def ended_at(self) -> datetime | None:
        """When it really ended: with the last item; None while it lasts, or where nobody recorded it."""
        ends = [each.until for each in self.course]
        is_over = self.meeting.state in (MeetingState.HELD, MeetingState.CLOSED)
        return max(each for each in ends if each) if is_over and ends and all(ends) else None

    @property
    def access(self) -> MinutesAccess:
        """What the policy needs to know."""
        known = _access(self.body, self.rules, self.state, self.minute_taker_id)
        is_open = self.objections_until is None or clock.today() <= self.objections_until
        return replace(known, objections_open=is_open)

    def item(self, number: str) -> ItemSheet | None:
        """The item with this number."""
        return next((sheet for sheet in self.items if sheet.item.number == number), None)


def _access(body: Body, rules: BodyRules | None, state: MinutesState, minute_taker_id: int | None) -> MinutesAccess:
    leads = BodyAccess(body.id or 0, body.chair_id or body.lead_id, body.moderation_id)
    return MinutesAccess(leads, state, minute_taker_id, bool(rules and rules.public))


def access_to_minutes(session: Session, meeting: Meeting, body: Body, rules: BodyRules | None) -> MinutesAccess:
    """What the policy needs to know of a meeting's minutes, begun or not. Two statements."""
    state = session.exec(select(Minutes.state).where(col(Minutes.meeting_id) == meeting.id)).first()
    taker = _minute_taker(session, body)
    return _access(body, rules, MinutesState(state or "drafting"), taker.id if taker else None)


def sheet_by_key(session: Session, key: str, **_address: object) -> MinutesSheet | None:
    """The minutes of the meeting with this key, begun or not."""
    found = session.exec(
        select(Meeting, Body).join(Body, col(Body.id) == col(Meeting.body_id)).where(col(Meeting.key) == key)
    ).first()
    return _sheet(session, *found) if found else None


def _sheet(session: Session, meeting: Meeting, body: Body) -> MinutesSheet:
    minutes = session.exec(select(Minutes).where(col(Minutes.meeting_id) == meeting.id)).first()
    taker, course = _minute_taker(session, body), course_of(session, meeting.id or 0)
    return MinutesSheet(
        meeting=meeting,
        body=body,
        rules=rules_of(session, [body])[body.id or 0],
        state=minutes.state if minutes else MinutesState.DRAFTING,
        version=minutes.version if minutes else 1,
        chair=_name(session, body.chair_id or body.lead_id),
        minute_taker=taker.name if taker else "",
        minute_taker_id=taker.id if taker else None,
        seats=_seats(session, meeting, course),
        guests=_guests(session, meeting),
        items=_items(session, meeting, minutes),
        id=minutes.id if minutes else None,
        kind=minutes.kind if minutes else MinutesKind.CONDENSED,
        objections_until=minutes.objections_until if minutes else None,
        content_sha256=(minutes.content_sha256 or "") if minutes else "",
        signatures=signatures_of(session, minutes.id) if minutes else (),
        objections=objections_to(session, minutes.id) if minutes else (),
        treated=objections_treated_in(session, meeting.id),
        breaks=tuple(interruptions_of(session, meeting.id or 0)),
        next_meeting=next_meeting(session, meeting),
        distribution=_lines(minutes.distribution) if minutes else (),
        annexes=_lines(minutes.annexes) if minutes else (),
        course=course,
        findings=tuple(findings_of(session, meeting.id or 0)),
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _name(session: Session, person_id: int | None) -> str:
    if person_id is None:
        return ""
    return session.exec(select(Person.name).where(col(Person.id) == person_id)).first() or ""


def _minute_taker(session: Session, body: Body) -> Person | None:
    """Who keeps minutes in the body's office."""
    statement = (
        select(Person)
        .join(PersonRole, col(PersonRole.person_id) == col(Person.id))
        .where(col(PersonRole.role) == Role.MINUTES, col(Person.organisation_id) == body.office_id)
        .order_by(col(Person.id))
    )
    return session.exec(statement).first()


def _seats(session: Session, meeting: Meeting, course: Sequence[Called]) -> tuple[SeatAtMeeting, ...]:
    """The seats as they were on the day of the meeting: who held one before or later is none of its business."""
    holder, day = aliased(Person), meeting.date or clock.today()
    then = valid_on(SeatHolder, day)
    rows = session.exec(
        select(Seat.id, Seat.kind, Organisation.name, holder.name)
        .join(Organisation, col(Organisation.id) == col(Seat.organisation_id))
        .outerjoin(SeatHolder, and_(col(SeatHolder.seat_id) == col(Seat.id), col(SeatHolder.rank) == 0, then))
        .outerjoin(holder, col(holder.id) == col(SeatHolder.person_id))
        .where(col(Seat.body_id) == meeting.body_id, valid_on(Seat, day))
        .order_by(col(Seat.position), col(Seat.id))
    ).all()
    present = _present(session, meeting)
    return tuple(
        SeatAtMeeting(organisation, str(kind), name or "", None)
        if seat_id not in present
        else SeatAtMeeting(
            organisation, str(kind), name or "", present[seat_id].names or name or "", present[seat_id].during(course)
        )
        for seat_id, kind, organisation, name in rows
    )


@dataclass
class _Taken:
    """Who sat on a seat, in their order, and when; no name where only the seat was noted."""

    people: dict[str, None] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)

    @property
    def names(self) -> str:
        return ", ".join(self.people)

    def during(self, course: Sequence[Called]) -> Attendance:
        return attendance(self.stays, course)


def _present(session: Session, meeting: Meeting) -> dict[int | None, _Taken]:
    rows = session.exec(
        select(Presence, Person.name)
        .outerjoin(Person, col(Person.id) == col(Presence.person_id))
        .where(col(Presence.meeting_id) == meeting.id)
        .order_by(col(Presence.since), col(Presence.id))
    )
    found: dict[int | None, _Taken] = {}
    for row, name in rows:
        taken = found.setdefault(row.seat_id, _Taken())
        taken.people.update({name: None} if name else {})
        went = row.departure in (Departure.LEFT, Departure.CONNECTION)
        taken.stays.append(Stay(row.since, row.until, went, row.mode == Mode.REMOTE))
    return found


def _guests(session: Session, meeting: Meeting) -> tuple[Guest, ...]:
    rows = session.exec(
        select(Person.name, Organisation.name)
        .join(MeetingGuest, col(MeetingGuest.person_id) == col(Person.id))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(MeetingGuest.meeting_id) == meeting.id)
        .order_by(col(MeetingGuest.position))
    )
    return tuple(Guest(name, organisation) for name, organisation in rows)


def _items(session: Session, meeting: Meeting, minutes: Minutes | None) -> tuple[ItemSheet, ...]:
    rows = session.exec(
        select(AgendaItem, Person.name)
        .outerjoin(Person, col(Person.id) == col(AgendaItem.speaker_id))
        .where(col(AgendaItem.meeting_id) == meeting.id)
        .order_by(col(AgendaItem.position), col(AgendaItem.id))
    ).all()
    ids = [item.id for item, _speaker in rows]
    blocks, recorded = _blocks(session, minutes), recorded_in(session, meeting.id or 0)
    told = _circulars(session, meeting, [item for item, _speaker in rows])
    decisions = session.exec(select(Decision).where(col(Decision.item_id).in_(ids)).order_by(col(Decision.id))).all()
    polls = session.exec(select(Poll).where(col(Poll.item_id).in_(ids)).order_by(col(Poll.id))).all()
    return tuple(
        ItemSheet(
            item,
            speaker or "",
            blocks[item.id].text if item.id in blocks else "",
            blocks[item.id].revision if item.id in blocks else 0,
            _of_item(decisions, item.id),
            _of_item(polls, item.id),
            recorded.get(item.id or 0, NOTHING),
            blocks[item.id].drawn_from if item.id in blocks else None,
            kind=minutes.kind if minutes else MinutesKind.CONDENSED,
            circulars=tuple(told.get(item.id, ())),
        )
        for item, speaker in rows
    )


def _circulars(session: Session, meeting: Meeting, items: Sequence[AgendaItem]) -> dict[int | None, list[Reported]]:
    """What was decided in writing, by the item that reports on it; where there is none, by the first item."""
    found: dict[int | None, list[Reported]] = {}
    for each in reported_in(session, meeting.id or 0):
        own = (item for item in items if item.suggestion == suggestion_of(each.key))
        item = next(own, next(iter(items), None))
        found.setdefault(item.id if item else None, []).append(each)
    return found


def _blocks(session: Session, minutes: Minutes | None) -> dict[int | None, MinutesBlock]:
    if minutes is None:
        return {}
    rows = session.exec(select(MinutesBlock).where(col(MinutesBlock.minutes_id) == minutes.id))
    return {block.item_id: block for block in rows}


def _of_item(rows: Sequence[Row], item_id: int | None) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.item_id == item_id)
