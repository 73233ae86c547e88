"""What waits on the desk because of papers: to be permitted by the office, and to be worked over by who wrote it."""

from datetime import date

from flask import url_for
from sqlmodel import Session, col

from app.core.i18n import _, show_date
from app.core.permissions import Actor
from app.people import tasks
from app.people.tasks import Task, TaskGroup
from meetings.papers.models import Paper
from meetings.papers.policy import may_read_paper, steers_now
from meetings.papers.queries import FoundPaper, found_papers
from meetings.papers.states import PaperState

NEXT = 8


def register() -> None:
    """Tell the desk."""
    tasks.register(papers_waiting)


def papers_waiting(session: Session, actor: Actor, today: date) -> TaskGroup | None:
    """Submitted papers for the office whose turn it is, returned ones for those who wrote them. Four statements."""
    del today
    mine = col(Paper.created_by_id) == actor.person_id
    returned = (col(Paper.state) == PaperState.DRAFT) & col(Paper.reference).is_not(None)
    mine = mine | (col(Paper.lead_id) == actor.person_id)
    found = found_papers(session, (col(Paper.state) == PaperState.SUBMITTED) | (returned & mine))
    waiting = [each for each in found if may_read_paper(actor, each) and _waits_for(actor, each)]
    if not waiting:
        return None
    further = max(0, len(waiting) - NEXT)
    url = url_for("papers.index", stand="wartet") if further else None
    return TaskGroup(_("Vorlagen"), tuple(map(_task, waiting[:NEXT])), "", further, url)


def _waits_for(actor: Actor, found: FoundPaper) -> bool:
    return found.state == PaperState.DRAFT or steers_now(actor, found)


def _task(found: FoundPaper) -> Task:
    paper, url = found.paper, url_for("papers.show", paper_id=found.id)
    if found.state == PaperState.DRAFT:
        return Task(paper.title, _("Vorlage wurde zurückgegeben; die Bemerkung steht im Verlauf"), url, None, "warning")
    day = show_date(paper.submitted_at)
    detail = _("Vorlage %(number)s wartet seit %(day)s auf Freigabe", number=paper.reference, day=day)
    due = next((stop.station.target_date for stop in found.stops if not stop.settled), None)
    return Task(paper.title, detail, url, due, "info")
