"""What the minutes say of the room: the attendance list with times, and what happened, line by line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.core import clock
from app.core.i18n import _, show_time
from app.people.models import Person
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundMeeting
from meetings.bodies.queries import SeatRow, seat_rows
from meetings.room.captured import interruptions_of
from meetings.room.models import Interruption, ItemSpan, Presence, QuorumFinding, Recusal
from meetings.room.states import Departure, Mode
from meetings.room.timing import Span, item_at
from meetings.room.wording import RECUSAL_REASONS, finding_words


@dataclass(frozen=True)
class Attended:
    """Somebody on a seat from when until when. `in_place_of`: the holder, if a deputy sat there.

    `from_item` and `until_item`: the numbers of the items at which they came late or went early.
    """

    seat_id: int
    organisation: str
    kind: str
    person: str
    in_place_of: str | None
    since: datetime
    until: datetime | None
    mode: Mode
    departure: Departure | None
    from_item: str | None = None
    until_item: str | None = None


@dataclass(frozen=True)
class RoomLine:
    """A sentence for the minutes, with its moment and the item it belongs to."""

    at: datetime
    item_id: int | None
    text: str


def spans_of(session: Session, meeting_id: int) -> list[Span]:
    """The times in which items were current, in their order. One statement."""
    statement = select(ItemSpan).where(col(ItemSpan.meeting_id) == meeting_id)
    rows = session.exec(statement.order_by(col(ItemSpan.since), col(ItemSpan.id)))
    return [Span(row.item_id, row.since, row.until) for row in rows]


def attendance_of(session: Session, meeting: FoundMeeting) -> list[Attended]:
    """Who sat on which seat from when until when, in the order of the seats. Four statements."""
    seats = seat_rows(session, meeting.body.body_id, meeting.meeting.date or clock.today())
    spans, numbers = spans_of(session, meeting.id), _numbers(session, meeting.id)
    places = {seat.seat_id: place for place, seat in enumerate(seats)}
    rows = [row for row in _presences(session, meeting.id) if row[0].seat_id in places]
    rows.sort(key=lambda row: (places[row[0].seat_id], row[0].since))
    return [_attended(row, name, seats[places[row.seat_id]], spans, numbers) for row, name in rows]


def _presences(session: Session, meeting_id: int) -> list[tuple[Presence, str | None]]:
    statement = (
        select(Presence, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(Presence.person_id))
        .where(col(Presence.meeting_id) == meeting_id)
        .order_by(col(Presence.since), col(Presence.id))
    )
    return [(row, name) for row, name in session.exec(statement)]


def _numbers(session: Session, meeting_id: int) -> dict[int, str]:
    statement = select(col(AgendaItem.id), col(AgendaItem.number)).where(col(AgendaItem.meeting_id) == meeting_id)
    return {id_ or 0: number or "" for id_, number in session.exec(statement)}


def _attended(
    row: Presence, name: str | None, seat: SeatRow, spans: Sequence[Span], numbers: Mapping[int, str]
) -> Attended:
    deputy = row.person_id in [each.person_id for each in seat.deputies]
    late = bool(spans) and row.since > spans[0].start
    early = row.until is not None and row.departure != Departure.ENDED
    return Attended(
        seat_id=row.seat_id,
        organisation=seat.organisation,
        kind=str(seat.kind),
        person=name or (seat.holder.name if seat.holder else ""),
        in_place_of=seat.holder.name if deputy and seat.holder else None,
        since=row.since,
        until=row.until,
        mode=row.mode,
        departure=row.departure,
        from_item=_number_at(spans, numbers, row.since) if late else None,
        until_item=_number_at(spans, numbers, row.until) if early and row.until else None,
    )


def _number_at(spans: Sequence[Span], numbers: Mapping[int, str], at: datetime) -> str | None:
    return numbers.get(item_at(spans, at) or 0)


def person_words(line: Attended) -> str:
    """A person with their organisation: „Simone Vogt (Jobcenter) i. V.“."""
    words = f"{line.person} ({line.organisation})" if line.person else line.organisation
    return _("%(person)s i. V.", person=words) if line.in_place_of else words


def room_lines(session: Session, meeting: FoundMeeting) -> list[RoomLine]:
    """What happened in the room, in its order: who came late or went, the quorum, interruptions, recusals.

    Eight statements.
    """
    spans = spans_of(session, meeting.id)
    attended = attendance_of(session, meeting)
    lines = [
        *_coming_and_going(attended, spans),
        *_findings(session, meeting.id),
        *_interruptions(interruptions_of(session, meeting.id), spans),
        *_recusals(session, meeting, spans),
    ]
    return sorted(lines, key=lambda line: line.at)


def _coming_and_going(attended: Sequence[Attended], spans: Sequence[Span]) -> Iterable[RoomLine]:
    for line in attended:
        words = {"time": show_time(line.since), "person": person_words(line)}
        if spans and line.since > spans[0].start:
            text = _("%(person)s kommt um %(time)s dazu.", **words)
            yield RoomLine(line.since, item_at(spans, line.since), text)
        if spans and line.until and line.departure != Departure.ENDED and line.until >= spans[0].start:
            words["time"] = show_time(line.until)
            text = _("%(person)s verlässt die Sitzung um %(time)s.", **words)
            yield RoomLine(line.until, item_at(spans, line.until), text)


def findings_of(session: Session, meeting_id: int) -> list[QuorumFinding]:
    """The findings about the quorum, in their order. One statement."""
    statement = select(QuorumFinding).where(col(QuorumFinding.meeting_id) == meeting_id)
    return list(session.exec(statement.order_by(col(QuorumFinding.id))))


def _findings(session: Session, meeting_id: int) -> Iterable[RoomLine]:
    for finding in findings_of(session, meeting_id):
        yield RoomLine(finding.at, finding.item_id, finding_words(finding))


def _interruptions(interruptions: Sequence[Interruption], spans: Sequence[Span]) -> Iterable[RoomLine]:
    for each in interruptions:
        item_id = next((span.item_id for span in spans if span.end == each.since), None)
        words = {"start": show_time(each.since), "reason": each.reason or "", "end": show_time(each.until)}
        if each.until is None:
            text = _("Die Sitzung wird um %(start)s unterbrochen", **words)
        else:
            text = _("Die Sitzung ist von %(start)s bis %(end)s unterbrochen", **words)
        yield RoomLine(each.since, item_id, f"{text} ({each.reason})." if each.reason else f"{text}.")


def _recusals(session: Session, meeting: FoundMeeting, spans: Sequence[Span]) -> Iterable[RoomLine]:
    names = {
        seat.seat_id: seat.organisation
        for seat in seat_rows(session, meeting.body.body_id, meeting.meeting.date or clock.today())
    }
    statement = (
        select(Recusal, col(AgendaItem.number))
        .join(AgendaItem, col(AgendaItem.id) == col(Recusal.item_id))
        .where(col(AgendaItem.meeting_id) == meeting.id)
        .order_by(col(Recusal.declared_at), col(Recusal.id))
    )
    for row, number in session.exec(statement):
        start, end = recusal_time(row, spans)
        yield RoomLine(start, row.item_id, _recusal_words(row, names.get(row.seat_id, ""), number or "", start, end))


def recusal_time(row: Recusal, spans: Sequence[Span]) -> tuple[datetime, datetime | None]:
    """From when until when a recusal held: from the call of the item, or when it was said later, to the item's end."""
    own = [span for span in spans if span.item_id == row.item_id]
    start = max(row.declared_at, own[0].start) if own else row.declared_at
    return start, row.until or (own[-1].end if own else None)


def _recusal_words(row: Recusal, organisation: str, number: str, start: datetime, end: datetime | None) -> str:
    words = {"organisation": organisation, "number": number, "start": show_time(start), "end": show_time(end)}
    if end is None:
        text = _("%(organisation)s wirkt wegen Befangenheit ab %(start)s an TOP %(number)s nicht mit", **words)
    else:
        text = _(
            "%(organisation)s wirkt wegen Befangenheit von %(start)s bis %(end)s an TOP %(number)s nicht mit", **words
        )
    parts = [text]
    if row.reason:
        parts.append(str(RECUSAL_REASONS[row.reason]))
    if row.decided:
        parts.append(_("vom Gremium entschieden"))
    if row.left_room:
        parts.append(_("hat den Raum verlassen"))
    return "; ".join(parts) + "."
