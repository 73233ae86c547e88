"""What this room keeps about a case goes with it: quotes, codings, memos, rounds. The codebook stays."""

from typing import Any

from sqlmodel import col, select

from app.core.work import Work
from knowledge.cases import erasing
from knowledge.coding.models import Category, Coding, CodingRound, Passage


def register() -> None:
    """Have this room asked whenever a case is erased."""
    erasing.register("coding", erase_codings)


def erase_codings(work: Work, case_id: int) -> int:
    """Delete everything that quotes the case or says something about it; how many rows that were."""
    session = work.session
    passages = select(Passage.id).where(col(Passage.case_id) == case_id)
    for category in session.exec(select(Category).where(col(Category.example_passage_id).in_(passages))).all():
        category.example_passage_id = None
        session.add(category)
    session.flush()
    rows: list[Any] = [
        *session.exec(select(Coding).where(col(Coding.passage_id).in_(passages))).all(),
        *session.exec(select(CodingRound).where(col(CodingRound.case_id) == case_id)).all(),
    ]
    for row in rows:
        session.delete(row)
    session.flush()
    quotes = session.exec(select(Passage).where(col(Passage.case_id) == case_id)).all()
    for passage in quotes:
        session.delete(passage)
    session.flush()
    return len(rows) + len(quotes)
