"""Letters before the day: once for each day that was set, to the organisation in charge. A letter names no content."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from app.core import audit, jobs
from app.core.clock import LOCAL
from app.core.i18n import _, show_date
from app.core.mail import send_later
from app.people.models import Person, Tenant
from knowledge.conversation.letters import absolute
from meetings.bodies.models import Seat, SeatHolder
from meetings.follow_up.models import DecisionTask
from meetings.follow_up.queries import FoundTask, due_tasks
from meetings.follow_up.rules import SOON, needs_reminder

if TYPE_CHECKING:
    from app.core.web import House

HOUR = 6


def register() -> None:
    """Look every morning."""
    jobs.daily("follow_up.remind", HOUR, remind_all)


def remind_all(house: "House", now: datetime) -> None:
    """Write to those in charge of every task whose day comes, in every county; each in a transaction of its own."""
    today = now.astimezone(LOCAL).date()
    with house.database.read() as session:
        tenants = [tenant_id or 0 for tenant_id in session.exec(select(Tenant.id))]
    for tenant_id in tenants:
        with house.database.read(tenant_id) as session:
            found = [each for each in due_tasks(session, today + SOON) if _is_due(each, now)]
        for each in found:
            house.writer.run(partial(_remind, task_id=each.id, now=now), tenant_id)


def _is_due(found: FoundTask, now: datetime) -> bool:
    task = found.task
    return needs_reminder(task.state, task.due, task.reminded_for, now.astimezone(LOCAL).date())


def _remind(session: Session, *, task_id: int, now: datetime) -> None:
    task = session.exec(select(DecisionTask).where(col(DecisionTask.id) == task_id).with_for_update()).one()
    if not needs_reminder(task.state, task.due, task.reminded_for, now.astimezone(LOCAL).date()):
        return
    for address in _addresses(session, task):
        send_later(
            session,
            to=address,
            subject=_("Auftrag %(key)s: Frist %(day)s", key=task.key, day=show_date(task.due)),
            text=_letter(task),
            reference=f"task:{task.key}",
            once=f"task:{task.key}:{task.due}:{address}",
        )
    task.reminded_for = task.due
    session.add(task)
    act = audit.Act("task.reminded", "decision_task", task.key, {"due": str(task.due)})
    audit.append(session, [audit.Signed(act, now, None, None, "-")])


def _addresses(session: Session, task: DecisionTask) -> list[str]:
    """The named person, else everybody of the organisation who sits in the body."""
    if task.person_id is not None:
        named = session.exec(select(Person.email).where(col(Person.id) == task.person_id)).first()
        return [named] if named else []
    statement = (
        select(Person.email)
        .join(SeatHolder, col(SeatHolder.person_id) == col(Person.id))
        .join(Seat, col(Seat.id) == col(SeatHolder.seat_id))
        .where(col(Seat.body_id) == task.body_id, col(Person.organisation_id) == task.organisation_id)
        .order_by(col(Person.id))
    )
    return list(dict.fromkeys(session.exec(statement)))


def _letter(task: DecisionTask) -> str:
    return "\n\n".join(
        (
            _("Guten Tag,"),
            _("zu einem Auftrag aus der Beschlusskontrolle läuft am %(day)s die Frist ab.", day=show_date(task.due)),
            _("Bitte berichten Sie, wo er steht: %(url)s", url=absolute(f"/beschlusskontrolle/{task.key}")),
        )
    )
