"""A workshop of the demo county that has not been held yet, its people, and their way into the room."""

import re
from datetime import date

from sqlalchemy import text
from sqlmodel import col, select

from app.core import clock
from app.core.database import every_tenant
from knowledge.reconstruction import opening
from knowledge.reconstruction.models import WorkshopParticipant, WorkshopRoom
from knowledge.workshops.models import Workshop
from tests.support.demo import Demo, hidden_fields, post
from tests.support.house_rules import HouseClient

KEY = "W-2026-2"
ROOM = f"/workshops/{KEY}/raum"
MODERATOR, MINUTES, COORDINATION = "p-albers", "p-kaya", "p-kaya"
"""p-kaya keeps the minutes and belongs to the coordination: she may take over."""
WELFARE, AUTHORITY, GIVER, STRANGER, ADMIN = "p-steffens", "p-brandes", "p-okafor", "p-oezer", "p-admin"
FIRST, SECOND, THIRD = "erle", "linde", "weide"
"""Its cases: the first two with authorities, the third without."""


def plan_again(demo: Demo, day: date | None = None) -> Demo:
    """Take the autumn workshop back to before its beginning; it is held today, for its code opens on its day."""
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        session.connection().execute(
            text(
                "UPDATE workshop SET state = 'planned', released_on = NULL, confidentiality_confirmed = 0,"
                " date = :day WHERE key = :key"
            ),
            {"day": day or clock.today(), "key": KEY},
        )
        session.commit()
    return demo


def open_room(demo: Demo) -> str:
    """Open the room as its moderator; the code."""
    plan_again(demo)
    room: WorkshopRoom = demo.perform(MODERATOR, opening.open_room, KEY)
    return room.code or ""


def room_row(demo: Demo) -> WorkshopRoom:
    """The room as it is stored."""
    with demo.session() as session:
        return session.exec(select(WorkshopRoom)).one()


def workshop_row(demo: Demo) -> Workshop:
    """The workshop as it is stored."""
    with demo.session() as session:
        return session.exec(select(Workshop).where(col(Workshop.key) == KEY)).one()


def participants(demo: Demo) -> list[WorkshopParticipant]:
    """All who came to the door, in order."""
    with demo.session() as session:
        return list(session.exec(select(WorkshopParticipant).order_by(col(WorkshopParticipant.id))))


def knock(demo: Demo, code: str, organisation: str = "Caritas", name: str = "Anna") -> HouseClient:
    """A phone without an account that has asked to be let in."""
    phone = demo.client()
    page = phone.get(f"/w/{code}").get_data(as_text=True)
    value = re.search(rf'<option value="(\w+)"[^>]*>[^<]*{organisation}', page)
    assert value is not None, organisation
    answer = post(phone, f"/w/{code}", {"organisation": value[1], "name": name, "promise": "y"})
    assert answer.status_code == 303, answer.get_data(as_text=True)[-2000:]
    return phone


def press(client: HouseClient, do: str, **headers: str) -> object:
    """Press a button of the moderation."""
    page = client.get(f"{ROOM}/moderation").get_data(as_text=True)
    return client.post(f"{ROOM}/steuern", data={**hidden_fields(page), "do": do}, headers=headers)


def at(demo: Demo) -> str:
    """Where the room stands, as buttons carry it."""
    row = room_row(demo)
    return f"{row.workshop_case_id}:{row.position}"


def go(demo: Demo, client: HouseClient, position: int) -> None:
    """Move the room to a phase."""
    answer = press(client, f"go:{at(demo)}:{position}")
    assert answer.status_code == 303  # type: ignore[attr-defined]
