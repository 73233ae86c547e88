"""Imports: upload, look through, take, report, take back."""

import json
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import InvalidInput
from app.core.forms import ConfirmForm
from app.core.i18n import _, ngettext
from app.core.jobs_web import facts, job_by_id
from app.core.web import house, page, perform_once, reading, requires
from app.people.states import Visibility
from knowledge.documents.policy import may_import
from knowledge.imports import actions, queries, storage, wording
from knowledge.imports.forms import ACCEPTED, ChoiceForm, UploadForm
from knowledge.imports.models import ImportRun
from knowledge.imports.rules import FIELDS, MOST_FILES
from knowledge.imports.states import ImportState, RowState, TargetKind

blueprint = Blueprint("imports", __name__, template_folder="templates")
TARGET_PAGES = {
    TargetKind.DOCUMENT: "documents.show",
    TargetKind.SOLUTION: "solutions.show",
    TargetKind.GAP: "gaps.show",
}


def may_handle(actor: Any, _run: ImportRun) -> Any:
    """Every import is the coordination's, whoever of it began it."""
    return may_import(actor)


@blueprint.get("/import")
@requires(may_import)
def index() -> Response:
    """The latest imports."""
    rows = queries.runs(reading())
    return page("imports/index.html", rows=rows, states=wording.RUN_STATES, targets=wording.TARGETS)


@blueprint.get("/import/neu")
@requires(may_import)
def new() -> Response:
    """The upload form."""
    return _upload_page(UploadForm(formdata=None))


@blueprint.post("/import/neu")
@requires(may_import)
def upload() -> Response | AnyResponse:
    """Store the files and have them read."""
    form = UploadForm()
    files = [each for each in request.files.getlist("files") if each.filename]
    if not form.validate_on_submit():
        return _upload_page(form, 422)
    problem = _upload_problem(len(files))
    if problem:
        form.files.errors = [problem]
        return _upload_page(form, 422)
    stored = [storage.store(house().settings.data_dir, each.filename or "?", each.stream) for each in files]
    if all(each.problem for each in stored):
        form.files.errors = [f"{each.name}: {wording.problem(each.problem or '')}" for each in stored]
        return _upload_page(form, 422)
    target, visibility = TargetKind(form.target.data), Visibility(form.visibility.data)
    return perform_once(
        actions.begin, target, visibility, stored, then=lambda run: url_for("imports.show", import_id=run.id)
    )


def _upload_problem(number: int) -> str | None:
    if not number:
        return _("Bitte wählen Sie mindestens eine Datei.")
    if number > MOST_FILES:
        return _("Bitte wählen Sie höchstens %(number)s Dateien auf einmal.", number=MOST_FILES)
    return None


def _upload_page(form: UploadForm, status: int = 200) -> Response:
    return page("imports/new.html", status=status, form=form, accepted=ACCEPTED)


@blueprint.get("/import/<int:import_id>")
@requires(may_handle, load=queries.run_by_id)
def show(run: ImportRun, import_id: int) -> Response:
    """Where an import stands: being read or taken, to be looked through, or its report."""
    del import_id
    return _show(run)


def _show(run: ImportRun, problem: str = "", status: int = 200) -> Response:
    number = min(max(1, request.args.get("seite", 1, type=int)), 10**6)
    files = queries.files(reading(), run)
    names = {file.id: file.name for file in files}
    counts = queries.numbers(reading(), run)
    context: dict[str, Any] = {}
    if run.state == ImportState.PREVIEW:
        context = _preview(run, names, number)
    elif run.state in (ImportState.TAKEN, ImportState.REMOVED):
        context = _report(run, names, number)
    job = job_by_id(reading(), run.job_id or 0)
    under_way = run.state in (ImportState.READING, ImportState.TAKING, ImportState.REMOVING)
    return page(
        "imports/show.html",
        status=status,
        run=run,
        state=wording.RUN_STATES[run.state],
        target=wording.TARGETS[run.target],
        files=[(file, wording.problem(file.problem) if file.problem else "") for file in files],
        names=names,
        number=number,
        page_url=lambda to: url_for("imports.show", import_id=run.id, seite=to, was=request.args.get("was")),
        counts=_counts(counts),
        problem=problem or (job.text if job and run.state == ImportState.TAKEN else ""),
        progress={**facts(job), "home": None} if job and under_way else None,
        place_words=lambda place: wording.place_words(int(place or 0)),
        reason_words=wording.problem,
        **context,
    )


