"""Reading for publication: what a meeting would publish, and what is published."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, func, select

from exports.oparl.models import OparlBody, OparlMeeting
from exports.oparl.objects import Life
from exports.oparl.rules import AgendaLine, Decided, Published, Vote, items_of, read
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.queries import FoundMeeting
from meetings.bodies.models import Body
from meetings.decisions.models import Decision
from meetings.decisions.states import DecisionMode
from meetings.minutes.recorded import course_of

PER_PAGE = 100


def publishable(session: Session, meeting: FoundMeeting) -> Published:
    """What of this meeting would go out now, with the times at which it really was. Three statements."""
    row = meeting.meeting
    before = published_row(session, meeting.id)
    items = items_of(_agenda(session, meeting.id))
    now = {item.id for item in items}
    known = read(json.loads(before.content)) if before else None
    gone = {*known.gone, *(item.id for item in known.items)} - now if known else set()
    course = course_of(session, meeting.id)
    begun, ends = course[0].at if course else row.starts_at, [each.until for each in course if each.until]
    return Published(
        name=row.title,
        body_key=meeting.body_row.key,
        place=row.place or "",
        start=begun.isoformat() if begun else "",
        end=max(ends).isoformat() if ends else "",
        items=items,
        gone=tuple(sorted(gone)),
    )


def _agenda(session: Session, meeting_id: int) -> list[AgendaLine]:
    """Every item in its order, with the decision that was taken on it in the meeting."""
    in_meeting = (col(Decision.item_id) == col(AgendaItem.id)) & (col(Decision.mode) == DecisionMode.MEETING)
    statement = (
        select(AgendaItem, Decision)
        .outerjoin(Decision, in_meeting)
        .where(col(AgendaItem.meeting_id) == meeting_id)
        .order_by(col(AgendaItem.position), col(AgendaItem.id), col(Decision.id))
    )
    lines = {item.id: _line(item, decision) for item, decision in session.exec(statement)}
    return list(lines.values())


def _line(item: AgendaItem, decision: Decision | None) -> AgendaLine:
    decided = None
    if decision is not None:
        vote = Vote(decision.in_favour, decision.against, decision.abstained)
        decided = Decided(decision.text, decision.accepted, vote)
    return AgendaLine(item.id or 0, item.part, item.number or "", item.title, item.result, decided)


def published_row(session: Session, meeting_id: int) -> OparlMeeting | None:
    """What was published of a meeting. One statement."""
    return session.exec(select(OparlMeeting).where(col(OparlMeeting.meeting_id) == meeting_id)).first()


def switch_of(session: Session, body_id: int) -> OparlBody | None:
    """Whether the body publishes. One statement."""
    return session.exec(select(OparlBody).where(col(OparlBody.body_id) == body_id)).first()


def is_on(session: Session) -> bool:
    """Whether any body of the county publishes, or did. One statement."""
    return session.exec(select(OparlBody.id).limit(1)).first() is not None


@dataclass(frozen=True)
class Filter:
    """What a list is asked for. `with_gone`: what was withdrawn is named too, as 2.5 wants it for updates."""

    created_since: datetime | None = None
    created_until: datetime | None = None
    modified_since: datetime | None = None
    modified_until: datetime | None = None
    body_key: str = ""

    @property
    def with_gone(self) -> bool:
        """Only who asks for changes hears of what is gone."""
        return self.modified_since is not None


@dataclass(frozen=True)
class FoundPublished:
    """A published meeting with its key and its life."""

    key: str
    content: Published
    life: Life


_MODIFIED = case(
    (col(OparlBody.modified_at) > col(OparlMeeting.modified_at), col(OparlBody.modified_at)),
    else_=col(OparlMeeting.modified_at),
)
_GONE = col(OparlMeeting.is_withdrawn) | col(OparlBody.is_on).is_(False)


def _conditions(wanted: Filter, created: Any, modified: Any, gone: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Filters that are set; bounds are inclusive."""
    found = [] if wanted.with_gone else [~gone]
    for bound, column, is_lower in (
        (wanted.created_since, created, True),
        (wanted.created_until, created, False),
        (wanted.modified_since, modified, True),
        (wanted.modified_until, modified, False),
    ):
        if bound is not None:
            found.append(column >= bound if is_lower else column <= bound)
    if wanted.body_key:
        found.append(col(Body.key) == wanted.body_key)
    return found


