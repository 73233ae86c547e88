"""The tables of the control of decisions: tasks, and the reports on them."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.follow_up.states import TaskState


class DecisionTask(TenantOwned, table=True):
    """What somebody has to do because a body said so. `due`: until when; of a continuous task the next date.

    `captured_id`: the task that was captured in the meeting. `noted_in_id`: the meeting that took note of its end.
    `reminded_for`: the day on which it was due when its organisation was last reminded.
    """

    __tablename__ = "decision_task"
    __table_args__ = (UniqueConstraint("tenant_id", "key"), UniqueConstraint("captured_id"))

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    body_id: int = owned_by("body.id")
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    decision_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    captured_id: int | None = Field(default=None, foreign_key="captured.id", ondelete="SET NULL")
    text: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    due: dt.date | None = Field(default=None, index=True)
    state: TaskState = enum_field(TaskState, "state", default=TaskState.OPEN, index=True)
    reason: str | None = None
    superseded_by_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    created_at: dt.datetime
    noted_in_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    reminded_for: dt.date | None = None
    version: int = 1


class TaskReport(TenantOwned, table=True):
    """What was reported on a task, and where it stood then; rows are only added."""

    __tablename__ = "task_report"

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = owned_by("decision_task.id")
    at: dt.datetime
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    state: TaskState = enum_field(TaskState, "state")
    due: dt.date | None = None
    text: str