def _counts(counts: dict[tuple[RowState, bool], int]) -> dict[str, int]:
    def of(state: RowState) -> int:
        return counts.get((state, True), 0) + counts.get((state, False), 0)

    waiting = RowState.WAITING
    return {**{state.value: of(state) for state in RowState}, "chosen": counts.get((waiting, True), 0)}


def _preview(run: ImportRun, names: dict[int | None, str], number: int) -> dict[str, Any]:
    mapping = json.loads(run.mapping)
    columns = json.loads(run.columns)
    return {
        "rows": queries.preview(reading(), run, names, number),
        "columns": columns,
        "fields": [(name, wording.FIELD_NAMES[name], mapping.get(name, "")) for name in FIELDS[run.target.value]],
        "is_table": set(columns) != {"title", "text"},
    }


def _report(run: ImportRun, names: dict[int | None, str], number: int) -> dict[str, Any]:
    shows_left = request.args.get("was") == "ausgelassen"
    load = queries.left if shows_left else queries.taken
    return {
        "rows": [
            (row, actions.candidate(row, json.loads(run.mapping), names.get(row.file_id, "")).fields["title"])
            for row in load(reading(), run, number)
        ],
        "shows_left": shows_left,
        "thing_url": lambda key: url_for(TARGET_PAGES[run.target], key=key),
    }


@blueprint.post("/import/<int:import_id>/spalten")
@requires(may_handle, load=queries.run_by_id)
def map_columns(run: ImportRun, import_id: int) -> Response | AnyResponse:
    """Which column fills which field."""
    mapping = {name: request.form.get(f"field-{name}", "") for name in FIELDS[run.target.value]}
    wanted = {name: column for name, column in mapping.items() if column}
    try:
        return perform_once(actions.map_columns, import_id, wanted, then=_to_import)
    except InvalidInput as error:
        return _show(run, error.message, 422)


def _to_import(run: ImportRun) -> str:
    number = request.args.get("seite", type=int)
    return url_for("imports.show", import_id=run.id, seite=number if number and number > 1 else None)


@blueprint.post("/import/<int:import_id>/auswahl")
@requires(may_handle, load=queries.run_by_id)
def choose(run: ImportRun, import_id: int) -> AnyResponse:
    """The rows of one page that are wanted, or all, or none."""
    del run
    wanted = request.form.get("alle")
    if wanted in ("ja", "nein"):
        return perform_once(actions.choose_all, import_id, wanted=wanted == "ja", then=_to_import)
    form = ChoiceForm()
    return perform_once(actions.choose, import_id, form.shown.data or [], form.chosen.data or [], then=_to_import)


@blueprint.post("/import/<int:import_id>/uebernehmen")
@requires(may_handle, load=queries.run_by_id)
def take(run: ImportRun, import_id: int) -> AnyResponse:
    """Take what was chosen."""
    del run
    return perform_once(actions.start_taking, import_id, then=_to_import)


@blueprint.get("/import/<int:import_id>/zuruecknehmen")
@requires(may_handle, load=queries.run_by_id)
def ask_to_remove(run: ImportRun, import_id: int) -> Response:
    """Sure?"""
    taken = _counts(queries.numbers(reading(), run))[RowState.TAKEN.value]
    return page(
        "ui/confirm.html",
        title=_("Import zurücknehmen"),
        text=ngettext("%(num)s Eintrag wird gelöscht.", "%(num)s Einträge werden gelöscht.", taken),
        form=ConfirmForm(formdata=None),
        action_url=url_for("imports.remove", import_id=import_id),
        confirm_label=_("Import zurücknehmen"),
        back_url=url_for("imports.show", import_id=import_id),
    )


@blueprint.post("/import/<int:import_id>/zuruecknehmen")
@requires(may_handle, load=queries.run_by_id)
def remove(run: ImportRun, import_id: int) -> AnyResponse:
    """Take it back, unless something refers to it."""
    del run
    return perform_once(actions.start_removing, import_id, then=_to_import)