def _meetings(*conditions: ColumnElement[bool]) -> Any:
    return (
        select(col(Meeting.key), OparlMeeting, OparlBody, _MODIFIED)
        .join(Meeting, col(Meeting.id) == col(OparlMeeting.meeting_id))
        .join(OparlBody, col(OparlBody.body_id) == col(Meeting.body_id))
        .join(Body, col(Body.id) == col(Meeting.body_id))
        .where(*conditions)
    )


def _found(key: str, row: OparlMeeting, body: OparlBody) -> FoundPublished:
    """A meeting of a body that is off is as gone as one that was withdrawn."""
    is_deleted = row.is_withdrawn or not body.is_on
    life = Life(row.first_at, max(row.modified_at, body.modified_at) if not body.is_on else row.modified_at, is_deleted)
    return FoundPublished(key, read(json.loads(row.content)), life)


def count_meetings(session: Session, wanted: Filter) -> int:
    """How many meetings a list has. One statement."""
    inner = _meetings(*_conditions(wanted, col(OparlMeeting.first_at), _MODIFIED, _GONE)).subquery()
    return int(session.exec(select(func.count()).select_from(inner)).one())


def meetings(session: Session, wanted: Filter, page: int) -> list[FoundPublished]:
    """One page of a list, oldest publication first, so that pages do not shift. One statement."""
    conditions = _conditions(wanted, col(OparlMeeting.first_at), _MODIFIED, _GONE)
    statement = _meetings(*conditions).order_by(col(OparlMeeting.id)).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return [_found(key, row, body) for key, row, body, _modified in session.exec(statement)]


def every_meeting(session: Session, wanted: Filter) -> list[FoundPublished]:
    """All published meetings that the filter wants. One statement."""
    conditions = _conditions(wanted, col(OparlMeeting.first_at), _MODIFIED, _GONE)
    rows = session.exec(_meetings(*conditions).order_by(col(OparlMeeting.id)))
    return [_found(key, row, body) for key, row, body, _modified in rows]


def meeting_of_key(session: Session, key: str) -> FoundPublished | None:
    """A published meeting, also one that is gone. One statement."""
    row = session.exec(_meetings(col(Meeting.key) == key)).first()
    return _found(*row[:3]) if row else None


def meeting_of_item(session: Session, item_id: int) -> FoundPublished | None:
    """The published meeting that an item belongs to. One statement."""
    of_item = select(AgendaItem.meeting_id).where(col(AgendaItem.id) == item_id).scalar_subquery()
    row = session.exec(_meetings(col(Meeting.id) == of_item)).first()
    return _found(*row[:3]) if row else None


@dataclass(frozen=True)
class FoundOrganization:
    """A body that publishes, or did."""

    key: str
    name: str
    kind: str
    life: Life


def organizations(session: Session, wanted: Filter, keys: Sequence[str] = ()) -> list[FoundOrganization]:
    """The bodies that publish. One statement."""
    gone = col(OparlBody.is_on).is_(False)
    filtered = _conditions(wanted, col(OparlBody.first_at), col(OparlBody.modified_at), gone)
    conditions = [col(Body.key).in_(keys)] if keys else filtered
    statement = (
        select(Body, OparlBody)
        .join(OparlBody, col(OparlBody.body_id) == col(Body.id))
        .where(*conditions)
        .order_by(col(OparlBody.id))
    )
    return [
        FoundOrganization(body.key, body.name, str(body.kind), Life(row.first_at, row.modified_at, not row.is_on))
        for body, row in session.exec(statement)
    ]
