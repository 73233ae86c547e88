"""Writing papers and moving them through their life. Once submitted, every change is a version that stays."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import ChangedMeanwhile, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.keys import next_key
from knowledge.conversation.following import follow
from knowledge.conversation.versions import keep_version
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue
from meetings.bodies.models import Body
from meetings.papers import policy
from meetings.papers.checking import look_at, look_at_earlier
from meetings.papers.drafts import TEXTS, PaperDraft, StationDraft
from meetings.papers.models import Paper, PaperStation, PaperStep, PaperSubject
from meetings.papers.queries import FoundPaper, paper_by_id
from meetings.papers.rules import LIFE, PaperFacts, ends_somewhere, may_take_route, series_of
from meetings.papers.states import PaperState, Standing, StationRole

KINDS = ("gap", "topic", "solution", "agreement")


def begin_paper(work: Work, draft: PaperDraft, confirmed: Collection[str] = ()) -> Paper:
    """Write a paper of one's own organisation; nobody else but the office sees it until it is permitted.

    `confirmed` are the keys of passages that a person looked at and left in; Unchecked if others remain.
    """
    work.require(policy.may_begin_paper(work.actor))
    look_at(work.session, draft.texts().values(), confirmed)
    paper = Paper(
        title=draft.title,
        originator_id=work.actor.organisation_id,
        created_by_id=work.actor.person_id,
        created_at=work.now,
    )
    work.session.add(paper)
    _write(work, paper, draft)
    follow(work, work.actor.person_id, "paper", paper.id or 0)
    work.record("paper.begun", paper)
    return paper


def locked(work: Work, paper_id: int) -> FoundPaper:
    """The paper with its row held until the transaction ends; NotFound if there is none."""
    work.session.exec(select(Paper.id).where(col(Paper.id) == paper_id).with_for_update()).first()
    found = paper_by_id(work.session, paper_id)
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return found


def change_paper(
    work: Work, paper_id: int, draft: PaperDraft, version: int, confirmed: Collection[str] = ()
) -> FoundPaper:
    """Change text and route; ChangedMeanwhile if somebody saved after the form was opened; Unchecked as above."""
    found = locked(work, paper_id)
    work.require(policy.may_edit_paper(work.actor, found))
    if found.paper.version != version:
        raise ChangedMeanwhile(_("Diese Vorlage wurde inzwischen von jemand anderem geändert."))
    if found.standing == Standing.DECIDED:
        raise InvalidInput(_("Über die Vorlage ist entschieden; sie bleibt, wie sie ist."))
    before = texts_of(found.paper)
    look_at(work.session, draft.texts().values(), confirmed, before.values())
    _write(work, found.paper, draft)
    found.paper.version += 1
    if found.state != PaperState.DRAFT:
        keep_version(work, "paper", found.id, texts_of(found.paper), before=before)
    work.record("paper.changed", found.paper, version=found.paper.version)
    index_again(work, found.paper)
    return found


def texts_of(paper: Paper) -> Mapping[str, str]:
    """What is written in a paper, field by field."""
    return {name: getattr(paper, name) for name in TEXTS}


def _write(work: Work, paper: Paper, draft: PaperDraft) -> None:
    paper.kind, paper.public, paper.lead_id = draft.kind, draft.public, draft.lead_id
    for name, value in draft.texts().items():
        setattr(paper, name, value)
    work.session.add(paper)
    work.session.flush()
    _write_subjects(work, paper, draft)
    _write_route(work, paper, draft.route)


def _write_subjects(work: Work, paper: Paper, draft: PaperDraft) -> None:
    for old in work.session.exec(select(PaperSubject).where(col(PaperSubject.paper_id) == paper.id)).all():
        work.session.delete(old)
    for position, (kind, thing_id) in enumerate(draft.subjects):
        work.session.add(PaperSubject(paper_id=paper.id or 0, position=position, **{f"{kind}_id": thing_id}))


def _write_route(work: Work, paper: Paper, route: Sequence[StationDraft]) -> None:
    """The steps as typed; a step that stays keeps its item and its recommendation."""
    verdict = may_take_route([(station.body_id, station.role) for station in route])
    if not verdict:
        raise InvalidInput(_(verdict.reason))
    rows = work.session.exec(select(PaperStation).where(col(PaperStation.paper_id) == paper.id)).all()
    known = {(row.body_id, row.role): row for row in rows}
    for gone in set(known) - {(station.body_id, station.role) for station in route}:
        _drop_station(work, known.pop(gone))
    for place, row in enumerate(known.values()):
        row.position = -1 - place
    work.session.flush()
    for position, station in enumerate(route):
        row = known.get((station.body_id, station.role)) or PaperStation(
            paper_id=paper.id or 0, body_id=station.body_id, role=station.role
        )
        row.position, row.target_date = position, station.target_date
        work.session.add(row)
    work.session.flush()


def _drop_station(work: Work, row: PaperStation) -> None:
    if row.item_id is not None or row.recommendation is not None:
        raise InvalidInput(
            _("Ein Schritt, der auf einer Tagesordnung steht oder eine Empfehlung hat, bleibt in der Beratungsfolge.")
        )
    work.session.delete(row)


def move_paper(work: Work, paper_id: int, target: PaperState, comment: str = "") -> FoundPaper:
    """Take a step in the life of a paper; submitting gives it its number, returning needs a comment."""
    found = locked(work, paper_id)
    paper, source = found.paper, found.paper.state
    work.require(policy.may_move_paper(work.actor, found))
    LIFE.require(source, target, policy.roles_in(work.actor, found), facts_of(found, comment))
    paper.state = target
    if target == PaperState.SUBMITTED:
        _submit(work, found)
    work.session.add(paper)
    step = PaperStep(paper_id=found.id, at=work.now, person_id=work.actor.person_id, source=source, target=target)
    step.comment = comment.strip()
    work.session.add(step)
    work.record("paper.moved", paper, source=source.value, target=target.value)
    index_again(work, paper)
    return found


def facts_of(found: FoundPaper, comment: str = "") -> PaperFacts:
    """What the lifecycle's guards look at."""
    return PaperFacts(
        written=bool(found.paper.situation.strip() and found.paper.proposal.strip()),
        decides=ends_somewhere(stop.station.role for stop in found.stops),
        comment=comment,
        on_agenda=any(stop.on_agenda for stop in found.stops),
        decided=found.standing == Standing.DECIDED,
    )


