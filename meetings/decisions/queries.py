"""Reading decisions: one with what it is about, the register, the decisions of items, meetings and bodies."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true, union_all
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select
from werkzeug.datastructures import MultiDict

from app.core.permissions import ADVISORY, OFFICE, VOTING, Actor
from app.people.models import Organisation
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import DecisionKind
from meetings.agreements.models import Obligation
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of
from meetings.bodies.states import BodyKind
from meetings.circular.models import Circular
from meetings.decisions.models import Decision, DecisionSubject
from meetings.decisions.policy import DecisionAccess
from meetings.follow_up.models import DecisionTask
from meetings.register.models import DecisionReplacement

PAGE_SIZE = 25
KINDS = tuple(DecisionKind)
"""What the register can be narrowed to."""


@dataclass(frozen=True, kw_only=True)
class FoundDecision(DecisionAccess):
    """A decision with its body, and its meeting and item if it was made in one; also what the predicates ask for."""

    decision: Decision
    body_row: Body
    meeting: Meeting | None = None
    item: AgendaItem | None = None

    @property
    def id(self) -> int:
        """The decision's id, which names its row."""
        return self.decision.id or 0


def body_of_decision() -> ColumnElement[int]:
    """The body that decided: the meeting's; for one in writing the body asked, else the steering body."""
    asked = select(func.min(col(Circular.body_id))).where(col(Circular.decision_id) == col(Decision.id))
    steering = select(func.min(col(Body.id))).where(col(Body.kind) == BodyKind.STEERING).scalar_subquery()
    return func.coalesce(col(Meeting.body_id), asked.correlate(Decision).scalar_subquery(), steering)


Rows = Select[Decision, Meeting, AgendaItem, Body]


def decisions_with_bodies(*conditions: ColumnElement[bool]) -> Rows:
    """Decisions with meeting, item and body, the newest first."""
    return (
        select(Decision, Meeting, AgendaItem, Body)
        .select_from(Decision)
        .outerjoin(Meeting, col(Meeting.id) == col(Decision.meeting_id))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(Decision.item_id))
        .join(Body, col(Body.id) == body_of_decision())
        .where(*conditions)
        .order_by(col(Decision.date).desc(), col(Decision.id).desc())
    )


def found_decisions(session: Session, statement: Rows) -> list[FoundDecision]:
    """The rows of such a statement as things that predicates can be asked about. One statement."""
    return [_found(*row) for row in session.exec(statement).all()]


def _found(decision: Decision, meeting: Meeting | None, item: AgendaItem | None, body: Body) -> FoundDecision:
    return FoundDecision(body=access_of(body), decision=decision, body_row=body, meeting=meeting, item=item)


def decision_by_key(session: Session, key: str) -> FoundDecision | None:
    """The decision with this key. One statement."""
    return next(iter(found_decisions(session, decisions_with_bodies(col(Decision.key) == key))), None)


def readable_decisions(actor: Actor) -> ColumnElement[bool]:
    """The decisions that the person may read, as a condition; the rule itself is `may_read_decision`."""
    if actor.has_role("coordination"):
        return true()
    own = [seat.body_id for seat in actor.seats if seat.kind in (VOTING, ADVISORY, OFFICE)]
    leads = func.coalesce(col(Body.chair_id), col(Body.lead_id)) == actor.person_id
    return or_(col(Body.id).in_(own) if own else false(), leads)


def of_items(session: Session, item_ids: Collection[int]) -> dict[int, list[Decision]]:
    """The decisions of each item, the earliest first. One statement."""
    found: dict[int, list[Decision]] = {}
    statement = select(Decision).where(col(Decision.item_id).in_(item_ids)).order_by(col(Decision.id))
    for decision in session.exec(statement):
        found.setdefault(decision.item_id or 0, []).append(decision)
    return found


def of_meeting(session: Session, meeting_id: int) -> list[Decision]:
    """The decisions of a meeting, the earliest first. One statement."""
    statement = select(Decision).where(col(Decision.meeting_id) == meeting_id).order_by(col(Decision.id))
    return list(session.exec(statement))


def number_per_meeting(session: Session, meeting_ids: Collection[int]) -> dict[int, int]:
    """How many decisions each meeting made. One statement."""
    statement = select(col(Decision.meeting_id), func.count()).where(col(Decision.meeting_id).in_(meeting_ids))
    return {key or 0: number for key, number in session.exec(statement.group_by(col(Decision.meeting_id)))}


def of_body(session: Session, actor: Actor, body_id: int, limit: int) -> list[FoundDecision]:
    """The newest decisions of a body that the person may read. One statement."""
    return found_decisions(
        session, decisions_with_bodies(col(Body.id) == body_id, readable_decisions(actor)).limit(limit)
    )


