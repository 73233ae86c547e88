"""What happens to cases. For now: that somebody read one is written down."""

from sqlmodel import col, select

from app.core.work import Work
from knowledge.cases.models import Case


def note_reading(work: Work, case_id: int) -> None:
    """Note who opened which case when, and nothing of what it says (DP-15)."""
    case = work.session.exec(select(Case).where(col(Case.id) == case_id)).one()
    work.record("case.read", case)
