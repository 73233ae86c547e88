"""What the room recorded of each item, as the minutes take it over: notes, motions, tasks, recusals, times."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.people.models import Organisation
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Seat
from meetings.minutes.attendance import Called
from meetings.papers.models import Paper, PaperStation
from meetings.papers.states import PaperState
from meetings.room.captured import Captured, captured_in
from meetings.room.models import ItemSpan, Recusal
from meetings.room.states import CapturedKind

AHEAD = (MeetingState.DRAFT, MeetingState.SCHEDULED, MeetingState.INVITED)


@dataclass(frozen=True)
class Recused:
    """An organisation that took no part in an item, and whether its person left the room."""

    organisation: str
    left_room: bool = False
    decided: bool = False


@dataclass(frozen=True)
class PaperNumber:
    """The number of a paper, and whether it is for everybody."""

    reference: str
    public: bool


@dataclass(frozen=True)
class Recorded:
    """What was recorded of one item."""

    called_at: datetime | None = None
    recusals: tuple[Recused, ...] = ()
    captured: tuple[Captured, ...] = field(default=())
    papers: tuple[PaperNumber, ...] = ()

    def of_kind(self, kind: CapturedKind) -> tuple[Captured, ...]:
        """What was captured of a kind."""
        return tuple(each for each in self.captured if each.kind == kind)

    @property
    def notes(self) -> str:
        """The notes as the first text of a block: a paragraph each."""
        return "\n\n".join(each.text.strip() for each in self.of_kind(CapturedKind.NOTE) if each.text.strip())


NOTHING = Recorded()


def recorded_in(session: Session, meeting_id: int) -> dict[int, Recorded]:
    """What was recorded of the items of a meeting, by item. Four statements."""
    captured = captured_in(session, meeting_id)
    recused = _recusals(session, meeting_id)
    called = _called(session, meeting_id)
    papers = _papers(session, meeting_id)
    found = {each.item_id for each in captured if each.item_id} | recused.keys() | called.keys() | papers.keys()
    return {
        item_id: Recorded(
            called.get(item_id),
            tuple(recused.get(item_id, ())),
            _of(captured, item_id),
            tuple(papers.get(item_id, ())),
        )
        for item_id in found
    }


def _papers(session: Session, meeting_id: int) -> dict[int, list[PaperNumber]]:
    """The permitted papers of the items by their numbers; an item that was carried over brings its papers along."""
    carried = col(AgendaItem.carried_from_id) == col(PaperStation.item_id)
    rows = session.exec(
        select(AgendaItem.id, Paper.reference, Paper.public)
        .join(PaperStation, or_(col(PaperStation.item_id) == col(AgendaItem.id), carried))
        .join(Paper, col(Paper.id) == col(PaperStation.paper_id))
        .where(col(AgendaItem.meeting_id) == meeting_id, col(Paper.state) == PaperState.PERMITTED)
        .order_by(col(Paper.reference))
        .distinct()
    )
    found: dict[int, list[PaperNumber]] = {}
    for item_id, reference, public in rows:
        if reference:
            found.setdefault(item_id or 0, []).append(PaperNumber(reference, public))
    return found


def _of(captured: Sequence[Captured], item_id: int) -> tuple[Captured, ...]:
    return tuple(each for each in captured if each.item_id == item_id)


def _recusals(session: Session, meeting_id: int) -> dict[int, list[Recused]]:
    rows = session.exec(
        select(Recusal, Organisation.name)
        .join(Seat, col(Seat.id) == col(Recusal.seat_id))
        .join(Organisation, col(Organisation.id) == col(Seat.organisation_id))
        .join(AgendaItem, col(AgendaItem.id) == col(Recusal.item_id))
        .where(col(AgendaItem.meeting_id) == meeting_id, col(Recusal.until).is_(None))
        .order_by(col(Seat.position), col(Recusal.id))
    )
    found: dict[int, list[Recused]] = {}
    for row, organisation in rows:
        found.setdefault(row.item_id, []).append(Recused(organisation, row.left_room, row.decided))
    return found


def _called(session: Session, meeting_id: int) -> dict[int, datetime]:
    statement = select(ItemSpan.item_id, ItemSpan.since).where(col(ItemSpan.meeting_id) == meeting_id)
    found: dict[int, datetime] = {}
    for item_id, since in session.exec(statement.order_by(col(ItemSpan.since))):
        found.setdefault(item_id, since)
    return found


def course_of(session: Session, meeting_id: int) -> tuple[Called, ...]:
    """Which item was called when, from the first to the last. One statement."""
    rows = session.exec(
        select(AgendaItem.number, ItemSpan.since, ItemSpan.until)
        .join(AgendaItem, col(AgendaItem.id) == col(ItemSpan.item_id))
        .where(col(ItemSpan.meeting_id) == meeting_id)
        .order_by(col(ItemSpan.since), col(ItemSpan.id))
    )
    return tuple(Called(number or "", since, until) for number, since, until in rows)


def next_meeting(session: Session, meeting: Meeting) -> Meeting | None:
    """The body's next dated meeting after this one. One statement."""
    if meeting.date is None:
        return None
    statement = select(Meeting).where(
        col(Meeting.body_id) == meeting.body_id, col(Meeting.date) > meeting.date, col(Meeting.state).in_(AHEAD)
    )
    return session.exec(statement.order_by(col(Meeting.date)).limit(1)).first()
