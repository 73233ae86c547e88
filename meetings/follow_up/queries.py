"""Reading the control of decisions: the tasks that a person may read, one with its reports, what a body has to note."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, or_, true
from sqlmodel import Session, col, select

from app.core import clock
from app.core.permissions import ADVISORY, OFFICE, VOTING, Actor
from app.people.models import Organisation, Person
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of
from meetings.decisions.models import Decision
from meetings.follow_up.models import DecisionTask, TaskReport
from meetings.follow_up.policy import TaskAccess
from meetings.follow_up.rules import LISTED, Light, is_overdue, light

NOTING = (MeetingState.RUNNING, MeetingState.PAUSED, MeetingState.HELD, MeetingState.CLOSED)
"""Meetings in which a body can have taken note."""


@dataclass(frozen=True, kw_only=True)
class FoundTask(TaskAccess):
    """A task with what it came from; also what the predicates ask for."""

    task: DecisionTask
    body_row: Body
    organisation: str = ""
    decision: Decision | None = None
    meeting: Meeting | None = None
    item: AgendaItem | None = None

    @property
    def id(self) -> int:
        """The task's id, which names its row."""
        return self.task.id or 0

    @property
    def light(self) -> Light:
        """Its traffic light today."""
        return light(self.task.state, self.task.due, clock.today())

    @property
    def overdue(self) -> bool:
        """Whether its day is over."""
        return is_overdue(self.task.state, self.task.due, clock.today())


def tasks_of_body(session: Session, body_id: int) -> list[DecisionTask]:
    """Every task of a body in the order of its keys, those included that left the list. One statement."""
    statement = select(DecisionTask).where(col(DecisionTask.body_id) == body_id)
    return list(session.exec(statement.order_by(col(DecisionTask.id))))


def found_tasks(session: Session, *conditions: ColumnElement[bool]) -> list[FoundTask]:
    """The tasks that meet the conditions, by due day; those without one last. One statement."""
    rows: Any = session.exec(
        select(DecisionTask, Body, Organisation.name, Decision, Meeting, AgendaItem)  # type: ignore[call-overload]
        .join(Body, col(Body.id) == col(DecisionTask.body_id))
        .outerjoin(Organisation, col(Organisation.id) == col(DecisionTask.organisation_id))
        .outerjoin(Decision, col(Decision.id) == col(DecisionTask.decision_id))
        .outerjoin(Meeting, col(Meeting.id) == col(DecisionTask.meeting_id))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(DecisionTask.item_id))
        .where(*conditions)
        .order_by(col(DecisionTask.due).asc().nulls_last(), col(DecisionTask.id))
    )
    return [_found(*row) for row in rows]


def _found(
    task: DecisionTask,
    body: Body,
    organisation: str | None,
    decision: Decision | None,
    meeting: Meeting | None,
    item: AgendaItem | None,
) -> FoundTask:
    return FoundTask(
        body=access_of(body),
        organisation_id=task.organisation_id,
        person_id=task.person_id,
        task=task,
        body_row=body,
        organisation=organisation or "",
        decision=decision,
        meeting=meeting,
        item=item,
    )


def readable(actor: Actor) -> ColumnElement[bool]:
    """The tasks that the person may read, as a condition; the rule itself is `may_read_task`."""
    if actor.has_role("coordination"):
        return true()
    own = [seat.body_id for seat in actor.seats if seat.kind in (VOTING, ADVISORY, OFFICE)]
    return or_(
        col(Body.id).in_(own) if own else false(),
        col(Body.chair_id) == actor.person_id,
        col(Body.chair_id).is_(None) & (col(Body.lead_id) == actor.person_id),
        col(DecisionTask.organisation_id) == actor.organisation_id,
        col(DecisionTask.person_id) == actor.person_id,
    )


