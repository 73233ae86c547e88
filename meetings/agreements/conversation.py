"""Target agreements as things that people talk about and follow."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.conversation.changes import register_words
from knowledge.conversation.subjects import Subject, register_subject
from meetings.agreements.models import Agreement
from meetings.agreements.policy import may_read_agreement
from meetings.agreements.queries import accesses

KIND = "agreement"


def register() -> None:
    """Let those who may read an agreement talk about it, follow it, and hear of the answers of organisations."""
    register_subject(KIND, subjects)
    register_words("agreement.answered", lambda _facts: _("eine Organisation hat geantwortet"))


def subjects(session: Session, actor: Actor, ids: Collection[int]) -> list[Subject]:
    """The agreements among these that the reader may open. Four statements."""
    rows = list(session.exec(select(Agreement).where(col(Agreement.id).in_(ids))))
    known = accesses(session, rows)
    return [_subject(row) for row in rows if may_read_agreement(actor, known[row.id or 0])]


def _subject(row: Agreement) -> Subject:
    return Subject(KIND, row.id or 0, row.key, row.title, f"/vereinbarungen/{row.key}")
