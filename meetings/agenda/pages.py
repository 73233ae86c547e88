"""What the pages of a meeting and of an item show, put together from several rooms in a fixed number of statements."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from app.core.permissions import Actor
from meetings.agenda import subjects
from meetings.agenda.amendments import Amendment, amendments_of
from meetings.agenda.models import AgendaItem
from meetings.agenda.ordering import Placed, entries_of, placed
from meetings.agenda.parts import is_public, visible
from meetings.agenda.policy import may_amend, may_conduct_meeting, may_edit_agenda, may_plan_meeting, sees_all_parts
from meetings.agenda.queries import (
    FoundItem,
    FoundMeeting,
    Guest,
    ItemLine,
    PlannedVote,
    agenda_of,
    guests_of,
    planned_vote,
)
from meetings.agenda.referring import Echo, echo_of
from meetings.agenda.results import is_open_end
from meetings.agenda.rules import CANCELLABLE, AgendaTime, NoticeStatement, agenda_time
from meetings.agenda.slots import Panel, item_panels, meeting_panels
from meetings.agenda.states import ItemPart, ItemState
from meetings.agenda.steps import EmptySeat, Step, empty_seats, last_dispatch, notice_of, steps_for
from meetings.decisions import queries as decisions
from meetings.decisions.models import Decision
from meetings.decisions.policy import DecisionAccess, may_read_decision
from meetings.minutes.policy import may_read_minutes
from meetings.minutes.queries import access_to_minutes
from meetings.room.queries import SHOWN, Place, Room, own_seat, recused_organisations, recused_seats, room_of
from meetings.voting.counting import thaw_count
from meetings.voting.models import Poll
from meetings.voting.queries import polls_of_items, polls_of_meeting
from meetings.voting.standings import Standing, missing_votes, standings
from meetings.voting.states import PollMethod, PollState

NON_PUBLIC = ItemPart.NON_PUBLIC
ANSWERED = (PollState.CLOSED, PollState.PUBLISHED)


@dataclass(frozen=True)
class AgendaLine:
    """A line of the agenda with what has come of it; of a `closed` one the reader learns the heading alone."""

    line: ItemLine
    polls: tuple[Poll, ...]
    decisions: tuple[Decision, ...]
    closed: bool = False
    opens_part: bool = False

    @property
    def open_poll(self) -> Poll | None:
        """The poll that is going on."""
        return next((poll for poll in self.polls if poll.state == PollState.OPEN), None)

    @property
    def result(self) -> Poll | None:
        """The latest poll with a result."""
        return next((poll for poll in reversed(self.polls) if poll.state in ANSWERED), None)


def agenda_lines(session: Session, actor: Actor, meeting: FoundMeeting) -> list[AgendaLine]:
    """The agenda of a meeting with polls, and with decisions for those who may read them. Three statements."""
    polls = polls_of_meeting(session, meeting.id)
    decided = decisions.of_meeting(session, meeting.id) if _reads_decisions(actor, meeting) else []
    everything = sees_all_parts(actor, meeting.body)
    shown = visible(agenda_of(session, meeting.id), lambda line: line.item, meeting.rules, sees_all=everything)
    parts = [line.item.part for line in shown]
    found = []
    for place, line in enumerate(shown):
        opens = NON_PUBLIC in parts and (place == 0 or parts[place - 1] != parts[place])
        if not everything and not is_public(line.item):
            found.append(AgendaLine(replace(line, speaker=None), (), (), closed=True, opens_part=opens))
            continue
        made = tuple(decision for decision in decided if decision.item_id == line.item.id)
        found.append(AgendaLine(line, tuple(polls.get(line.item.id or 0, ())), made, opens_part=opens))
    return found


def _reads_decisions(actor: Actor, meeting: FoundMeeting) -> bool:
    """A guest takes part in the meeting, but its decisions are the body's."""
    return bool(may_read_decision(actor, DecisionAccess(meeting.body)))


@dataclass(frozen=True)
class OwnSeat:
    """The reader's seat in the body, and where in the room the reader is."""

    place: Place
    present: bool
    taken_by_other: bool


