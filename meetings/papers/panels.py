"""What papers add to the pages of agendas: their list beside an item and a meeting, and suggestions for the next."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import Actor
from meetings.agenda.automatic import AutomaticItem, register_automatic
from meetings.agenda.policy import may_edit_agenda
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.slots import Panel, register_panel
from meetings.papers.drafts import PaperDraft, item_draft
from meetings.papers.queries import FoundPaper, Stop, papers_of_item, papers_of_meeting, waiting_papers
from meetings.papers.routing import taken_over
from meetings.papers.wording import size_words


def register() -> None:
    """Put papers on the pages of meetings and items, and suggest those that wait for a body."""
    register_panel("papers", order=20, meeting=meeting_panel, item=item_panel)
    register_automatic("papers", waiting_items)


def item_panel(session: Session, actor: Actor, item: FoundItem, now: datetime) -> Panel | None:
    """The papers of an item that the reader may read; whoever plans can add one. Seven statements."""
    del now
    papers = papers_of_item(session, item.item.id or 0, actor)
    plans = bool(may_edit_agenda(actor, item)) and item.item.number is not None
    if not papers and not plans:
        return None
    context = {"papers": papers, "plans": plans, "item": item, "size_words": size_words}
    return Panel("papers/_of_item.html", context)


def meeting_panel(session: Session, actor: Actor, meeting: FoundMeeting, now: datetime) -> Panel | None:
    """The papers of a meeting that the reader may read, in the order of the agenda. Seven statements."""
    del now
    papers = papers_of_meeting(session, meeting.id, actor)
    return Panel("papers/_of_meeting.html", {"papers": papers}) if papers else None


def waiting_items(session: Session, meeting: FoundMeeting) -> Sequence[AutomaticItem]:
    """Permitted papers that the meeting's body has still to deal with. Four statements."""
    return [_suggestion(found, stop) for found, stop in waiting_papers(session, meeting.body.body_id)]


def _suggestion(found: FoundPaper, stop: Stop) -> AutomaticItem:
    paper = found.paper
    made = item_draft(PaperDraft(paper.title, public=paper.public, proposal=paper.proposal), stop.station.role)
    return AutomaticItem(
        key=f"{found.id}-{stop.station.id}",
        title=made.title,
        kind=made.kind,
        minutes=made.minutes,
        why=_(
            "Vorlage %(reference)s ist zugelassen und steht noch auf keiner Tagesordnung.", reference=paper.reference
        ),
        proposal=made.proposal,
        part=made.part,
        decision_kind=made.decision_kind,
        taken=taken_over(found.id, stop.station.id or 0),
    )
