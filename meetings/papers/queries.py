"""Reading papers: one with its route, those of an item and of a meeting, the list, steps and attachments."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.people.models import Organisation, Person
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import DecisionKind, ItemResult, ItemState, MeetingState
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of
from meetings.decisions.models import Decision
from meetings.papers.files import folder
from meetings.papers.models import Paper, PaperAttachment, PaperStation, PaperStep
from meetings.papers.policy import PaperAccess, may_read_paper
from meetings.papers.rules import Dealt, standing
from meetings.papers.states import PaperState, Standing, StationRole

_ENDS = frozenset({ItemResult.NOTED, ItemResult.NO_DECISION})
"""Results after which a body that does not decide is done with a paper."""


@dataclass(frozen=True)
class Stop:
    """A step of the route: its body, and the item, meeting and decision where it was dealt with."""

    station: PaperStation
    body: Body
    item: AgendaItem | None = None
    meeting: Meeting | None = None
    decision: Decision | None = None

    @property
    def on_agenda(self) -> bool:
        """Whether the step waits on the agenda of a meeting that takes place."""
        if self.item is None or self.meeting is None or self.meeting.state == MeetingState.CANCELLED:
            return False
        return self.item.state in (ItemState.OPEN, ItemState.CURRENT)

    @property
    def settled(self) -> bool:
        """Whether the body is done with the paper at this step."""
        if self.decision is not None and self.decision.kind != DecisionKind.DEFER:
            return True
        if self.station.role == StationRole.DECISION:
            return False
        if self.station.recommendation is not None:
            return True
        if self.item is None:
            return False
        return self.item.result in _ENDS or (self.item.result is None and self.item.state == ItemState.DONE)

    @property
    def dealt(self) -> Dealt:
        """The step as the rules see it."""
        return Dealt(self.station.role, self.on_agenda, self.settled)


@dataclass(frozen=True, kw_only=True)
class FoundPaper(PaperAccess):
    """A paper with its route; also what the predicates ask for."""

    paper: Paper
    stops: tuple[Stop, ...] = ()
    originator: str = ""
    lead: str | None = None

    @property
    def id(self) -> int:
        """The paper's id, which names its page."""
        return self.paper.id or 0

    @property
    def standing(self) -> Standing:
        """Where the paper stands."""
        return standing(self.paper.state, [stop.dealt for stop in self.stops])


def found_papers(session: Session, *conditions: ColumnElement[bool]) -> list[FoundPaper]:
    """The papers that meet the conditions, the newest first. Four statements for any number."""
    rows = session.exec(
        select(Paper, col(Organisation.name), col(Person.name))
        .join(Organisation, col(Organisation.id) == col(Paper.originator_id))
        .outerjoin(Person, col(Person.id) == col(Paper.lead_id))
        .where(*conditions)
        .order_by(col(Paper.created_at).desc(), col(Paper.id).desc())
    ).all()
    routes = _routes(session, [paper.id or 0 for paper, _organisation, _lead in rows])
    return [_found(paper, name, lead, routes.get(paper.id or 0, ())) for paper, name, lead in rows]


def _found(paper: Paper, originator: str, lead: str | None, stops: Sequence[Stop]) -> FoundPaper:
    authors = {paper.created_by_id} | ({paper.lead_id} if paper.lead_id else set())
    return FoundPaper(
        state=paper.state,
        public=paper.public,
        originator_id=paper.originator_id,
        author_ids=frozenset(authors),
        route=tuple(access_of(stop.body) for stop in stops),
        turn=next((access_of(stop.body) for stop in stops if not stop.settled), None),
        paper=paper,
        stops=tuple(stops),
        originator=originator,
        lead=lead,
    )


