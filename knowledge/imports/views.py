"""Imports: upload, look through, take, report, take back."""

import json
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import InvalidInput
from app.core.forms import ConfirmForm
from app.core.i18n import _, ngettext
from app.core.jobs_states import OPEN
from app.core.jobs_web import facts, job_by_id
from app.core.uploads import takes_files
from app.core.web import house, page, perform_once, reading, requires
from app.people.states import Visibility
from knowledge.documents.policy import may_import
from knowledge.imports import actions, queries, storage, taking_back, wording
from knowledge.imports.forms import ACCEPTED, ChoiceForm, UploadForm
from knowledge.imports.models import ImportRow, ImportRun
from knowledge.imports.rules import FIELDS, LARGEST_UPLOAD, MOST_FILES
from knowledge.imports.standing import has_stopped
from knowledge.imports.states import ImportState, RowState, TargetKind

blueprint = Blueprint("imports", __name__, template_folder="templates")
MOST_NAMED = 20
"""So many entries that stay are named before an import is taken back."""

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
    rows = [
        (run, name, number, _state(run, stopped=state is not None and state not in OPEN))
        for run, name, number, state in queries.runs(reading())
    ]
    return page("imports/index.html", rows=rows, targets=wording.TARGETS)


def _state(run: ImportRun, *, stopped: bool) -> tuple[Any, str]:
    """How a run stands, in words and with a tone."""
    return wording.STOPPED[run.state] if stopped and run.state in wording.STOPPED else wording.RUN_STATES[run.state]


@blueprint.get("/import/neu")
@requires(may_import)
def new() -> Response:
    """The upload form."""
    return _upload_page(UploadForm(formdata=None))


@blueprint.post("/import/neu")
@takes_files
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
    return page("imports/new.html", status=status, form=form, accepted=ACCEPTED, largest=LARGEST_UPLOAD)


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
    stopped = has_stopped(reading(), run)
    under_way = run.state in (ImportState.READING, ImportState.TAKING, ImportState.REMOVING)
    return page(
        "imports/show.html",
        status=status,
        run=run,
        state=_state(run, stopped=stopped),
        stopped=stopped,
        target=wording.TARGETS[run.target],
        files=[(file, wording.problem(file.problem) if file.problem else "") for file in files],
        names=names,
        number=number,
        page_url=lambda to: url_for("imports.show", import_id=run.id, seite=to, was=request.args.get("was")),
        counts=_counts(counts),
        problem=problem or (job.text if job and (stopped or run.state == ImportState.TAKEN) else ""),
        progress={**facts(job), "home": None} if job and under_way and not stopped else None,
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
    sent = ChoiceForm() if request.method == "POST" and "shown" in request.form else None
    marked = queries.has_passages(reading(), run)
    return {
        "rows": queries.preview(reading(), run, names, number),
        "ticked": set(sent.chosen.data or []) if sent else None,
        "form": sent or ChoiceForm(formdata=None),
        "has_passages": marked,
        "confirms": marked and actions.reaches_others(run),
        "columns": columns,
        "fields": [(name, wording.FIELD_NAMES[name], mapping.get(name, "")) for name in FIELDS[run.target.value]],
        "is_table": set(columns) != {"title", "text"},
    }


def _report(run: ImportRun, names: dict[int | None, str], number: int) -> dict[str, Any]:
    what = request.args.get("was", "")
    loads = {"ausgelassen": queries.left, "behalten": queries.kept}
    rows = loads.get(what, queries.taken)(reading(), run, number)
    titles = queries.titles(reading(), run, rows)
    return {
        "rows": [(row, titles.get(row.id or 0) or _read_title(run, row, names)) for row in rows],
        "what": what if what in loads else "",
        "thing_url": lambda key: url_for(TARGET_PAGES[run.target], key=key),
    }


def _read_title(run: ImportRun, row: ImportRow, names: dict[int | None, str]) -> str:
    """The title of a row as it was read; a row whose text was cleared has none but its file's."""
    return actions.candidate(row, json.loads(run.mapping), names.get(row.file_id, "")).fields["title"]


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
def take(run: ImportRun, import_id: int) -> Response | AnyResponse:
    """Take what was chosen, the ticks of the page shown included."""
    form = ChoiceForm()
    shown, chosen, confirmed = form.shown.data or [], form.chosen.data or [], bool(form.confirmed.data)
    try:
        return perform_once(actions.start_taking, import_id, shown, chosen, confirmed=confirmed, then=_to_import)
    except InvalidInput as error:
        return _show(run, error.message, 422)


@blueprint.post("/import/<int:import_id>/weiter")
@requires(may_handle, load=queries.run_by_id)
def go_on(run: ImportRun, import_id: int) -> AnyResponse:
    """Go on with the taking that was stopped."""
    del run
    return perform_once(actions.go_on_taking, import_id, then=_to_import)


@blueprint.get("/import/<int:import_id>/verwerfen")
@requires(may_handle, load=queries.run_by_id)
def ask_to_discard(run: ImportRun, import_id: int) -> Response:
    """Sure?"""
    del run
    return page(
        "ui/confirm.html",
        title=_("Import verwerfen"),
        text=_("Die hochgeladenen Dateien und alles, was daraus gelesen wurde, werden gelöscht."),
        form=ConfirmForm(formdata=None),
        action_url=url_for("imports.discard", import_id=import_id),
        confirm_label=_("Import verwerfen"),
        back_url=url_for("imports.show", import_id=import_id),
    )


@blueprint.post("/import/<int:import_id>/verwerfen")
@requires(may_handle, load=queries.run_by_id)
def discard(run: ImportRun, import_id: int) -> AnyResponse:
    """Drop it with its files; nothing of it was taken."""
    stored = [file.stored for file in queries.files(reading(), run)]
    answer = perform_once(taking_back.discard, import_id, then=lambda _run: url_for("imports.index"))
    storage.forget(house().settings.data_dir, stored)
    return answer


@blueprint.get("/import/<int:import_id>/zuruecknehmen")
@requires(may_handle, load=queries.run_by_id)
def ask_to_remove(run: ImportRun, import_id: int) -> Response:
    """Sure? Names what people made of the entries since, which stays."""
    taken = _counts(queries.numbers(reading(), run))[RowState.TAKEN.value]
    staying = queries.staying(reading(), run)
    going = taken - len(staying)
    return page(
        "ui/confirm.html",
        title=_("Import zurücknehmen"),
        text=ngettext("%(num)s Eintrag wird gelöscht.", "%(num)s Einträge werden gelöscht.", going),
        facts=[(_("Bleibt erhalten"), _staying_words(staying))] if staying else None,
        form=ConfirmForm(formdata=None),
        action_url=url_for("imports.remove", import_id=import_id),
        confirm_label=_("Import zurücknehmen"),
        back_url=url_for("imports.show", import_id=import_id),
    )


def _staying_words(staying: list[tuple[str, str]]) -> str:
    named = ", ".join(f"{key} ({wording.problem(code)})" for key, code in staying[:MOST_NAMED])
    more = len(staying) - MOST_NAMED
    if more <= 0:
        return named
    return _("%(named)s und %(more)s weitere", named=named, more=more)


@blueprint.post("/import/<int:import_id>/zuruecknehmen")
@requires(may_handle, load=queries.run_by_id)
def remove(run: ImportRun, import_id: int) -> AnyResponse:
    """Take it back, but for what people made of it since."""
    del run
    return perform_once(taking_back.start_removing, import_id, then=_to_import)
