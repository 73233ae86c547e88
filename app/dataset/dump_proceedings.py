"""A tenant's agenda templates, answers to an invitation and corrections of a meeting as a demo file has them."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, SQLModel

from app.dataset.tables_read import facts, keys, owned, plain
from app.people.models import Person
from meetings.agenda.models import AgendaItem, AgendaTemplateItem, MeetingAmendment
from meetings.bodies.models import SeatHolder
from meetings.invitations.models import MeetingAnswer


def unusual(row: SQLModel, names: Iterable[str], usual: Any) -> dict[str, Any]:
    """Those of these columns that hold something else than the file's shape takes for granted."""
    return {
        name: plain(getattr(row, name))
        for name in names
        if getattr(row, name) != usual.model_fields[name].get_default(call_default_factory=True)
    }


def template(session: Session, body_id: int, usual: Any) -> list[dict[str, Any]]:
    """The items with which every agenda of the body begins and ends."""
    return [
        {**facts(row, "title", "kind", "minutes"), **unusual(row, ("place", "part"), usual)}
        for row in owned(session, AgendaTemplateItem, "body_id")(body_id)
    ]


def answers(session: Session, meeting_id: int) -> list[dict[str, Any]]:
    """What was said to the invitation."""
    people = keys(session, Person)
    holders = owned(session, SeatHolder, "seat_id")
    return [
        {
            **_if_any("seat", next((people[each.person_id] for each in holders(row.seat_id) if each.rank == 0), None)),
            "person": people[row.person_id],
            "answer": plain(row.kind),
            "by": people[row.by_id],
            "at": row.at,
        }
        for row in owned(session, MeetingAnswer, "meeting_id")(meeting_id)
    ]


def amendments(session: Session, meeting_id: int, items: list[AgendaItem]) -> list[dict[str, Any]]:
    """The corrections of a meeting and of its items."""
    people, numbers = keys(session, Person), {row.id: row.number for row in items}
    return [
        {
            **_if_any("item", numbers.get(row.item_id)),
            **_if_any("by", people[row.person_id]),
            **facts(row, "at", "text", "reason"),
        }
        for row in owned(session, MeetingAmendment, "meeting_id")(meeting_id)
    ]


def _if_any(name: str, value: Any) -> dict[str, Any]:
    return {} if value is None else {name: value}
