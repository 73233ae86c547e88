"""A room in the card phase with people at the table, and acting as one of them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.core.database import every_tenant
from app.core.work import Work
from knowledge.reconstruction.access import RoomView, room_for
from knowledge.reconstruction.card_actions import CardDraft, unseen
from knowledge.reconstruction.card_states import CardKind
from knowledge.reconstruction.models import WorkshopParticipant, WorkshopRoom
from knowledge.reconstruction.states import Entry, Screen
from tests.knowledge.reconstruction.workshop import KEY, open_room
from tests.support.demo import Demo

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def in_cards_phase(demo: Demo, phones: int) -> list[str]:
    """The room in the card phase with so many people from a welfare association; the hashes of their tokens."""
    open_room(demo)
    hashes = [f"hash-{number}" for number in range(phones)]
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        room = session.exec(select(WorkshopRoom)).one()
        organisation = session.connection().execute(text("SELECT id FROM organisation WHERE key = 'caritas'")).scalar()
        room.position = 5
        session.add(room)
        session.add_all(
            WorkshopParticipant(
                tenant_id=demo.tenant_id,
                workshop_id=room.workshop_id,
                organisation_id=organisation,
                name=each,
                state=Entry.ADMITTED,
                token_hash=each,
                confirmed_at=NOW,
                joined_at=NOW,
                seen_at=NOW,
            )
            for each in hashes
        )
        session.commit()
    return hashes


def room_of(demo: Demo, who: Any) -> RoomView:
    with demo.session() as session:
        room = room_for(session, KEY, who, NOW, Screen.PHONE)
    assert room is not None
    assert room.sees_case
    return room


def act(demo: Demo, who: Any, action: Any, *args: Any, nobody: bool = False) -> Any:
    """Run an action as somebody in the room."""
    room = room_of(demo, who)
    actor = unseen(room.member.actor) if nobody else room.member.actor

    def job(session: Session) -> Any:
        work = Work(session, actor, NOW)
        result = action(work, room, *args)
        work.finish()
        return result

    return demo.app.extensions["lueckenlos"].writer.run(job, demo.tenant_id)


def draft(key: str, words: str = "Der Bescheid kam zu spät") -> CardDraft:
    return CardDraft(CardKind.BREAK, words, key)


def seen_by(demo: Demo, who: Any, read: Any) -> Any:
    """What a query gives somebody in the room."""
    room = room_of(demo, who)
    with demo.app.test_request_context(), demo.session() as session:
        return read(session, room)


def count(demo: Demo, table: Any) -> int:
    with demo.session() as session:
        return len(session.exec(select(col(table.id))).all())
