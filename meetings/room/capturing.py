"""Capturing on the spot: notes, tasks with who and until when, motions from the floor with their result."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda.locking import locked_meeting
from meetings.agenda.queries import FoundMeeting, agenda_of
from meetings.room import policy
from meetings.room.models import CapturedRow
from meetings.room.queries import may_be_called
from meetings.room.states import CapturedKind, MotionResult

CAPTURED = "captured"
"""Name of the live signal: something was captured or changed. Only the leading screens hear it."""
LONGEST = 2000


@dataclass(frozen=True)
class Draft:
    """What was typed: of which kind, at which item, who (of a task, or who moved), until when."""

    kind: CapturedKind
    text: str
    item_id: int | None = None
    person_id: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class Result:
    """What came of a motion, with its votes where they were counted."""

    result: MotionResult
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None


def capture(work: Work, key: str, draft: Draft) -> CapturedRow:
    """Keep it, at the moment and with the item."""
    meeting = _allowed(work, key)
    if draft.item_id and draft.item_id not in [line.item.id for line in agenda_of(work.session, meeting.id)]:
        raise InvalidInput(_("Diesen Punkt gibt es in der Tagesordnung nicht mehr."))
    if draft.person_id and draft.person_id not in may_be_called(work.session, meeting):
        raise InvalidInput(_("Diese Person gehört nicht zur Sitzung."))
    row = CapturedRow(meeting_id=meeting.id, kind=draft.kind, at=work.now, text=draft.text.strip()[:LONGEST])
    row.item_id, row.person_id = draft.item_id, draft.person_id
    row.due = draft.due if draft.kind == CapturedKind.TASK else None
    work.session.add(row)
    work.session.flush()
    _tell(work, meeting, "captured.added", row)
    return row


def decide_motion(work: Work, key: str, captured_id: int, result: Result) -> CapturedRow:
    """Note what came of a motion from the floor."""
    meeting = _allowed(work, key)
    row = _row(work, meeting, captured_id)
    if row.kind != CapturedKind.MOTION:
        raise InvalidInput(_("Ein Ergebnis hat nur ein Antrag."))
    row.result, row.version = result.result, row.version + 1
    row.in_favour, row.against, row.abstained = result.in_favour, result.against, result.abstained
    work.session.add(row)
    _tell(work, meeting, "captured.decided", row)
    return row


def drop(work: Work, key: str, captured_id: int) -> CapturedRow:
    """Take it back; it is not printed."""
    meeting = _allowed(work, key)
    row = _row(work, meeting, captured_id)
    row.dropped = True
    work.session.add(row)
    _tell(work, meeting, "captured.dropped", row)
    return row


def _allowed(work: Work, key: str) -> FoundMeeting:
    meeting = locked_meeting(work, key)
    work.require(policy.may_capture(work.actor, meeting))
    return meeting


def _row(work: Work, meeting: FoundMeeting, captured_id: int) -> CapturedRow:
    statement = select(CapturedRow).where(
        col(CapturedRow.id) == captured_id,
        col(CapturedRow.meeting_id) == meeting.id,
        col(CapturedRow.dropped).is_(False),
    )
    row = work.session.exec(statement).first()
    if row is None:
        raise NotFound(_("Das wurde schon gelöscht."))
    return row


def _tell(work: Work, meeting: FoundMeeting, act: str, row: CapturedRow) -> None:
    work.record(act, meeting.meeting, captured=row.id, kind=str(row.kind))
    work.announce(meeting.channel, CAPTURED)