@dataclass(frozen=True)
class Now:
    """What goes on in a meeting at a moment, for one reader: the room, the current item, open polls."""

    meeting: FoundMeeting
    room: Room
    own: OwnSeat | None
    current: AgendaLine | None
    polls: tuple[tuple[AgendaLine, Standing], ...]
    opens_on: date | None
    """The day from which one reports present, if it is still to come and nobody was recorded before it."""
    waiting: frozenset[int]
    """The polls in which the reader's vote is missing."""

    @property
    def shows_room(self) -> bool:
        """Whether the room is open, so that its quorum is worth a sentence."""
        return self.meeting.meeting.state in SHOWN and self.opens_on is None


def now_in(session: Session, actor: Actor, meeting: FoundMeeting, at: datetime, lines: list[AgendaLine]) -> Now:
    """What goes on in a meeting. Six statements."""
    room = room_of(session, meeting, at)
    running = [(line, line.open_poll) for line in lines]
    found = standings(session, [poll for _line, poll in running if poll])
    return Now(
        meeting=meeting,
        room=room,
        own=_own(actor, meeting, room),
        current=next((line for line in lines if line.line.item.state == ItemState.CURRENT), None),
        polls=tuple((line, found[poll.id or 0]) for line, poll in running if poll),
        opens_on=None if room.taken_by else meeting.opens_later(at),
        waiting=frozenset(vote.poll.id or 0 for vote in missing_votes(session, actor)),
    )


def _own(actor: Actor, meeting: FoundMeeting, room: Room) -> OwnSeat | None:
    here = next((place for place in room.places if place.person_id == actor.person_id and place.taken), None)
    seat = own_seat(actor, meeting.body.body_id)
    place = here or next((each for each in room.places if seat and each.id == seat.seat_id), None)
    return OwnSeat(place, here is not None, place.taken and here is None) if place else None


@dataclass(frozen=True)
class MeetingPage:
    """A meeting for one reader."""

    meeting: FoundMeeting
    now: Now
    lines: list[AgendaLine]
    steps: list[Step]
    guests: list[Guest]
    notice: NoticeStatement | None
    last_dispatch: date | None
    time: AgendaTime | None
    conducts: bool
    reads_minutes: bool
    plans: bool
    cancels: bool
    amends: bool
    panels: list[Panel]
    empty_seats: list[EmptySeat]
    amendments: list[Amendment]


def meeting_page(session: Session, actor: Actor, meeting: FoundMeeting, at: datetime) -> MeetingPage:
    """Everything that the page of a meeting shows. Eighteen statements, and those of other rooms' blocks."""
    lines = agenda_lines(session, actor, meeting)
    row = meeting.meeting
    minutes = [line.line.item.minutes for line in lines]
    return MeetingPage(
        meeting=meeting,
        now=now_in(session, actor, meeting, at, lines),
        lines=lines,
        steps=steps_for(session, actor, meeting),
        guests=guests_of(session, meeting.id),
        notice=notice_of(meeting),
        last_dispatch=last_dispatch(meeting),
        time=agenda_time(minutes, row.starts_at, row.ends_at) if row.starts_at and row.ends_at else None,
        conducts=bool(may_conduct_meeting(actor, meeting)),
        reads_minutes=bool(may_read_minutes(actor, access_to_minutes(session, row, meeting.body_row, meeting.rules))),
        plans=bool(may_edit_agenda(actor, meeting)),
        cancels=bool(may_plan_meeting(actor, meeting.body)) and meeting.state in CANCELLABLE,
        amends=bool(may_amend(actor, meeting)),
        panels=meeting_panels(session, actor, meeting, at),
        empty_seats=empty_seats(session, meeting) if may_plan_meeting(actor, meeting.body) else [],
        amendments=amendments_of(session, meeting.id, everything=sees_all_parts(actor, meeting.body)),
    )


@dataclass(frozen=True)
class ItemPage:
    """An item for one reader."""

    found: FoundItem
    subjects: list[subjects.Subject]
    planned: PlannedVote | None
    polls: list[Poll]
    standings: dict[int, Standing]
    decisions: list[Decision]
    recused: list[str]
    recused_seats: frozenset[int]
    own: Place | None
    room: Room
    before: ItemLine | None
    after: ItemLine | None
    conducts: bool
    plans: bool
    amends: bool
    panels: list[Panel]
    amendments: list[Amendment]
    echo: Echo

    @property
    def open_poll(self) -> Poll | None:
        """The poll that is going on."""
        return next((poll for poll in self.polls if poll.state == PollState.OPEN), None)

    @property
    def tied(self) -> bool:
        """Whether the latest result left a tie at the line of capacity, so that a run-off is of use."""
        latest = next(iter(self.results), None)
        if latest is None or latest.tally is None or latest.method != PollMethod.DOTS:
            return False
        cut = thaw_count(latest.tally).tally.cut
        return bool(cut and cut.tied)

    @property
    def results(self) -> list[Poll]:
        """The polls with a result, the latest first."""
        return [poll for poll in reversed(self.polls) if poll.state in ANSWERED]