def _routes(session: Session, paper_ids: Collection[int]) -> Mapping[int, list[Stop]]:
    """The routes of papers in their order; of an item that was carried over, the later one. Three statements."""
    rows = session.exec(
        select(PaperStation, Body, AgendaItem, Meeting)
        .join(Body, col(Body.id) == col(PaperStation.body_id))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(PaperStation.item_id))
        .outerjoin(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(col(PaperStation.paper_id).in_(paper_ids))
        .order_by(col(PaperStation.position))
    ).all()
    item_ids = [item.id for _station, _body, item, _meeting in rows if item]
    later = {
        item.carried_from_id: (item, meeting)
        for item, meeting in session.exec(
            select(AgendaItem, Meeting)
            .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
            .where(col(AgendaItem.carried_from_id).in_(item_ids))
            .order_by(col(AgendaItem.id))
        )
    }
    wanted = [*item_ids, *(item.id for item, _meeting in later.values())]
    decided = select(Decision).where(col(Decision.item_id).in_(wanted)).order_by(col(Decision.id))
    decisions = {decision.item_id: decision for decision in session.exec(decided)}
    found: dict[int, list[Stop]] = {}
    for station, body, first, its_meeting in rows:
        item, meeting = later.get(first.id, (first, its_meeting)) if first else (None, None)
        decision = decisions.get(item.id) if item else None
        found.setdefault(station.paper_id, []).append(Stop(station, body, item, meeting, decision))
    return found


def paper_by_id(session: Session, paper_id: int) -> FoundPaper | None:
    """The paper with this id. Four statements."""
    return next(iter(found_papers(session, col(Paper.id) == paper_id)), None)


def readable_papers(session: Session, actor: Actor) -> list[FoundPaper]:
    """The papers that the person may read, the newest first. Four statements."""
    return [found for found in found_papers(session) if may_read_paper(actor, found)]


@dataclass(frozen=True)
class AttachmentView:
    """A file of a paper; `size` in bytes, `stored` its name below the data folder."""

    id: int
    name: str
    media: str
    size: int
    sha256: str
    stored: str
    place: int
    version: int


@dataclass(frozen=True)
class PaperView:
    """A paper as other rooms show it: `key` is the number in its address; `attachments` in their order."""

    key: int
    reference: str
    title: str
    version: int
    attachments: tuple[AttachmentView, ...] = ()
    public: bool = True
    item_id: int | None = None
    standing: Standing = Standing.PERMITTED
    paper: Paper | None = field(default=None, compare=False)


def papers_of_item(session: Session, item_id: int, viewer: Actor | None = None) -> list[PaperView]:
    """The permitted papers of an item; with `viewer` only those that this person may read. Six statements.

    Without `viewer` the caller answers for who gets to see them.
    """
    return _views(session, [item_id], viewer)


def papers_of_meeting(session: Session, meeting_id: int, viewer: Actor | None = None) -> list[PaperView]:
    """The permitted papers of a meeting's items in the order of its agenda; see `papers_of_item`. Seven statements."""
    items = select(AgendaItem.id).where(col(AgendaItem.meeting_id) == meeting_id)
    ids = session.exec(items.order_by(col(AgendaItem.position), col(AgendaItem.id))).all()
    return _views(session, [id_ or 0 for id_ in ids], viewer)


def _views(session: Session, item_ids: Sequence[int], viewer: Actor | None) -> list[PaperView]:
    here = _stations_of(session, item_ids)
    papers = found_papers(session, col(Paper.id).in_(list(here)))
    shown = [
        each
        for each in papers
        if each.state == PaperState.PERMITTED and (viewer is None or may_read_paper(viewer, each))
    ]
    files = attachments_of(session, [each.id for each in shown])
    views = [_view(each, files.get(each.id, []), item_id) for each in shown for item_id in here[each.id]]
    order = {item_id: place for place, item_id in enumerate(item_ids)}
    return sorted(views, key=lambda view: (order[view.item_id or 0], view.reference))


def _stations_of(session: Session, item_ids: Sequence[int]) -> dict[int, list[int]]:
    """Paper → the items among these where it is dealt with; an item carried over brings its papers along."""
    carried = col(AgendaItem.carried_from_id) == col(PaperStation.item_id)
    statement = (
        select(col(PaperStation.paper_id), col(AgendaItem.id))
        .join(AgendaItem, or_(col(AgendaItem.id) == col(PaperStation.item_id), carried))
        .where(col(AgendaItem.id).in_(item_ids))
    )
    found: dict[int, list[int]] = {}
    for paper_id, item_id in session.exec(statement):
        if item_id not in found.setdefault(paper_id, []):
            found[paper_id].append(item_id or 0)
    return found


