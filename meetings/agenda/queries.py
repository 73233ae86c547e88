"""Reading meetings and agendas: what the predicates ask of a meeting, its items, its guests, the planned vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.core.clock import LOCAL
from app.core.permissions import Actor
from app.people.models import Organisation, Person
from meetings.agenda.models import AgendaItem, AgendaVote, AgendaVoteCriterion, Meeting, MeetingGuest
from meetings.agenda.parts import is_public
from meetings.agenda.policy import MeetingAccess, may_read_meeting
from meetings.agenda.rules import opens_on
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Body, BodyRules
from meetings.bodies.queries import access_of, rules_of


@dataclass(frozen=True, kw_only=True)
class FoundMeeting(MeetingAccess):
    """A meeting with its body and the rules that hold in it; also what the predicates ask for."""

    meeting: Meeting
    body_row: Body
    rules: BodyRules

    @property
    def id(self) -> int:
        """The meeting's id."""
        return self.meeting.id or 0

    @property
    def is_live(self) -> bool:
        """Whether anything may still happen in it that others want to see at once."""
        return is_upcoming(self.meeting)

    def opens_later(self, at: datetime) -> date | None:
        """The day from which an invited meeting is opened and attended, if it is still to come at this moment."""
        day = opens_on(self.meeting.date) if self.meeting.date else None
        early = self.state == MeetingState.INVITED and day is not None and at.astimezone(LOCAL).date() < day
        return day if early else None

    @property
    def channel(self) -> str:
        """The name under which its live signals are sent."""
        return f"meeting:{self.id}"


@dataclass(frozen=True, kw_only=True)
class FoundItem(FoundMeeting):
    """An agenda item in its meeting; who may read the meeting may read the item, unless it is non-public."""

    item: AgendaItem
    speaker: str | None = None


def found_meetings(session: Session, *conditions: ColumnElement[bool]) -> list[FoundMeeting]:
    """The meetings that meet the conditions, by date; those without a date last. Three statements for any number."""
    rows = session.exec(
        select(Meeting, Body)
        .join(Body, col(Body.id) == col(Meeting.body_id))
        .where(*conditions)
        .order_by(col(Meeting.date).asc().nulls_last(), col(Meeting.id))
    ).all()
    guests = _guest_ids(session, [meeting.id or 0 for meeting, _body in rows])
    rules = rules_of(session, [body for _meeting, body in rows])
    return [
        _found(meeting, body, rules[body.id or 0], guests.get(meeting.id or 0, frozenset())) for meeting, body in rows
    ]


def _found(meeting: Meeting, body: Body, rules: BodyRules, guests: frozenset[int]) -> FoundMeeting:
    return FoundMeeting(
        body=access_of(body), state=meeting.state, guest_person_ids=guests, meeting=meeting, body_row=body, rules=rules
    )