def _submit(work: Work, found: FoundPaper) -> None:
    """The number without gaps, once; and the text as it was handed in."""
    paper = found.paper
    if paper.reference is None:
        series = series_of(_numbering_body(found).key, work.now.astimezone(LOCAL).year)
        given = select(Paper.reference).where(col(Paper.reference).startswith(series))
        paper.reference = next_key(work.session, work.tenant_id, series, given)
    paper.submitted_at = work.now
    keep_version(work, "paper", found.id, texts_of(paper), note=_("eingereicht"))


def _numbering_body(found: FoundPaper) -> Body:
    """The body that decides, else the last one that takes note."""
    deciding = [stop.body for stop in found.stops if stop.station.role == StationRole.DECISION]
    return (deciding or [stop.body for stop in found.stops])[-1]


def index_again(work: Work, paper: Paper) -> None:
    """Have search look at the paper again; it is known there by its reference."""
    if paper.reference is not None:
        enqueue(work.session, Kind.PAPER, paper.reference)


def restore(work: Work, paper_id: int, texts: Mapping[str, str]) -> None:
    """Put the texts of an earlier version back, as a change like any other; the route stays."""
    found = locked(work, paper_id)
    work.require(policy.may_edit_paper(work.actor, found))
    if found.standing == Standing.DECIDED:
        raise InvalidInput(_("Über die Vorlage ist entschieden; sie bleibt, wie sie ist."))
    look_at_earlier(work.session, texts.values(), texts_of(found.paper).values())
    for name in TEXTS:
        setattr(found.paper, name, texts.get(name, ""))
    found.paper.version += 1
    work.session.add(found.paper)
    keep_version(work, "paper", found.id, texts_of(found.paper))
    work.record("paper.changed", found.paper, version=found.paper.version)
    index_again(work, found.paper)
