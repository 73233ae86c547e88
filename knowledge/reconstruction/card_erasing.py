"""What goes when a case is erased: its cards, clusters, moves, dots and open questions, down to the last row."""

from typing import Any

from sqlmodel import col, delete, select

from app.core.work import Work
from knowledge.cases import erasing
from knowledge.reconstruction.card_models import (
    CardAuthor,
    CardBoard,
    CardCluster,
    CardMove,
    DotBallot,
    WorkshopCard,
    WorkshopQuestion,
)
from knowledge.workshops.models import WorkshopCase


def erase_of_case(work: Work, case_id: int) -> int:
    """Delete everything that a workshop wrote about this case; how many rows. The caller records it."""
    entries = select(WorkshopCase.id).where(col(WorkshopCase.case_id) == case_id)
    boards = select(CardBoard.id).where(col(CardBoard.workshop_case_id).in_(entries))
    gone = _delete(work, DotBallot, col(DotBallot.board_id).in_(boards))
    tables: tuple[Any, ...] = (CardMove, CardAuthor, WorkshopCard, CardCluster, CardBoard, WorkshopQuestion)
    return gone + sum(_delete(work, table, col(table.workshop_case_id).in_(entries)) for table in tables)


def _delete(work: Work, table: Any, condition: Any) -> int:
    return int(work.session.exec(delete(table).where(condition)).rowcount)


def register() -> None:
    """Have it called for every case that is erased."""
    erasing.register("cards", erase_of_case)