def _guest_ids(session: Session, meeting_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    statement = select(col(MeetingGuest.meeting_id), col(MeetingGuest.person_id))
    found: dict[int, frozenset[int]] = {}
    for meeting_id, person_id in session.exec(statement.where(col(MeetingGuest.meeting_id).in_(meeting_ids))):
        found[meeting_id] = found.get(meeting_id, frozenset()) | {person_id}
    return found


def readable_meetings(session: Session, actor: Actor, body_id: int | None = None) -> list[FoundMeeting]:
    """The meetings that the person may read, of one body if it is named, the latest first. Three statements."""
    wanted = [] if body_id is None else [col(Meeting.body_id) == body_id]
    return [found for found in reversed(found_meetings(session, *wanted)) if may_read_meeting(actor, found)]


def meeting_by_key(session: Session, key: str) -> FoundMeeting | None:
    """The meeting with this key. Three statements."""
    return next(iter(found_meetings(session, col(Meeting.key) == key)), None)


def meeting_by_id(session: Session, meeting_id: int) -> FoundMeeting | None:
    """The meeting with this id. Three statements."""
    return next(iter(found_meetings(session, col(Meeting.id) == meeting_id)), None)


def item_by_number(session: Session, key: str, number: str) -> FoundItem | None:
    """The item with this printed number in the meeting with this key. Four statements."""
    meeting = meeting_by_key(session, key)
    if meeting is None:
        return None
    statement = (
        select(AgendaItem, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(AgendaItem.speaker_id))
        .where(col(AgendaItem.meeting_id) == meeting.id, col(AgendaItem.number) == number)
    )
    row = session.exec(statement).first()
    return found_item(meeting, row[0], row[1]) if row else None


def found_item(meeting: FoundMeeting, item: AgendaItem, speaker: str | None = None) -> FoundItem:
    """An item of the meeting as the predicates see it."""
    return FoundItem(**{**vars(meeting), "non_public": not is_public(item)}, item=item, speaker=speaker)


@dataclass(frozen=True)
class ItemLine:
    """A line of the agenda."""

    item: AgendaItem
    speaker: str | None


def agenda_of(session: Session, meeting_id: int) -> list[ItemLine]:
    """The items of a meeting in their order. One statement."""
    statement = (
        select(AgendaItem, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(AgendaItem.speaker_id))
        .where(col(AgendaItem.meeting_id) == meeting_id)
        .order_by(col(AgendaItem.position), col(AgendaItem.id))
    )
    return [ItemLine(item, speaker) for item, speaker in session.exec(statement)]


@dataclass(frozen=True)
class Guest:
    """Somebody who is invited without a seat."""

    name: str
    organisation: str


def guests_of(session: Session, meeting_id: int) -> list[Guest]:
    """The guests of a meeting in their order. One statement."""
    statement = (
        select(col(Person.name), col(Organisation.name))
        .join(MeetingGuest, col(MeetingGuest.person_id) == col(Person.id))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(MeetingGuest.meeting_id) == meeting_id)
        .order_by(col(MeetingGuest.position))
    )
    return [Guest(name, organisation) for name, organisation in session.exec(statement)]


@dataclass(frozen=True)
class PlannedVote:
    """How an item is to be voted on, with the criteria for the preparation."""

    vote: AgendaVote
    criteria: tuple[str, ...] = ()


def planned_vote(session: Session, item_id: int) -> PlannedVote | None:
    """What the agenda plans for this item, if it plans a vote. One statement."""
    statement = (
        select(AgendaVote, col(AgendaVoteCriterion.criterion))
        .outerjoin(AgendaVoteCriterion, col(AgendaVoteCriterion.vote_id) == col(AgendaVote.id))
        .where(col(AgendaVote.item_id) == item_id)
        .order_by(col(AgendaVoteCriterion.position))
    )
    rows = session.exec(statement).all()
    return PlannedVote(rows[0][0], tuple(key for _vote, key in rows if key)) if rows else None


def dial_in(meeting: Meeting) -> list[str]:
    """How the meeting is joined from afar: its address, its telephone number, what there is of both."""
    return [part for part in (meeting.dial_in_url, meeting.dial_in_phone) if part]


UPCOMING = (
    MeetingState.DRAFT,
    MeetingState.SCHEDULED,
    MeetingState.INVITED,
    MeetingState.RUNNING,
    MeetingState.PAUSED,
)
"""States of meetings that are still to come or going on; the others are past."""


def is_upcoming(meeting: Meeting) -> bool:
    """Whether the meeting is still to come or going on, whatever its date."""
    return meeting.state in UPCOMING


def items_per_meeting(session: Session, meeting_ids: Sequence[int]) -> dict[int, int]:
    """How many items each meeting has. One statement."""
    statement = select(col(AgendaItem.meeting_id), func.count()).where(col(AgendaItem.meeting_id).in_(meeting_ids))
    return dict(session.exec(statement.group_by(col(AgendaItem.meeting_id))).all())
