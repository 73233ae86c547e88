"""What a workshop found, case by case, as far as the reader may read the cases; what is open; who presented it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import Actor
from app.people.models import Organisation, Person
from knowledge.aftermath.models import WorkshopReview
from knowledge.aftermath.passages import count_open, to_decide
from knowledge.aftermath.rules import ClusterFacts, Lack, lacking
from knowledge.cases import access
from knowledge.cases.access import FoundCase
from knowledge.cases.models import Finding, Station
from knowledge.cases.passages import MarkedText
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps
from knowledge.reconstruction.card_models import WorkshopQuestion
from knowledge.reconstruction.card_queries import ClusterOutcome, outcome
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.policy import WorkshopAccess
from knowledge.workshops.queries import access_of


@dataclass(frozen=True)
class FoundWorkshop:
    """A workshop with what its policies ask for."""

    workshop: Workshop
    access: WorkshopAccess


@dataclass(frozen=True)
class FindingLine:
    """A finding, its station and the gap that it feeds, if the reader may read that gap."""

    finding: Finding
    station: Station
    gap: Gap | None


@dataclass(frozen=True)
class QuestionLine:
    """An open question with whoever takes it."""

    question: WorkshopQuestion
    owner: str


@dataclass(frozen=True)
class CaseReview:
    """One case of the workshop."""

    found: FoundCase
    findings: tuple[FindingLine, ...]
    clusters: tuple[ClusterOutcome, ...]
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class Review:
    """The review of a workshop for this reader. `hidden` cases of it they may not read."""

    cases: tuple[CaseReview, ...]
    hidden: int
    gaps: dict[int, Gap]
    row: WorkshopReview | None
    presenter: str
    lacks: dict[Lack, int]
    marked: list[MarkedText]


def workshop_by_key(session: Session, key: str, **_address: object) -> FoundWorkshop | None:
    """The workshop of this key."""
    workshop = session.exec(select(Workshop).where(col(Workshop.key) == key)).first()
    return FoundWorkshop(workshop, access_of(session, workshop)) if workshop else None


def review_row(session: Session, workshop_id: int) -> WorkshopReview | None:
    """Who presented and who released."""
    return session.exec(select(WorkshopReview).where(col(WorkshopReview.workshop_id) == workshop_id)).first()


def review_of(session: Session, actor: Actor, workshop: Workshop) -> Review:
    """Everything on the page of the review. A fixed number of statements."""
    workshop_id = workshop.id or 0
    ids = session.exec(select(WorkshopCase.case_id).where(col(WorkshopCase.workshop_id) == workshop_id)).all()
    readable = access.readable_cases(session, actor, clock.today(), ids) if ids else []
    findings = _findings(session, actor, [found.id for found in readable])
    questions = questions_of(session, workshop_id)
    clusters: dict[int, list[ClusterOutcome]] = defaultdict(list)
    everything = outcome(session, workshop_id)
    for each in everything:
        clusters[each.workshop_case_id].append(each)
    cases = tuple(
        CaseReview(found, tuple(findings[found.id]), tuple(clusters[entry]), tuple(questions[entry]))
        for found in readable
        for entry in [(found.workshop_case.id or 0) if found.workshop_case else 0]
    )
    row = review_row(session, workshop_id)
    presenter = session.exec(select(Person.name).where(col(Person.id) == (row.ready_by_id if row else 0))).first()
    return Review(
        cases,
        len(ids) - len(readable),
        _gaps(session, actor, {each.gap_id for each in everything if each.gap_id}),
        row,
        presenter or "",
        lacks_of(session, workshop_id),
        to_decide(session, workshop_id, {found.id for found in readable}),
    )


def readable_ids(session: Session, actor: Actor, workshop_id: int) -> set[int]:
    """The cases of a workshop that this person may read."""
    ids = session.exec(select(WorkshopCase.case_id).where(col(WorkshopCase.workshop_id) == workshop_id)).all()
    return {found.id for found in access.readable_cases(session, actor, clock.today(), ids)} if ids else set()


def lacks_of(session: Session, workshop_id: int) -> dict[Lack, int]:
    """What is open, in all cases of the workshop. Six statements, and some for each case with added stations."""
    linked = session.exec(
        select(Finding.gap_id)
        .join(Station, col(Station.id) == col(Finding.station_id))
        .join(WorkshopCase, col(WorkshopCase.case_id) == col(Station.case_id))
        .where(col(WorkshopCase.workshop_id) == workshop_id, col(Finding.text) != "")
    ).all()
    owned = [bool(line.owner) for lines in questions_of(session, workshop_id).values() for line in lines]
    facts = [ClusterFacts(each.decision, each.gap_id) for each in outcome(session, workshop_id)]
    return lacking(facts, linked, owned, count_open(session, workshop_id))


def _findings(session: Session, actor: Actor, case_ids: Collection[int]) -> dict[int, list[FindingLine]]:
    rows = session.exec(
        select(Finding, Station, Gap)
        .join(Station, col(Station.id) == col(Finding.station_id))
        .outerjoin(Gap, (col(Gap.id) == col(Finding.gap_id)) & readable_gaps(actor))
        .where(col(Station.case_id).in_(case_ids))
        .order_by(col(Station.month), col(Station.position), col(Finding.position), col(Finding.id))
    )
    found: dict[int, list[FindingLine]] = defaultdict(list)
    for finding, station, gap in rows:
        found[station.case_id].append(FindingLine(finding, station, gap))
    return found


def questions_of(session: Session, workshop_id: int) -> dict[int, list[QuestionLine]]:
    """The open questions of a workshop, by its entries. One statement."""
    rows = session.exec(
        select(WorkshopQuestion, Person.name, Organisation.name)
        .join(WorkshopCase, col(WorkshopCase.id) == col(WorkshopQuestion.workshop_case_id))
        .outerjoin(Person, col(Person.id) == col(WorkshopQuestion.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(WorkshopQuestion.organisation_id))
        .where(col(WorkshopCase.workshop_id) == workshop_id)
        .order_by(col(WorkshopQuestion.id))
    )
    found: dict[int, list[QuestionLine]] = defaultdict(list)
    for question, person, organisation in rows:
        found[question.workshop_case_id].append(QuestionLine(question, person or organisation or ""))
    return found


def _gaps(session: Session, actor: Actor, ids: Collection[int]) -> dict[int, Gap]:
    rows = session.exec(select(Gap).where(col(Gap.id).in_(ids), readable_gaps(actor))).all() if ids else []
    return {gap.id or 0: gap for gap in rows}
