"""Reading scorings: one with its item and who has answered, those of items, marks, the weights of a body."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from app.core import clock
from app.core.permissions import VOTING, Actor
from knowledge.taxonomy import lists
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.queries import FoundItem, found_item, meeting_by_id
from meetings.bodies.models import Body, Seat
from meetings.bodies.queries import seat_rows, valid_on
from meetings.bodies.states import SeatKind
from meetings.scoring.models import BodyCriterion, Scoring, ScoringMark, ScoringSheet
from meetings.scoring.policy import ScoringAccess
from meetings.scoring.rules import Key, Marks, ScoringRule, thaw_scoring
from meetings.scoring.states import ScoringState
from meetings.scoring.weighing import Cell, cells_of

CRITERIA = "priority_criteria"


@dataclass(frozen=True, kw_only=True)
class FoundScoring(ScoringAccess):
    """A scoring in its item; also what the predicates ask for. `organisations` are the names of those asked."""

    meeting: FoundItem
    row: Scoring
    rule: ScoringRule
    organisations: Mapping[int, str] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The scoring's id."""
        return self.row.id or 0

    @property
    def is_open(self) -> bool:
        """Whether sheets are taken at all."""
        return self.row.state == ScoringState.OPEN

    @property
    def missing(self) -> list[str]:
        """Who has not answered anything."""
        return [name for id_, name in self.organisations.items() if id_ not in self.answered]


def scoring_by_id(session: Session, scoring_id: int) -> FoundScoring | None:
    """The scoring with this id. Six statements."""
    statement = (
        select(Scoring, AgendaItem)
        .join(AgendaItem, col(AgendaItem.id) == col(Scoring.item_id))
        .where(col(Scoring.id) == scoring_id)
    )
    row = session.exec(statement).first()
    meeting = meeting_by_id(session, row[1].meeting_id) if row else None
    return found_in(session, found_item(meeting, row[1]), row[0]) if row and meeting else None


def found_in(session: Session, item: FoundItem, row: Scoring) -> FoundScoring:
    """A loaded scoring of an item with those who are asked. Two statements."""
    rule = thaw_scoring(row.rule)
    day = item.meeting.date or clock.today()
    seats = [each for each in seat_rows(session, item.body.body_id, day) if each.kind == SeatKind.VOTING]
    sheets = session.exec(
        select(col(ScoringSheet.organisation_id), col(ScoringSheet.by_office), func.count(col(ScoringMark.id)))
        .outerjoin(ScoringMark, col(ScoringMark.sheet_id) == col(ScoringSheet.id))
        .where(col(ScoringSheet.scoring_id) == row.id)
        .group_by(col(ScoringSheet.organisation_id), col(ScoringSheet.by_office))
    ).all()
    return FoundScoring(
        meeting=item,
        state=row.state,
        shown=rule.shown,
        late=rule.late,
        over=clock.now() >= row.deadline,
        seats={each.seat_id: each.organisation_id for each in seats},
        answered=frozenset(id_ for id_, _by, _marks in sheets),
        complete=frozenset(id_ for id_, _by, marks in sheets if marks == rule.questions),
        by_office=frozenset(id_ for id_, by_office, _marks in sheets if by_office),
        row=row,
        rule=rule,
        organisations={each.organisation_id: each.organisation for each in seats},
    )


def scoring_of_item(session: Session, item_id: int) -> Scoring | None:
    """The scoring that holds for an item: the last one that was not taken back. One statement."""
    statement = select(Scoring).where(col(Scoring.item_id) == item_id, col(Scoring.state) != ScoringState.WITHDRAWN)
    return session.exec(statement.order_by(col(Scoring.id).desc())).first()


def sheet_of(session: Session, scoring_id: int, organisation_id: int) -> ScoringSheet | None:
    """The sheet of an organisation. One statement."""
    statement = select(ScoringSheet).where(
        col(ScoringSheet.scoring_id) == scoring_id, col(ScoringSheet.organisation_id) == organisation_id
    )
    return session.exec(statement).first()


