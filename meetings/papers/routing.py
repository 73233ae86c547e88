"""The way of a paper through the bodies: onto an agenda and off it, what a body advises, the wording as decided."""

from collections.abc import Callable, Collection

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from meetings.agenda.drafting import add_item
from meetings.agenda.locking import locked_item
from meetings.agenda.models import AgendaItem
from meetings.agenda.policy import may_edit_agenda
from meetings.agenda.queries import FoundItem, meeting_by_id
from meetings.agenda.rules import FROZEN
from meetings.papers import policy
from meetings.papers.actions import KINDS, index_again, locked, texts_of
from meetings.papers.checking import look_at
from meetings.papers.drafts import PaperDraft, item_draft
from meetings.papers.models import PaperStation, PaperSubject
from meetings.papers.queries import FoundPaper, Stop
from meetings.papers.rules import ADVISING
from meetings.papers.states import PaperState, Recommendation, Standing


def schedule(work: Work, paper_id: int, station_id: int, meeting_key: str) -> FoundPaper:
    """Put the paper on the agenda of a meeting of the step's body, as an item made of it."""
    found, stop = _free_stop(work, paper_id, station_id)
    work.require(policy.may_steer_paper(work.actor, found))
    subjects = work.session.exec(
        select(PaperSubject).where(col(PaperSubject.paper_id) == paper_id).order_by(col(PaperSubject.position))
    ).all()
    pairs = tuple(
        (kind, getattr(row, f"{kind}_id")) for row in subjects for kind in KINDS if getattr(row, f"{kind}_id")
    )
    paper = found.paper
    draft = PaperDraft(title=paper.title, public=paper.public, proposal=paper.proposal, subjects=pairs)
    item = add_item(work, meeting_key, item_draft(draft, stop.station.role))
    meeting = meeting_by_id(work.session, item.meeting_id)
    if meeting is None or meeting.body.body_id != stop.station.body_id:
        raise InvalidInput(_("Diese Sitzung ist keine des Gremiums, das an der Reihe ist."))
    _link(work, found, stop, item.id or 0)
    return found


def _free_stop(work: Work, paper_id: int, station_id: int) -> tuple[FoundPaper, Stop]:
    """The step, if the paper is permitted and does not stand on an agenda with it already."""
    found = locked(work, paper_id)
    stop = stop_of(found, station_id)
    if found.state != PaperState.PERMITTED:
        raise DomainError(_("Auf eine Tagesordnung kommt eine Vorlage erst, wenn sie zugelassen ist."))
    if stop.on_agenda or stop.settled:
        raise DomainError(_("Mit diesem Schritt steht die Vorlage schon auf einer Tagesordnung."))
    return found, stop


def stop_of(found: FoundPaper, station_id: int) -> Stop:
    """The step with this id; NotFound if the paper has none."""
    stop = next((each for each in found.stops if each.station.id == station_id), None)
    if stop is None:
        raise NotFound(_("Diesen Schritt gibt es in der Beratungsfolge nicht."))
    return stop


def _link(work: Work, found: FoundPaper, stop: Stop, item_id: int) -> None:
    stop.station.item_id = item_id
    work.session.add(stop.station)
    work.record("paper.scheduled", found.paper, station=stop.station.id, item=item_id)
    index_again(work, found.paper)


def attach_to_item(work: Work, key: str, number: str, paper_id: int, station_id: int) -> FoundItem:
    """Have a paper dealt with under an item that the agenda has already."""
    item = locked_item(work, key, number)
    work.require(may_edit_agenda(work.actor, item))
    found, stop = _free_stop(work, paper_id, station_id)
    work.require(policy.may_read_paper(work.actor, found))
    if stop.station.body_id != item.body.body_id:
        raise InvalidInput(_("Diese Sitzung ist keine des Gremiums, das an der Reihe ist."))
    _link(work, found, stop, item.item.id or 0)
    return item


def taken_over(paper_id: int, station_id: int) -> Callable[[Work, AgendaItem], None]:
    """What ties a paper to the item that was made of its suggestion; whoever may edit the agenda may do it."""

    def tie(work: Work, item: AgendaItem) -> None:
        found, stop = _free_stop(work, paper_id, station_id)
        _link(work, found, stop, item.id or 0)

    return tie


def take_off(work: Work, paper_id: int, station_id: int) -> FoundPaper:
    """Undo that; the item stays on the agenda, and what was dealt with stays as it is."""
    found = locked(work, paper_id)
    work.require(policy.may_steer_paper(work.actor, found))
    stop = stop_of(found, station_id)
    meeting = meeting_by_id(work.session, stop.meeting.id or 0) if stop.meeting else None
    if meeting is None or stop.settled or meeting.state in FROZEN:
        raise DomainError(_("Was beraten ist, bleibt in der Beratungsfolge stehen."))
    stop.station.item_id = None
    work.session.add(stop.station)
    work.record("paper.taken_off", found.paper, station=station_id)
    return found


def recommend(
    work: Work,
    paper_id: int,
    station_id: int,
    advice: Recommendation,
    text: str,
    confirmed: Collection[str] = (),
) -> PaperStation:
    """Note what a body that does not decide advises. The decision is another thing and stands with its item."""
    found = locked(work, paper_id)
    work.require(policy.may_steer_paper(work.actor, found))
    station = stop_of(found, station_id).station
    if station.role not in ADVISING:
        raise InvalidInput(_("Eine Empfehlung gibt, wer vorberät oder gehört wird."))
    if found.state != PaperState.PERMITTED:
        raise DomainError(_("Eine Empfehlung setzt voraus, dass die Vorlage zugelassen ist."))
    look_at(work.session, [text], confirmed, [*texts_of(found.paper).values(), station.recommendation_text or ""])
    station.recommendation, station.recommendation_text = advice, text.strip() or None
    station.recommended_on = work.now.astimezone(LOCAL).date()
    work.session.add(station)
    work.record("paper.recommended", found.paper, station=station_id, advice=advice.value)
    return station


def keep_final_text(work: Work, paper_id: int, text: str, confirmed: Collection[str] = ()) -> FoundPaper:
    """The wording as it was decided, where it differs from the proposal; the proposal stays as it was submitted."""
    found = locked(work, paper_id)
    work.require(policy.may_steer_paper(work.actor, found))
    if found.standing != Standing.DECIDED:
        raise DomainError(_("Einen beschlossenen Wortlaut hat eine Vorlage erst, wenn über sie entschieden ist."))
    look_at(work.session, [text], confirmed, [*texts_of(found.paper).values(), found.paper.final_text or ""])
    found.paper.final_text = text.strip() or None
    work.session.add(found.paper)
    work.record("paper.final_text_kept", found.paper)
    index_again(work, found.paper)
    return found
