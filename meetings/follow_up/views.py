"""The control of decisions as pages: the list with its filters, one task with its reports, what the office may do."""

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError
from app.core.forms import visible
from app.core.i18n import show_date
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires, signed_in
from app.people.models import Organisation
from meetings.agenda.models import Meeting
from meetings.agenda.queries import FoundMeeting, meeting_by_key
from meetings.decisions.models import Decision
from meetings.decisions.queries import FoundDecision, decision_by_key
from meetings.follow_up import actions, policy, queries, wording
from meetings.follow_up.forms import NoteForm, ReportForm, SupersedeForm, TaskForm
from meetings.follow_up.queries import Choice, FoundTask
from meetings.follow_up.rules import Light
from meetings.follow_up.states import TaskState

blueprint = Blueprint("follow_up", __name__, template_folder="templates")


def may_set(actor: Actor, found: FoundDecision) -> Verdict:
    """The policy over a loaded decision."""
    return policy.may_steer_tasks(actor, found.body)


def may_take_over(actor: Actor, found: FoundMeeting) -> Verdict:
    """The policy over a loaded meeting."""
    return policy.may_steer_tasks(actor, found.body)


def read_choice() -> Choice:
    """What the address asks for."""
    args = request.args
    wanted = args.get("ampel", "")
    return Choice(
        light=wanted if wanted in set(Light) else "",
        body=args.get("gremium", "")[:64],
        organisation=visible(args.get("organisation", ""))[:200],
        text=visible(args.get("q", ""))[:200].strip(),
        everything=args.get("alle") == "1",
        mine=args.get("eigene") == "1",
    )


@blueprint.get("/beschlusskontrolle")
@requires(policy.may_read_list)
def index() -> Response:
    """What has to be done, by whom, until when, and where it stands."""
    found = queries.task_list(reading(), signed_in(), read_choice())
    reports = queries.reports_of(reading(), [row.id for row in found.rows])
    return page(
        "follow_up/index.html",
        found=found,
        reports=reports,
        lights=Light,
        wording=wording,
        query=found.choice.parameters,
    )


def _shown(key: str) -> str:
    return url_for("follow_up.show", key=key)


@blueprint.get("/beschlusskontrolle/<key>")
@requires(policy.may_read_task, load=queries.task_by_key)
def show(found: FoundTask, key: str) -> Response:
    """One task with every report."""
    del key
    return _page(found)


def _page(found: FoundTask, problem: str = "", status: int = 200, form: ReportForm | None = None) -> Response:
    actor, session, version = signed_in(), reading(), found.task.version
    note, supersede = NoteForm(version=version), SupersedeForm(version=version)
    note.meeting.choices = _meetings(session, found)
    supersede.decision.choices = _decisions(session, found)
    may_steer = policy.may_steer_task(actor, found).allowed
    is_listed = found.task.state not in (TaskState.CLOSED_NOTED, TaskState.SUPERSEDED)
    working = is_listed and found.task.state != TaskState.DONE_REPORTED
    return page(
        "follow_up/show.html",
        status=status,
        found=found,
        task=found.task,
        reports=queries.reports_of(session, [found.id]).get(found.id, []),
        form=form or ReportForm(version=version).offer(),
        note=note,
        supersede=supersede,
        may_report=policy.may_report(actor, found).allowed and (working or (is_listed and may_steer)),
        may_note=may_steer and found.task.state == TaskState.DONE_REPORTED,
        may_supersede=may_steer and is_listed,
        reads_body=_reads_body(actor, found),
        wording=wording,
        problem=problem,
    )


def _reads_body(actor: Actor, found: FoundTask) -> bool:
    """Whether meeting and decision may be opened; the organisation in charge alone only has the task."""
    return policy.may_read_task(actor, policy.TaskAccess(found.body)).allowed


def _meetings(session: Session, found: FoundTask) -> list[tuple[str, str]]:
    return [(row.key, f"{row.title}, {show_date(row.date)}") for row in queries.noting_meetings(session, found.task)]