@dataclass(frozen=True)
class Choice:
    """What a person wants to see; an empty value does not narrow it."""

    light: str = ""
    body: str = ""
    organisation: str = ""
    text: str = ""
    everything: bool = False
    mine: bool = False

    @property
    def parameters(self) -> dict[str, Any]:
        """The choice as it stands in an address."""
        values = {
            "ampel": self.light,
            "gremium": self.body,
            "organisation": self.organisation,
            "q": self.text,
            "alle": "1" if self.everything else "",
            "eigene": "1" if self.mine else "",
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class TaskList:
    """The tasks that were asked for, and how many there are of each light without that part of the question."""

    choice: Choice
    rows: list[FoundTask]
    lights: dict[Light, int] = field(default_factory=dict)
    bodies: tuple[tuple[str, str], ...] = ()
    organisations: tuple[str, ...] = ()


def task_list(session: Session, actor: Actor, choice: Choice) -> TaskList:
    """The tasks that the person may read and asked for. One statement."""
    conditions = [readable(actor)] + ([] if choice.everything else [col(DecisionTask.state).in_(LISTED)])
    found = found_tasks(session, *conditions)
    bodies = tuple(sorted({(each.body_row.key, each.body_row.name) for each in found}, key=lambda each: each[1]))
    organisations = tuple(sorted({each.organisation for each in found if each.organisation}))
    wanted = [each for each in found if _is_wanted(each, actor, choice)]
    lights = {each: sum(row.light == each for row in wanted) for each in Light}
    rows = [row for row in wanted if not choice.light or row.light == choice.light]
    return TaskList(choice, rows, lights, bodies, organisations)


def _is_wanted(found: FoundTask, actor: Actor, choice: Choice) -> bool:
    text = f"{found.task.key} {found.task.text}".casefold()
    return (
        (not choice.body or found.body_row.key == choice.body)
        and (not choice.organisation or found.organisation == choice.organisation)
        and choice.text.casefold() in text
        and (not choice.mine or found.task.organisation_id == actor.organisation_id)
    )


def task_by_key(session: Session, key: str, **_address: object) -> FoundTask | None:
    """The task with this key. One statement."""
    return next(iter(found_tasks(session, col(DecisionTask.key) == key)), None)


@dataclass(frozen=True)
class Report:
    """A report with who gave it."""

    row: TaskReport
    person: str
    organisation: str


def reports_of(session: Session, task_ids: Collection[int]) -> dict[int, list[Report]]:
    """The reports on tasks, the newest first. One statement."""
    rows = session.exec(
        select(TaskReport, Person.name, Organisation.name)
        .join(Person, col(Person.id) == col(TaskReport.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(TaskReport.organisation_id))
        .where(col(TaskReport.task_id).in_(task_ids))
        .order_by(col(TaskReport.id).desc())
    )
    found: dict[int, list[Report]] = {}
    for row, person, organisation in rows:
        found.setdefault(row.task_id, []).append(Report(row, person, organisation or ""))
    return found


def noting_meetings(session: Session, task: DecisionTask) -> list[Meeting]:
    """The meetings that can have taken note of a task: begun, and not before the day of its last report.

    The newest first. Two statements.
    """
    last = select(TaskReport.at).where(col(TaskReport.task_id) == task.id).order_by(col(TaskReport.id).desc())
    reported = session.exec(last.limit(1)).first()
    statement = select(Meeting).where(col(Meeting.body_id) == task.body_id, col(Meeting.state).in_(NOTING))
    if reported is not None:
        statement = statement.where(col(Meeting.date) >= reported.astimezone(clock.LOCAL).date())
    return list(session.exec(statement.order_by(col(Meeting.date).desc())))


def tasks_of_decisions(session: Session, decision_ids: Collection[int]) -> list[FoundTask]:
    """The tasks that came from these decisions. One statement."""
    return found_tasks(session, col(DecisionTask.decision_id).in_(decision_ids))


def due_tasks(session: Session, until: date) -> list[FoundTask]:
    """The tasks that are worked on and due until a day. One statement."""
    working = [state for state in LISTED if state != "done_reported"]
    return found_tasks(session, col(DecisionTask.state).in_(working), col(DecisionTask.due) <= until)
