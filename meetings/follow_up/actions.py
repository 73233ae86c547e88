"""Setting tasks, reporting on them, and taking them off the list once the body took note."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.core import clock
from app.core.errors import ChangedMeanwhile, InvalidInput, NotFound
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from app.people.models import Organisation, Person
from meetings.agenda.queries import FoundMeeting, meeting_by_key
from meetings.decisions.models import Decision
from meetings.decisions.queries import FoundDecision, decision_by_key
from meetings.follow_up import policy
from meetings.follow_up.models import DecisionTask, TaskReport
from meetings.follow_up.queries import FoundTask, noting_meetings, task_by_key
from meetings.follow_up.rules import TASK_LIFECYCLE, TaskFacts, next_key
from meetings.follow_up.states import TaskState
from meetings.room.captured import Captured, captured_in
from meetings.room.states import CapturedKind


@dataclass(frozen=True)
class TaskDraft:
    """What the office typed."""

    text: str
    organisation_id: int | None = None
    due: date | None = None


def set_task(work: Work, decision_key: str, draft: TaskDraft) -> DecisionTask:
    """Set a task that follows from a decision."""
    found = decision_by_key(work.session, decision_key)
    if found is None:
        raise NotFound(_("Diesen Beschluss gibt es nicht."))
    work.require(policy.may_steer_tasks(work.actor, found.body))
    if not draft.text.strip():
        raise InvalidInput(_("Bitte schreiben Sie, was zu tun ist."))
    task = _new(work, found.body_row.id or 0)
    task.text, task.organisation_id, task.due = draft.text.strip(), _organisation(work, draft), draft.due
    return _kept(work, _from(task, found))


def _from(task: DecisionTask, found: FoundDecision) -> DecisionTask:
    task.decision_id = found.decision.id
    task.meeting_id, task.item_id = found.decision.meeting_id, found.decision.item_id
    return task


def _organisation(work: Work, draft: TaskDraft) -> int | None:
    if draft.organisation_id is None:
        return None
    statement = select(Organisation.id).where(col(Organisation.id) == draft.organisation_id)
    return work.session.exec(statement).first()


def take_over(work: Work, meeting_key: str) -> list[DecisionTask]:
    """Put every task that was captured in a meeting on the list, each once."""
    meeting = meeting_by_key(work.session, meeting_key)
    if meeting is None:
        raise NotFound(_("Diese Sitzung gibt es nicht."))
    work.require(policy.may_steer_tasks(work.actor, meeting.body))
    made = take_over_the_rest(work, meeting)
    if not made:
        raise InvalidInput(_("Alle Aufträge dieser Sitzung stehen schon in der Beschlusskontrolle."))
    return made


def take_over_the_rest(work: Work, meeting: FoundMeeting) -> list[DecisionTask]:
    """Put on the list what was captured in a meeting and is not there yet; signing the minutes does so by itself."""
    taken = set(work.session.exec(select(DecisionTask.captured_id).where(col(DecisionTask.meeting_id) == meeting.id)))
    found = [each for each in captured_in(work.session, meeting.id) if each.kind == CapturedKind.TASK]
    return [_captured(work, meeting, each) for each in found if each.id not in taken]


def _captured(work: Work, meeting: FoundMeeting, each: Captured) -> DecisionTask:
    task = _new(work, meeting.body_row.id or 0)
    task.captured_id, task.meeting_id, task.item_id = each.id, meeting.id, each.item_id
    task.text, task.due, task.person_id = each.text, each.due, each.person_id
    task.organisation_id = _organisation_of(work, each.person_id)
    decided = select(Decision.id).where(col(Decision.item_id) == each.item_id).order_by(col(Decision.id).desc())
    task.decision_id = work.session.exec(decided).first() if each.item_id else None
    return _kept(work, task)


def _organisation_of(work: Work, person_id: int | None) -> int | None:
    return work.session.exec(select(Person.organisation_id).where(col(Person.id) == person_id)).first()


def _new(work: Work, body_id: int) -> DecisionTask:
    year = work.now.astimezone(clock.LOCAL).year
    taken = work.session.exec(select(DecisionTask.key).where(col(DecisionTask.key).startswith(f"A-{year}-")))
    return DecisionTask(key=next_key(year, taken), body_id=body_id, text="", created_at=work.now)


def _kept(work: Work, task: DecisionTask) -> DecisionTask:
    work.session.add(task)
    work.session.flush()
    work.record("task.set", task)
    return task


@dataclass(frozen=True)
class ReportDraft:
    """What the organisation in charge reports."""

    state: str
    text: str
    due: date | None = None


def report(work: Work, key: str, draft: ReportDraft, seen_version: int) -> DecisionTask:
    """Say where a task stands. What is reported as done stays on the list until the body took note."""
    found = _locked(work, key)
    work.require(policy.may_report(work.actor, found))
    _seen(found, seen_version)
    facts = TaskFacts(bool(draft.text.strip()), draft.due is not None)
    _check(work, found, draft.state, facts)
    task = found.task
    task.state, task.reason = TaskState(draft.state), draft.text.strip() if draft.state == TaskState.BLOCKED else None
    task.due = draft.due or task.due
    return _moved(work, task, draft.text.strip())


def note_end(work: Work, key: str, meeting_key: str, seen_version: int) -> DecisionTask:
    """The body took note that a task is done: it leaves the list."""
    found = _locked(work, key)
    work.require(policy.may_steer_task(work.actor, found))
    _seen(found, seen_version)
    meeting = next((each for each in noting_meetings(work.session, found.task) if each.key == meeting_key), None)
    _check(work, found, TaskState.CLOSED_NOTED, TaskFacts(meeting_given=meeting is not None))
    found.task.state, found.task.noted_in_id = TaskState.CLOSED_NOTED, meeting.id if meeting else None
    return _moved(work, found.task, _("Zur Kenntnis genommen: %(title)s", title=meeting.title if meeting else ""))


def supersede(work: Work, key: str, decision_key: str, seen_version: int) -> DecisionTask:
    """A later decision took the place of the task."""
    found = _locked(work, key)
    work.require(policy.may_steer_task(work.actor, found))
    _seen(found, seen_version)
    later = decision_by_key(work.session, decision_key.strip())
    valid = (
        later is not None and later.body_row.id == found.task.body_id and later.decision.id != found.task.decision_id
    )
    _check(work, found, TaskState.SUPERSEDED, TaskFacts(decision_given=valid))
    found.task.state, found.task.superseded_by_id = TaskState.SUPERSEDED, later.decision.id if later else None
    return _moved(work, found.task, _("Ersetzt durch Beschluss %(key)s", key=decision_key.strip()))


def _locked(work: Work, key: str) -> FoundTask:
    work.session.exec(select(DecisionTask.id).where(col(DecisionTask.key) == key).with_for_update()).first()
    found = task_by_key(work.session, key)
    if found is None:
        raise NotFound(_("Diesen Auftrag gibt es nicht."))
    return found


def _seen(found: FoundTask, version: int) -> None:
    if found.task.version != version:
        raise ChangedMeanwhile(_("Zu diesem Auftrag wurde inzwischen berichtet. Bitte lesen Sie den neuen Stand."))


def _check(work: Work, found: FoundTask, target: str, facts: TaskFacts) -> None:
    verdict = TASK_LIFECYCLE.check(found.task.state, target, policy.roles_at(work.actor, found), facts)
    if not verdict:
        raise RefusedMove(_(verdict.reason))


def _moved(work: Work, task: DecisionTask, text: str) -> DecisionTask:
    task.version += 1
    work.session.add(task)
    work.session.add(
        TaskReport(
            task_id=task.id or 0,
            at=work.now,
            person_id=work.actor.person_id,
            organisation_id=work.actor.organisation_id,
            state=task.state,
            due=task.due,
            text=text,
        )
    )
    work.record("task.moved", task, state=str(task.state))
    return task
