"""Papers as things that people talk about and follow, and whose submitted texts are kept."""

from collections.abc import Collection

from sqlmodel import Session, col

from app.core.i18n import _
from app.core.permissions import OFFICE, Actor, Verdict, allowed_if
from knowledge.conversation.subjects import Subject, register_subject
from knowledge.conversation.versions import register_versioned
from meetings.papers.actions import restore
from meetings.papers.models import Paper
from meetings.papers.policy import may_read_paper
from meetings.papers.queries import found_papers
from meetings.papers.wording import TEXTS

KIND = "paper"


def register() -> None:
    """Let those who may read a paper talk about it; earlier texts are the office's, as fewer readers were meant."""
    register_subject(KIND, subjects)
    register_versioned(KIND, TEXTS, restore, may_see_earlier_texts, may_see_earlier_texts)


def may_see_earlier_texts(actor: Actor) -> Verdict:
    """Whoever runs an office; asked besides the right to read the paper itself."""
    runs = any(seat.kind == OFFICE for seat in actor.seats)
    return allowed_if(runs, "Frühere Fassungen einer Vorlage liest die Geschäftsstelle.")


def subjects(session: Session, actor: Actor, ids: Collection[int]) -> list[Subject]:
    """The papers among these that the reader may open. Four statements."""
    found = found_papers(session, col(Paper.id).in_(ids))
    return [
        Subject(KIND, each.id, each.paper.reference or _("Entwurf"), each.paper.title, f"/vorlagen/{each.id}")
        for each in found
        if may_read_paper(actor, each)
    ]