def marks_of(session: Session, sheet_id: int) -> dict[Key, int | None]:
    """The marks of one sheet. One statement."""
    rows = session.exec(select(ScoringMark).where(col(ScoringMark.sheet_id) == sheet_id))
    return {(str(row.topic_id), row.criterion): row.mark for row in rows}


def sheets_of(session: Session, scoring_ids: Collection[int]) -> dict[int, list[Marks]]:
    """The marks of all sheets by scoring, without whose they are. One statement."""
    statement = (
        select(ScoringMark, col(ScoringSheet.scoring_id))
        .join(ScoringSheet, col(ScoringSheet.id) == col(ScoringMark.sheet_id))
        .where(col(ScoringSheet.scoring_id).in_(scoring_ids))
    )
    found: dict[int, dict[int, dict[Key, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for row, scoring_id in session.exec(statement):
        found[scoring_id][row.sheet_id][str(row.topic_id), row.criterion] = row.mark
    return {id_: list(sheets.values()) for id_, sheets in found.items()}


def cells_in(session: Session, found: FoundScoring) -> dict[Key, Cell]:
    """What was said to each criterion of each topic. One statement."""
    return cells_of(found.rule, sheets_of(session, [found.id]).get(found.id, []))


def late_ones(session: Session, scoring_id: int) -> int:
    """How many sheets came after the deadline. One statement."""
    statement = select(col(ScoringSheet.id)).where(
        col(ScoringSheet.scoring_id) == scoring_id, col(ScoringSheet.late).is_(True)
    )
    return len(session.exec(statement).all())


def weights_of(session: Session, body: Body) -> dict[str, int]:
    """How much each criterion counts in a body: its own weights, else its parent's, else the shipped ones."""
    wanted = [id_ for id_ in (body.id, body.parent_id) if id_]
    rows = session.exec(select(BodyCriterion).where(col(BodyCriterion.body_id).in_(wanted))).all()
    shipped = {each.key: each.weight or 0 for each in lists.entries(CRITERIA)}
    for id_ in wanted:
        own = {row.criterion: row.weight for row in rows if row.body_id == id_ and row.criterion in shipped}
        if own:
            return {key: own.get(key, 0) for key in shipped}
    return shipped


@dataclass(frozen=True)
class WaitingScoring:
    """An open scoring in which the sheet of an organisation is missing or not complete."""

    scoring: Scoring
    item: AgendaItem
    meeting: Meeting
    answers: int


def waiting_for(session: Session, actor: Actor) -> list[WaitingScoring]:
    """The open scorings of bodies in which the person has a voting seat, with how much is answered. Two statements."""
    seats = [seat.seat_id for seat in actor.seats if seat.kind == VOTING]
    if not seats:
        return []
    statement = (
        select(Scoring, AgendaItem, Meeting, col(Seat.organisation_id))
        .join(AgendaItem, col(AgendaItem.id) == col(Scoring.item_id))
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .join(Seat, col(Seat.body_id) == col(Meeting.body_id))
        .where(col(Scoring.state) == ScoringState.OPEN, col(Seat.id).in_(seats), valid_on(Seat, clock.today()))
        .order_by(col(Scoring.deadline), col(Scoring.id))
    )
    rows = session.exec(statement).all()
    answered = _answers(session, [scoring.id or 0 for scoring, *_rest in rows])
    found = {
        scoring.id: WaitingScoring(scoring, item, meeting, answered.get((scoring.id or 0, organisation), 0))
        for scoring, item, meeting, organisation in rows
    }
    return list(found.values())


def _answers(session: Session, scoring_ids: Collection[int]) -> dict[tuple[int, int], int]:
    statement = (
        select(col(ScoringSheet.scoring_id), col(ScoringSheet.organisation_id))
        .join(ScoringMark, col(ScoringMark.sheet_id) == col(ScoringSheet.id))
        .where(col(ScoringSheet.scoring_id).in_(scoring_ids))
    )
    found: dict[tuple[int, int], int] = {}
    for key in session.exec(statement):
        found[key] = found.get(key, 0) + 1
    return found