def _decisions(session: Session, found: FoundTask) -> list[tuple[str, str]]:
    statement = (
        select(Decision)
        .join(Meeting, col(Meeting.id) == col(Decision.meeting_id))
        .where(col(Meeting.body_id) == found.task.body_id, col(Decision.id) != (found.task.decision_id or 0))
    )
    rows = session.exec(statement.order_by(col(Decision.date).desc(), col(Decision.id).desc()).limit(50))
    return [(row.key, f"{row.key}: {row.text[:80]}") for row in rows]


@blueprint.post("/beschlusskontrolle/<key>/bericht")
@requires(policy.may_report, load=queries.task_by_key)
def report(found: FoundTask, key: str) -> Response | AnyResponse:
    """Say where the task stands."""
    form = ReportForm().offer()
    if not form.validate_on_submit():
        return _page(found, status=422, form=form)
    draft = actions.ReportDraft(form.state.data or "", form.text.data or "", form.due.data)
    try:
        return perform_once(actions.report, key, draft, form.version.data or 0, then=lambda _task: _shown(key))
    except DomainError as error:
        form.version.data, form.version.raw_data = found.task.version, None
        return _page(found, error.message, error.status, form)


@blueprint.post("/beschlusskontrolle/<key>/kenntnis")
@requires(policy.may_steer_task, load=queries.task_by_key)
def note_end(found: FoundTask, key: str) -> Response | AnyResponse:
    """The body took note: the task leaves the list."""
    form = NoteForm()
    form.meeting.choices = _meetings(reading(), found)
    if not form.validate_on_submit():
        return _page(found, status=422)
    version = form.version.data or 0
    try:
        return perform_once(actions.note_end, key, form.meeting.data or "", version, then=lambda _task: _shown(key))
    except DomainError as error:
        return _page(found, error.message, error.status)


@blueprint.post("/beschlusskontrolle/<key>/ersetzt")
@requires(policy.may_steer_task, load=queries.task_by_key)
def supersede(found: FoundTask, key: str) -> Response | AnyResponse:
    """A later decision took the place."""
    form = SupersedeForm()
    form.decision.choices = _decisions(reading(), found)
    if not form.validate_on_submit():
        return _page(found, status=422)
    version = form.version.data or 0
    try:
        return perform_once(actions.supersede, key, form.decision.data or "", version, then=lambda _task: _shown(key))
    except DomainError as error:
        return _page(found, error.message, error.status)


@blueprint.route("/beschluesse/<key>/auftrag", methods=["GET", "POST"])
@requires(may_set, load=decision_by_key)
def set_task(found: FoundDecision, key: str) -> Response | AnyResponse:
    """Set a task that follows from a decision."""
    form = TaskForm().offer(_organisations(reading()))
    if request.method == "GET" or not form.validate_on_submit():
        status = 200 if request.method == "GET" else 422
        return page("follow_up/set.html", status=status, found=found, form=form, problem="")
    draft = actions.TaskDraft(form.text.data or "", form.organisation.data, form.due.data)
    try:
        return perform_once(actions.set_task, key, draft, then=lambda task: _shown(task.key))
    except DomainError as error:
        return page("follow_up/set.html", status=error.status, found=found, form=form, problem=error.message)


def _organisations(session: Session) -> list[tuple[int, str]]:
    rows = session.exec(select(Organisation).order_by(col(Organisation.name)))
    return [(row.id or 0, row.name) for row in rows]


@blueprint.post("/sitzungen/<key>/auftraege")
@requires(may_take_over, load=meeting_by_key)
def take_over(found: FoundMeeting, key: str) -> AnyResponse:
    """Put the tasks that were captured in a meeting on the list."""
    return perform_once(
        actions.take_over, key, then=lambda _made: url_for("follow_up.index", gremium=found.body_row.key)
    )
