"""The blocks of minutes as others read them: what is minuted on each item of a meeting."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from meetings.minutes.models import Minutes, MinutesBlock
from meetings.minutes.states import MinutesState


@dataclass(frozen=True)
class Block:
    """The text on an item, with its revision and the state of the minutes that it stands in."""

    item_id: int
    text: str
    revision: int
    state: MinutesState


def blocks_of(session: Session, meeting_id: int) -> dict[int, Block]:
    """What is written on the items of a meeting, by item. One statement. Who may read it is the minutes' policy."""
    rows = session.exec(
        select(MinutesBlock, Minutes.state)
        .join(Minutes, col(Minutes.id) == col(MinutesBlock.minutes_id))
        .where(col(Minutes.meeting_id) == meeting_id)
    )
    return {
        block.item_id: Block(block.item_id, block.text, block.revision, MinutesState(state)) for block, state in rows
    }