def _view(found: FoundPaper, files: Iterable[AttachmentView], item_id: int) -> PaperView:
    paper = found.paper
    return PaperView(
        found.id,
        paper.reference or "",
        paper.title,
        paper.version,
        tuple(files),
        paper.public,
        item_id,
        found.standing,
        paper,
    )


def attachments_of(session: Session, paper_ids: Collection[int]) -> dict[int, list[AttachmentView]]:
    """The newest file at each place, by paper, without erased ones. One statement."""
    newest: dict[tuple[int, int], PaperAttachment] = {}
    statement = select(PaperAttachment).where(col(PaperAttachment.paper_id).in_(paper_ids))
    for row in session.exec(statement.order_by(col(PaperAttachment.place), col(PaperAttachment.version))):
        newest[(row.paper_id, row.place)] = row
    found: dict[int, list[AttachmentView]] = {}
    for (paper_id, _place), row in newest.items():
        if row.erased_at is None:
            found.setdefault(paper_id, []).append(attachment_view(row))
    return found


def attachment_view(row: PaperAttachment) -> AttachmentView:
    """A row as other rooms see it."""
    return AttachmentView(row.id or 0, row.name, row.media, row.size, row.sha256, row.stored, row.place, row.version)


def attachment_file(data_dir: Path, attachment: AttachmentView) -> Path:
    """Where the file lies. Who may have it is asked before."""
    return folder(data_dir) / attachment.stored


@dataclass(frozen=True, kw_only=True)
class FoundAttachment(FoundPaper):
    """A file in its paper; who may read the paper may have the file."""

    row: PaperAttachment


def attachment_by_id(session: Session, paper_id: int, attachment_id: int) -> FoundAttachment | None:
    """The file with this id, if it belongs to the paper and is still there. Five statements."""
    found = paper_by_id(session, paper_id)
    row = session.exec(
        select(PaperAttachment).where(
            col(PaperAttachment.id) == attachment_id,
            col(PaperAttachment.paper_id) == paper_id,
            col(PaperAttachment.erased_at).is_(None),
        )
    ).first()
    return FoundAttachment(**vars(found), row=row) if found and row else None


@dataclass(frozen=True)
class StepRow:
    """A step of a paper's life, and who took it."""

    step: PaperStep
    by: str


def steps_of(session: Session, paper_id: int) -> list[StepRow]:
    """Every step, the newest first. One statement."""
    statement = (
        select(PaperStep, col(Person.name))
        .join(Person, col(Person.id) == col(PaperStep.person_id))
        .where(col(PaperStep.paper_id) == paper_id)
        .order_by(col(PaperStep.id).desc())
    )
    return [StepRow(step, name) for step, name in session.exec(statement)]


@dataclass(frozen=True)
class Slot:
    """A meeting on whose agenda a paper can be put."""

    key: str
    title: str
    date: date | None
    body_id: int


_AHEAD = (MeetingState.DRAFT, MeetingState.SCHEDULED, MeetingState.INVITED)


def meetings_ahead(session: Session, body_ids: Collection[int]) -> list[Slot]:
    """The meetings to come of these bodies, the next one first. One statement."""
    statement = (
        select(col(Meeting.key), col(Meeting.title), col(Meeting.date), col(Meeting.body_id))
        .where(col(Meeting.body_id).in_(body_ids), col(Meeting.state).in_(_AHEAD))
        .order_by(col(Meeting.date).asc().nulls_last(), col(Meeting.id))
    )
    return [Slot(*row) for row in session.exec(statement)]


def waiting_papers(session: Session, body_id: int) -> list[tuple[FoundPaper, Stop]]:
    """Permitted papers with the step at which this body has still to deal with them and that stands on no agenda.

    For whoever plans the body's meetings. Four statements.
    """
    return [
        (found, stop)
        for found in found_papers(session, col(Paper.state) == PaperState.PERMITTED)
        if found.standing != Standing.DECIDED
        for stop in found.stops
        if stop.station.body_id == body_id and not stop.on_agenda and not stop.settled
    ]
