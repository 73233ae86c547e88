"""A held meeting with everything that minutes take over, for tests that begin when it is over."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import col, select

from meetings.agenda import actions as agenda
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.outcomes import record_result
from meetings.agenda.pages import without_result
from meetings.agenda.queries import meeting_by_key
from meetings.agenda.states import DecisionKind, ItemPart, ItemResult
from meetings.decisions.actions import Draft, record_decision
from meetings.room.capturing import Draft as Captured
from meetings.room.capturing import capture
from meetings.room.states import CapturedKind
from tests.meetings.walk import OFFICE, run_with_everyone
from tests.support.demo import Demo

SECRET_NOTE, OPEN_NOTE = "KANARIENOTIZ", "Die Stelle berichtet."


def hold(demo: Demo, during: Callable[[], None] = lambda: None) -> None:
    """Run the ninth meeting: a note, a task and a decision at item 4, a note at item 3, item 7 is not public.

    `during` is done while it runs, before anything else.
    """
    run_with_everyone(demo)
    during()
    _hide(demo, "7")
    _capture(demo, "3", CapturedKind.NOTE, OPEN_NOTE)
    _capture(demo, "4", CapturedKind.TASK, "Unterlagen zusammenstellen", due=date(2026, 12, 20))
    _capture(demo, "4", CapturedKind.MOTION, "Die Frist wird verlängert.")
    _capture(demo, "7", CapturedKind.NOTE, SECRET_NOTE)
    _capture(demo, "7", CapturedKind.TASK, "KANARIEAUFTRAG")
    _decide(demo, "4", "Die Vereinbarung gilt.")
    _decide(demo, "7", "KANARIEBESCHLUSS")
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "held")
    _close(demo)


def _close(demo: Demo) -> None:
    """Put off what nothing came of, and close: minutes go round only then."""
    with demo.session() as session:
        meeting = meeting_by_key(session, "LG-09")
        assert meeting is not None
        numbers = [item.number or "" for item in without_result(session, meeting)]
    for number in numbers:
        demo.perform(OFFICE, record_result, "LG-09", number, ItemResult.DEFERRED, "")
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "closed")


def _decide(demo: Demo, number: str, text: str) -> None:
    draft = Draft(DecisionKind.REPORT, text, yes=16)
    demo.perform(OFFICE, record_decision, "LG-09", number, draft)


def item_id(demo: Demo, number: str) -> int:
    """The id of an item of the ninth meeting."""
    with demo.session() as session:
        statement = (
            select(col(AgendaItem.id))
            .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
            .where(col(Meeting.key) == "LG-09", col(AgendaItem.number) == number)
        )
        return session.exec(statement).one() or 0


def _capture(demo: Demo, number: str, kind: CapturedKind, text: str, **more: Any) -> None:
    demo.perform(OFFICE, capture, "LG-09", Captured(kind, text, item_id(demo, number), **more))


def _hide(demo: Demo, number: str) -> None:
    wanted = item_id(demo, number)

    def hide(work: Any) -> None:
        row = work.session.exec(select(AgendaItem).where(col(AgendaItem.id) == wanted)).one()
        row.part = ItemPart.NON_PUBLIC
        work.session.add(row)
        work.record("item.edited", row)

    demo.perform(OFFICE, hide)
