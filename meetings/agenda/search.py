"""Meetings as search documents: titles, texts and proposals of their agendas."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime

from sqlmodel import Session, col, select

from knowledge.search import audience
from knowledge.search.documents import Kind, SearchDocument
from knowledge.search.registry import Source, registry
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.queries import FoundMeeting, found_meetings
from meetings.agenda.states import ItemPart

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The age of what has no date."""


def register() -> None:
    """Tell search where meetings come from."""
    registry.register(Source(Kind.MEETING, documents, documents))


def documents(session: Session, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The meetings of these keys, or all. Four statements."""
    wanted = [] if keys is None else [col(Meeting.key).in_(keys)]
    found = found_meetings(session, *wanted)
    words = _words(session, [meeting.id for meeting in found])
    for meeting in found:
        yield SearchDocument(
            kind=Kind.MEETING,
            key=meeting.meeting.key,
            title=meeting.meeting.title,
            body="\n".join([meeting.body_row.name, *words.get(meeting.id, [])]),
            url=f"/sitzungen/{meeting.meeting.key}",
            audience=audience_of(meeting),
            updated=moment_of(meeting.meeting.date),
            facets={"year": year_of(meeting.meeting.date)},
        )


def audience_of(meeting: FoundMeeting) -> frozenset[str]:
    """Whom `may_read_meeting` lets read: every seat of the body, its chair, invited guests, the coordination."""
    chair = meeting.body.chair_person_id
    people = meeting.guest_person_ids | ({chair} if chair else frozenset())
    return frozenset(
        {audience.role("coordination"), audience.body(meeting.body.body_id)} | {audience.person(id_) for id_ in people}
    )


def moment_of(day: date | None) -> datetime:
    """A day as search dates documents."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else LONG_AGO


def year_of(day: date | None) -> tuple[str, ...]:
    """A day's year as a facet; none without a day."""
    return (str(day.year),) if day else ()


def _words(session: Session, meeting_ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    """The words of the public part alone: invited guests find the meeting too."""
    statement = select(AgendaItem).where(
        col(AgendaItem.meeting_id).in_(meeting_ids), col(AgendaItem.part) == ItemPart.PUBLIC
    )
    for item in session.exec(statement.order_by(col(AgendaItem.position))):
        found.setdefault(item.meeting_id, []).extend(part for part in (item.title, item.text, item.proposal) if part)
    return found