@dataclass(frozen=True)
class Search:
    """What a person looks for in the register; an empty value does not narrow it."""

    text: str = ""
    year: int | None = None
    kind: str = ""
    body: str = ""
    state: str = ""
    organisation: str = ""
    page: int = 1

    @classmethod
    def of(cls, asked: MultiDict[str, str]) -> "Search":
        """The search that an address names."""
        return cls(
            text=asked.get("q", "").strip()[:100],
            year=asked.get("jahr", type=int),
            kind=asked.get("art", ""),
            body=asked.get("gremium", ""),
            state=asked.get("stand", ""),
            organisation=asked.get("organisation", ""),
            page=max(1, asked.get("seite", 1, type=int)),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """The search as it stands in an address, without the page."""
        values = {
            "q": self.text,
            "jahr": self.year,
            "art": self.kind,
            "gremium": self.body,
            "stand": self.state,
            "organisation": self.organisation,
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class Register:
    """One page of the register."""

    search: Search
    rows: list[FoundDecision]
    total: int
    pages: int
    replaced: frozenset[int] = frozenset()


_SEARCHED = (col(Decision.text), col(Decision.key), col(AgendaItem.title))


def _forms(text: str) -> list[str]:
    """The patterns of a typed text: SQLite ignores the case of ASCII letters only, so umlauts come in both."""
    literal = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return [f"%{form}%" for form in dict.fromkeys((literal, literal.lower(), literal.capitalize()))]


def contains(text: str) -> list[ColumnElement[bool]]:
    """That a typed text stands in the wording, the number, or the title of the item; nothing for no text."""
    if not text:
        return []
    return [or_(*(column.ilike(form, escape="!") for form in _forms(text) for column in _SEARCHED))]


def _conditions(actor: Actor, search: Search) -> Iterable[ColumnElement[bool]]:
    yield readable_decisions(actor)
    yield from contains(search.text)
    if search.year and MINYEAR <= search.year <= MAXYEAR:
        yield col(Decision.date).between(date(search.year, 1, 1), date(search.year, 12, 31))
    if search.kind in set(DecisionKind):
        yield col(Decision.kind) == search.kind
    if search.body:
        yield col(Body.key) == search.body
    if search.state in STATES:
        yield _in_state(search.state)
    if search.organisation:
        yield col(Decision.id).in_(_obliging(search.organisation))


STATES = ("gueltig", "ersetzt", "abgelehnt", "kenntnis")
"""What the register calls how a decision stands today."""


def _in_state(state: str) -> ColumnElement[bool]:
    replaced = col(Decision.id).in_(select(DecisionReplacement.older_id))
    accepted = col(Decision.accepted)
    return {
        "gueltig": and_(accepted.is_(True), ~replaced),
        "ersetzt": replaced,
        "abgelehnt": accepted.is_(False),
        "kenntnis": accepted.is_(None),
    }[state]


def _obliging(organisation: str) -> Any:
    """The decisions on agreements in which the organisation takes on an obligation, and those that gave it a task."""
    agreed = (
        select(DecisionSubject.decision_id)
        .join(Obligation, col(Obligation.agreement_id) == col(DecisionSubject.agreement_id))
        .join(Organisation, col(Organisation.id) == col(Obligation.organisation_id))
        .where(col(Organisation.key) == organisation)
    )
    given = (
        select(col(DecisionTask.decision_id))
        .join(Organisation, col(Organisation.id) == col(DecisionTask.organisation_id))
        .where(col(Organisation.key) == organisation, col(DecisionTask.decision_id).is_not(None))
    )
    return union_all(agreed, given)


def every_decision(session: Session, actor: Actor, search: Search, most: int | None = None) -> list[FoundDecision]:
    """The decisions of a search that the person may read, the newest first, at most so many. One statement."""
    return found_decisions(session, decisions_with_bodies(*_conditions(actor, search)).limit(most))


def register(session: Session, actor: Actor, search: Search) -> Register:
    """One page of the decisions that the person may read, the newest first. Three statements."""
    statement = decisions_with_bodies(*_conditions(actor, search))
    counted = statement.with_only_columns(func.count(col(Decision.id))).order_by(None)
    number = session.scalar(counted) or 0
    pages = max(1, -(-number // PAGE_SIZE))
    offset = (min(search.page, pages) - 1) * PAGE_SIZE
    rows = found_decisions(session, statement.limit(PAGE_SIZE).offset(offset))
    older = col(DecisionReplacement.older_id)
    replaced = frozenset(session.exec(select(older).where(older.in_([row.id for row in rows]))))
    return Register(search, rows, number, pages, replaced)


def years(session: Session) -> list[int]:
    """The years from the newest to the oldest decision. One statement."""
    first, last = session.exec(select(func.min(col(Decision.date)), func.max(col(Decision.date)))).one()
    return list(range(last.year, first.year - 1, -1)) if first and last else []