def item_page(session: Session, actor: Actor, found: FoundItem, at: datetime) -> ItemPage:
    """Everything that the page of an item shows. Twenty-three statements, and those of other rooms' blocks."""
    item_id = found.item.id or 0
    polls, room = polls_of_items(session, [item_id]).get(item_id, []), room_of(session, found, at)
    everything = sees_all_parts(actor, found.body)
    lines = [line for line in agenda_of(session, found.id) if everything or is_public(line.item)]
    before, after = _around(lines, item_id)
    own = _own(actor, found, room)
    return ItemPage(
        found=found,
        subjects=subjects.of_items(session, actor, [item_id]).get(item_id, []),
        planned=planned_vote(session, item_id),
        polls=polls,
        standings=standings(session, polls),
        decisions=decisions.of_items(session, [item_id]).get(item_id, []) if _reads_decisions(actor, found) else [],
        recused=recused_organisations(session, item_id),
        recused_seats=recused_seats(session, item_id),
        own=own.place if own else None,
        room=room,
        before=before,
        after=after,
        conducts=bool(may_conduct_meeting(actor, found)),
        plans=bool(may_edit_agenda(actor, found)),
        amends=bool(may_amend(actor, found)),
        panels=item_panels(session, actor, found, at),
        amendments=amendments_of(session, found.id, item_id, everything=everything),
        echo=echo_of(session, actor, found),
    )


def _around(lines: list[ItemLine], item_id: int) -> tuple[ItemLine | None, ItemLine | None]:
    place = next(index for index, line in enumerate(lines) if line.item.id == item_id)
    return lines[place - 1] if place else None, lines[place + 1] if place + 1 < len(lines) else None


@dataclass(frozen=True)
class EditorLine:
    """An item while the agenda is written: how deep it stands, whether it can go up or down."""

    line: ItemLine
    depth: int
    first: bool
    last: bool
    section: int = 0
    opens_part: bool = False


@dataclass(frozen=True)
class AgendaEditor:
    """The agenda while it is written."""

    meeting: FoundMeeting
    lines: list[EditorLine]
    time: AgendaTime | None


def agenda_editor(session: Session, meeting: FoundMeeting) -> AgendaEditor:
    """The agenda for those who write it. One statement."""
    lines = agenda_of(session, meeting.id)
    row = meeting.meeting
    minutes = [line.item.minutes for line in lines]
    return AgendaEditor(
        meeting,
        _editor_lines(lines),
        agenda_time(minutes, row.starts_at, row.ends_at) if row.starts_at and row.ends_at else None,
    )


def _editor_lines(lines: list[ItemLine]) -> list[EditorLine]:
    by_id = {line.item.id or 0: line for line in lines}
    places = placed(entries_of(line.item for line in lines))
    levels: dict[tuple[int | None, int], list[int]] = {}
    for place in places:
        levels.setdefault((by_id[place.id].item.parent_id, place.section), []).append(place.id)
    return [
        EditorLine(
            by_id[place.id], place.depth, level[0] == place.id, level[-1] == place.id, *_level_and_part(places, at)
        )
        for at, place in enumerate(places)
        for level in (levels[(by_id[place.id].item.parent_id, place.section)],)
    ]


def _level_and_part(places: list[Placed], at: int) -> tuple[int, bool]:
    """In which part an item stands, and whether it is the first there of an agenda with two parts."""
    section, two = places[at].section, any(place.section for place in places)
    return section, two and (at == 0 or places[at - 1].section != section)


def without_result(session: Session, meeting: FoundMeeting) -> list[AgendaItem]:
    """The items that were put to a decision and of which nothing came. Two statements."""
    decided = {decision.item_id for decision in decisions.of_meeting(session, meeting.id)}
    items = (line.item for line in agenda_of(session, meeting.id))
    return [item for item in items if is_open_end(item, item.id in decided)]
