"""What the agendas of a body that are still to come have already, so that nobody is offered it a second time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from meetings.agenda.automatic import AutomaticItem
from meetings.agenda.matters import is_named, same_formality
from meetings.agenda.models import AgendaItem, AgendaItemSubject, Meeting
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import MeetingState

STANDING = "standing:"
"""What the keys of a template's items begin with: they come onto every agenda anew."""
_OVER = (MeetingState.HELD, MeetingState.CLOSED, MeetingState.CANCELLED)
Subjects = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Known:
    """The items of this agenda and of the body's others that are still to come, with what they are about."""

    here: tuple[AgendaItem, ...]
    ahead: tuple[AgendaItem, ...]
    subjects: Mapping[int, Subjects]

    def has(self, key: str, item: AutomaticItem) -> bool:
        """Whether the suggestion stands on an agenda: taken from there, or written by hand under whatever title."""
        return self._was_taken(key, item) or self._has_title(item) or self._has_subjects(item)

    def _was_taken(self, key: str, item: AutomaticItem) -> bool:
        rows = self.here if key.startswith(STANDING) else self.ahead
        source = item.source_item_id
        return any(row.suggestion == key or (source is not None and row.carried_from_id == source) for row in rows)

    def _has_title(self, item: AutomaticItem) -> bool:
        title = item.title.casefold()
        for row in self.here:
            if row.title.casefold() == title or any(is_named(row.title, name) for name in item.known_as):
                return True
            if item.formality and _serves(row, item) and same_formality(row.title, item.title):
                return True
        return False

    def _has_subjects(self, item: AutomaticItem) -> bool:
        """An item about exactly the same things, for the same purpose."""
        about = frozenset(item.subjects) or self.subjects.get(item.source_item_id or 0, frozenset())
        if not about:
            return False
        alike = (row for row in self.ahead if (row.kind, row.decision_kind) == (item.kind, item.decision_kind))
        return any(self.subjects.get(row.id or 0) == about for row in alike)


def _serves(row: AgendaItem, item: AutomaticItem) -> bool:
    """Whether what the suggestion is to decide can be decided under the item."""
    return item.decision_kind is None or row.decision_kind == item.decision_kind


def known_matters(session: Session, meeting: FoundMeeting, sources: Collection[int]) -> Known:
    """What stands on the body's agendas that are still to come, and on this one. Two statements.

    `sources` are earlier items that suggestions go on with: they are about what their successors would be about.
    """
    statement = (
        select(AgendaItem)
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(col(Meeting.body_id) == meeting.body.body_id)
        .where(or_(col(Meeting.state).not_in(_OVER), col(Meeting.id) == meeting.id))
    )
    rows = tuple(session.exec(statement))
    here = tuple(row for row in rows if row.meeting_id == meeting.id)
    return Known(here, rows, _subjects(session, {*(row.id or 0 for row in rows), *sources}))


def _subjects(session: Session, item_ids: Collection[int]) -> dict[int, Subjects]:
    statement = select(AgendaItemSubject).where(col(AgendaItemSubject.item_id).in_(item_ids))
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for row in session.exec(statement):
        found[row.item_id].update(_pairs(row))
    return {item_id: frozenset(pairs) for item_id, pairs in found.items()}


def _pairs(row: AgendaItemSubject) -> Iterable[tuple[str, int]]:
    kinds = {"gap": row.gap_id, "topic": row.topic_id, "solution": row.solution_id, "agreement": row.agreement_id}
    return ((kind, id_) for kind, id_ in kinds.items() if id_)
