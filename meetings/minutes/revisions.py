"""The earlier texts of a block, and what changed between two of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.people.models import Person
from knowledge.conversation.rules import Passage, differences, passages
from meetings.minutes.models import MinutesBlock, MinutesRevision


@dataclass(frozen=True)
class Revision:
    """A text that was saved: its number, when, by whom."""

    number: int
    text: str
    at: datetime
    person: str


def revisions_of(session: Session, item_id: int | None) -> list[Revision]:
    """Every saved text of the block of an item, the newest first. One statement."""
    rows = session.exec(
        select(MinutesRevision, Person.name)
        .join(MinutesBlock, col(MinutesBlock.id) == col(MinutesRevision.block_id))
        .outerjoin(Person, col(Person.id) == col(MinutesRevision.by_id))
        .where(col(MinutesBlock.item_id) == item_id)
        .order_by(col(MinutesRevision.revision).desc())
    )
    return [Revision(row.revision, row.text, row.at, name or "") for row, name in rows]


def changes(old: str, new: str) -> tuple[Passage, ...]:
    """How the new text came from the old one, long unchanged parts folded."""
    return passages(differences(old, new))
