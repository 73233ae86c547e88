"""Rows of a demo file's agenda templates, answers to an invitation, and corrections of a meeting."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.dataset.building import Building
from app.dataset.schema_meetings import AgendaGiven
from app.dataset.schema_proceedings import TemplateItemGiven
from meetings.agenda.models import AgendaItem, AgendaTemplateItem, MeetingAmendment
from meetings.bodies.models import Seat, SeatHolder
from meetings.invitations.models import MeetingAnswer


def build_template(build: Building, body_id: int, items: Sequence[TemplateItemGiven]) -> None:
    """The items with which every agenda of the body begins and ends."""
    build.add(
        AgendaTemplateItem(body_id=body_id, position=position, **given.model_dump())
        for position, given in enumerate(items)
    )


def build_answers(build: Building, given: AgendaGiven) -> None:
    """What was said to the invitation."""
    seats = _seats(build, build.id("bodies", given.body))
    build.add(
        MeetingAnswer(
            meeting_id=build.id("meetings", given.key),
            seat_id=seats[build.id("people", each.seat)] if each.seat else None,
            person_id=build.id("people", each.person),
            kind=each.answer,
            by_id=build.id("people", each.by),
            at=each.at,
        )
        for each in given.answers
    )


def _seats(build: Building, body_id: int) -> dict[int, int]:
    """The seat of each person who holds one in the body."""
    statement = select(SeatHolder).join(Seat, col(Seat.id) == col(SeatHolder.seat_id))
    rows = build.session.exec(statement.where(col(Seat.body_id) == body_id, col(SeatHolder.rank) == 0))
    return {row.person_id: row.seat_id for row in rows}


def build_amendments(build: Building, given: AgendaGiven) -> None:
    """The corrections, of the whole meeting or of one item."""
    meeting_id = build.id("meetings", given.key)
    rows = build.session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting_id))
    items = {row.number: row.id for row in rows}
    build.add(
        MeetingAmendment(
            meeting_id=meeting_id,
            item_id=items[str(each.item)] if each.item is not None else None,
            at=each.at,
            person_id=build.id_or_none("people", each.by),
            text=each.text,
            reason=each.reason,
        )
        for each in given.amendments
    )
