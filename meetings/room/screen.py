"""What the screens of a meeting show at a moment, for a kind of onlooker: agenda with times, quorum, speakers, room."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from app.people.models import Organisation, Person
from meetings.agenda.models import AgendaItem
from meetings.agenda.parts import is_public
from meetings.agenda.queries import FoundMeeting, agenda_of
from meetings.agenda.states import ItemState
from meetings.bodies.models import Seat
from meetings.invitations.queries import Answer, answers_of
from meetings.room.captured import Captured, captured_in, interruptions_of
from meetings.room.models import Interruption, MeetingRoom, QuorumFinding, Recusal, Speech
from meetings.room.queries import Room, room_of
from meetings.room.record import findings_of, spans_of
from meetings.room.rules import QuorumStatement
from meetings.room.setup import setup_of
from meetings.room.speaking import Waiting, queue
from meetings.room.states import SpeechKind
from meetings.room.timing import PlannedItem, Span, Timing, spent_on, timing
from meetings.voting.models import Poll
from meetings.voting.states import PollState

HALF_A_DAY = timedelta(hours=12)


class View(StrEnum):
    """Who looks: those who lead, members, guests, or everybody in the room at the wall."""

    LEAD = "leiten"
    MEMBER = "dabei"
    GUEST = "gast"
    WALL = "beamer"


@dataclass(frozen=True)
class ScreenItem:
    """An item as a screen shows it; without a title where this onlooker must not read it. `spent`: real minutes."""

    id: int
    number: str | None
    title: str | None
    minutes: int
    state: ItemState
    spent: int
    speaker: str | None
    poll: Poll | None = None


@dataclass(frozen=True)
class Speaker:
    """Somebody on the speakers list."""

    id: int
    person: str
    organisation: str
    kind: SpeechKind
    began_at: datetime | None
    first: bool = False
    last: bool = False


@dataclass(frozen=True)
class Recused:
    """A seat that takes no part in the current item."""

    seat_id: int
    organisation: str
    left_room: bool


@dataclass(frozen=True)
class Screen:
    """Everything at a moment."""

    meeting: FoundMeeting
    view: View
    at: datetime
    setup: MeetingRoom
    items: tuple[ScreenItem, ...]
    lasted: tuple[datetime, datetime] | None
    """From when until when items were dealt with, once all of them are."""
    timing: Timing
    room: Room
    findings: tuple[QuorumFinding, ...]
    speaking: Speaker | None
    waiting: tuple[Speaker, ...]
    recused: tuple[Recused, ...]
    interruption: Interruption | None
    captured: tuple[Captured, ...] = ()
    answers: Mapping[int, Answer] = field(default_factory=dict)
    """What was said for each seat beforehand, for those who lead."""

    @property
    def quorum(self) -> QuorumStatement:
        """The finding about the quorum; who is recused at the called item counts as absent."""
        return self.room.quorum

    @property
    def current(self) -> ScreenItem | None:
        """The item that is called."""
        return next((each for each in self.items if each.state == ItemState.CURRENT), None)

    @property
    def following(self) -> ScreenItem | None:
        """The next item that is still to come."""
        here = self.current
        place = self.items.index(here) if here else -1
        ahead = [each for each in self.items if each.state == ItemState.OPEN and each.number]
        return next((each for each in ahead if self.items.index(each) > place), next(iter(ahead), None))

    @property
    def stated(self) -> QuorumFinding | None:
        """The latest written finding about the quorum."""
        return self.findings[-1] if self.findings else None

    @property
    def drift_minutes(self) -> int | None:
        """How many minutes later than planned it will end, negative if earlier; None for another day than planned."""
        drift = self.timing.drift
        return round(drift.total_seconds() / 60) if drift is not None and abs(drift) < HALF_A_DAY else None


def redacts(view: View, setup: MeetingRoom) -> bool:
    """Whether what is not public stays hidden: from guests, and on the wall while guests may be in the room."""
    return view == View.GUEST or (view == View.WALL and not setup.guests_out)


def screen_of(session: Session, meeting: FoundMeeting, view: View, at: datetime) -> Screen:
    """The screen of a meeting at a moment. Fourteen statements at most."""
    setup, spans = setup_of(session, meeting.id), spans_of(session, meeting.id)
    items = _items(session, meeting, at, spans, redacts(view, setup))
    current = next((each.id for each in items if each.state == ItemState.CURRENT), None)
    speaking, waiting = _speakers(session, meeting.id)
    return Screen(
        meeting=meeting,
        view=view,
        at=at,
        setup=setup,
        items=items,
        lasted=_lasted(spans),
        timing=timing([_planned(each) for each in items], spans, at, meeting.meeting.ends_at),
        room=room_of(session, meeting, at),
        findings=tuple(findings_of(session, meeting.id)),
        speaking=speaking,
        waiting=waiting,
        recused=_recused(session, current),
        interruption=next((e for e in interruptions_of(session, meeting.id) if e.until is None), None),
        captured=tuple(captured_in(session, meeting.id)) if view == View.LEAD else (),
        answers=answers_of(session, meeting.id) if view == View.LEAD else {},
    )


def _lasted(spans: list[Span]) -> tuple[datetime, datetime] | None:
    ends = [span.end for span in spans if span.end]
    return (min(span.start for span in spans), max(ends)) if spans and len(ends) == len(spans) else None


def _planned(item: ScreenItem) -> PlannedItem:
    return PlannedItem(item.id, item.minutes, item.state == ItemState.OPEN)


def _items(
    session: Session, meeting: FoundMeeting, at: datetime, spans: list[Span], redact: bool
) -> tuple[ScreenItem, ...]:
    lines = agenda_of(session, meeting.id)
    polls = _open_polls(session, [line.item.id or 0 for line in lines])
    return tuple(
        _item(line.item, line.speaker, meeting, redact, (spans, at), polls.get(line.item.id or 0)) for line in lines
    )


def _item(
    item: AgendaItem,
    speaker: str | None,
    meeting: FoundMeeting,
    redact: bool,
    clock: tuple[list[Span], datetime],
    poll: Poll | None,
) -> ScreenItem:
    item_id, (spans, at) = item.id or 0, clock
    spent = int(spent_on(spans, item_id, at).total_seconds() // 60)
    if redact and not is_public(item, meeting.rules):
        return ScreenItem(item_id, item.number, None, item.minutes, item.state, spent, None)
    return ScreenItem(item_id, item.number, item.title, item.minutes, item.state, spent, speaker, poll)


def _open_polls(session: Session, item_ids: Collection[int]) -> dict[int, Poll]:
    statement = select(Poll).where(col(Poll.item_id).in_(item_ids), col(Poll.state) == PollState.OPEN)
    return {poll.item_id: poll for poll in session.exec(statement.order_by(col(Poll.id)))}


def _speakers(session: Session, meeting_id: int) -> tuple[Speaker | None, tuple[Speaker, ...]]:
    """Who speaks, and who waits in their order. One statement."""
    statement = (
        select(Speech, col(Person.name), col(Organisation.name))
        .join(Person, col(Person.id) == col(Speech.person_id))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Speech.meeting_id) == meeting_id, col(Speech.ended_at).is_(None), col(Speech.gone).is_(False))
        .order_by(col(Speech.id))
    )
    rows = {row.id or 0: (row, name, organisation) for row, name, organisation in session.exec(statement)}
    waiting = [Waiting(id_, row.kind, row.position) for id_, (row, _n, _o) in rows.items() if row.began_at is None]
    order = queue(waiting)
    speaking = next((_speaker(*found) for found in rows.values() if found[0].began_at is not None), None)
    return speaking, tuple(
        _speaker(
            *rows[each.id],
            first=place == 0 or order[place - 1].kind != each.kind,
            last=place + 1 == len(order) or order[place + 1].kind != each.kind,
        )
        for place, each in enumerate(order)
    )


def _speaker(row: Speech, name: str, organisation: str, first: bool = False, last: bool = False) -> Speaker:
    return Speaker(row.id or 0, name, organisation, row.kind, row.began_at, first, last)


def _recused(session: Session, item_id: int | None) -> tuple[Recused, ...]:
    """The seats that take no part in the current item. One statement."""
    statement = (
        select(Recusal, col(Organisation.name))
        .join(Seat, col(Seat.id) == col(Recusal.seat_id))
        .join(Organisation, col(Organisation.id) == col(Seat.organisation_id))
        .where(col(Recusal.item_id) == (item_id or 0), col(Recusal.until).is_(None))
        .order_by(col(Seat.position))
    )
    return tuple(Recused(row.seat_id, name, row.left_room) for row, name in session.exec(statement))
