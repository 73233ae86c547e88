"""The steps of minutes as pages: sending round, signing, objecting, putting the signed paper beside them, checking."""

from io import BytesIO

from flask import Blueprint, Response, request, send_file, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _, ngettext
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires
from meetings.agenda.models import Meeting
from meetings.agenda.states import MeetingState
from meetings.minutes import policy, queries, steps
from meetings.minutes.exposing import exposures
from meetings.minutes.forms import FileForm, ObjectionForm, RefusalForm, TreatmentForm
from meetings.minutes.models import KeptFile
from meetings.minutes.queries import MinutesSheet
from meetings.minutes.signing import Objection
from meetings.minutes.states import PUBLIC_FILES, MinutesState
from meetings.minutes.views import may_read
from meetings.minutes.wording import step_words

blueprint = Blueprint("minutes_steps", __name__, template_folder="templates")


def may_steer(actor: Actor, sheet: MinutesSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_steer_minutes(actor, sheet.access)


def may_sign(actor: Actor, sheet: MinutesSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_sign_minutes(actor, sheet.access)


def may_object(actor: Actor, sheet: MinutesSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_object(actor, sheet.access)


def may_treat(actor: Actor, sheet: MinutesSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_treat_objections(actor, sheet.access)


def may_keep_scan(actor: Actor, sheet: MinutesSheet) -> Verdict:
    """The policy over a loaded sheet."""
    return policy.may_keep_scan(actor, sheet.access)


def _shown(key: str, anchor: str = "") -> str:
    return url_for("minutes.show", key=key, _anchor=anchor or None)


@blueprint.route("/sitzungen/<key>/niederschrift/schritt/<target>", methods=["GET", "POST"])
@requires(may_steer, load=queries.sheet_by_key)
def move(sheet: MinutesSheet, key: str, target: str) -> Response | AnyResponse:
    """What a step means, and taking it."""
    if target not in _MEANING:
        raise NotFound(_("Diesen Schritt gibt es nicht."))
    if request.method == "POST":
        try:
            return perform_once(steps.move_minutes, key, target, then=lambda _minutes: _shown(key))
        except DomainError as error:
            return _confirm(sheet, target, error.message, error.status)
    return _confirm(sheet, target)


_MEANING = {
    "drafting": lambda: _("Die Schriftführung arbeitet weiter daran. Die Mitglieder sehen den Entwurf nicht."),
    "internal_review": lambda: _(
        "Vorsitz und Geschäftsstelle lesen gegen. Geändert werden kann weiter; die Mitglieder sehen den Entwurf nicht."
    ),
    "circulated": lambda: _(
        "Alle Mitglieder können den Entwurf danach lesen und bekommen eine E-Mail. "
        "Der Text ist ab jetzt fest; die Frist für Einwendungen beginnt."
    ),
    "noted": lambda: _(
        "Das Gremium hat die Niederschrift zur Kenntnis genommen. Danach sind keine Einwendungen mehr möglich."
    ),
    "approved": lambda: _("Das Gremium hat die Niederschrift genehmigt. Danach sind keine Einwendungen mehr möglich."),
}


def _to_look_at(sheet: MinutesSheet, target: str) -> list[tuple[str, str]]:
    """Before the text gets fixed: how many passages of the version that will be public should be looked at."""
    if target != MinutesState.CIRCULATED or not (sheet.rules and sheet.rules.public):
        return []
    number = len(exposures(reading(), sheet))
    words = (
        ngettext("%(num)s Stelle prüfen", "%(num)s Stellen prüfen", number) if number else _("keine Stelle gefunden")
    )
    return [(_("Namen und nicht öffentliche Titel in der öffentlichen Fassung"), words)]


def _confirm(sheet: MinutesSheet, target: str, problem: str = "", status: int = 200) -> Response:
    return page(
        "ui/confirm.html",
        status=status,
        title=step_words(target),
        text=" ".join(part for part in (problem, _MEANING[target]()) if part),
        facts=[(_("Sitzung"), sheet.meeting.title), *_to_look_at(sheet, target)],
        form=ConfirmForm(),
        action_url=url_for("minutes_steps.move", key=sheet.meeting.key, target=target),
        confirm_label=step_words(target),
        tone="primary",
        back_url=_shown(sheet.meeting.key),
    )


@blueprint.route("/sitzungen/<key>/niederschrift/unterzeichnen", methods=["GET", "POST"])
@requires(may_sign, load=queries.sheet_by_key)
def sign(sheet: MinutesSheet, key: str) -> Response | AnyResponse:
    """Sign, each for themselves, or refuse with a reason."""
    form = RefusalForm()
    if request.method == "POST":
        refused = "refuse" in request.form
        if refused and not form.validate_on_submit():
            return page("minutes/sign.html", status=422, sheet=sheet, form=form, problem="")
        try:
            return perform_once(
                steps.sign,
                key,
                refused=refused,
                reason=form.reason.data or "" if refused else "",
                then=lambda _signature: _shown(key, "unterschriften"),
            )
        except DomainError as error:
            return page("minutes/sign.html", status=error.status, sheet=sheet, form=form, problem=error.message)
    return page("minutes/sign.html", sheet=sheet, form=form, problem="")


@blueprint.route("/sitzungen/<key>/niederschrift/einwendung", methods=["GET", "POST"])
@requires(may_object, load=queries.sheet_by_key)
def raise_objection(sheet: MinutesSheet, key: str) -> Response | AnyResponse:
    """Say what the minutes should say instead."""
    form = ObjectionForm()
    items = [
        (each.item.number, f"TOP {each.item.number} {each.item.title}") for each in sheet.items if each.item.number
    ]
    form.number.choices = [("", _("zur ganzen Niederschrift")), *items]
    if request.method == "GET" or not form.validate_on_submit():
        status = 200 if request.method == "GET" else 422
        return page("minutes/objection.html", status=status, sheet=sheet, form=form)
    return perform_once(
        steps.object_to,
        key,
        form.number.data or "",
        form.text.data or "",
        then=lambda _objection: _shown(key, "einwendungen"),
    )


@blueprint.route("/sitzungen/<key>/niederschrift/einwendung/<int:objection_id>", methods=["GET", "POST"])
@requires(may_treat, load=queries.sheet_by_key)
def treat(sheet: MinutesSheet, key: str, objection_id: int) -> Response | AnyResponse:
    """Record what a meeting made of an objection."""
    found = next((each for each in sheet.objections if each.id == objection_id), None)
    if found is None:
        raise NotFound(_("Diese Einwendung gibt es nicht."))
    form = TreatmentForm().offer(_later(reading(), sheet))
    if request.method == "GET" or not form.validate_on_submit():
        return _treatment(sheet, found, form, status=200 if request.method == "GET" else 422)
    try:
        return perform_once(
            steps.treat,
            key,
            objection_id,
            form.treatment.data,
            form.meeting.data or "",
            form.note.data or "",
            then=lambda _objection: _shown(key, "einwendungen"),
        )
    except DomainError as error:
        return _treatment(sheet, found, form, error.message, error.status)


def _treatment(
    sheet: MinutesSheet, found: Objection, form: TreatmentForm, problem: str = "", status: int = 200
) -> Response:
    return page("minutes/treatment.html", status=status, sheet=sheet, found=found, form=form, problem=problem)


def _later(session: Session, sheet: MinutesSheet) -> list[tuple[str, str]]:
    """The body's other meetings that were not called off, the newest first: one of them treats the objection."""
    statement = select(Meeting).where(
        col(Meeting.body_id) == sheet.body.id,
        col(Meeting.id) != sheet.meeting.id,
        col(Meeting.state) != MeetingState.CANCELLED,
    )
    if sheet.meeting.date is not None:
        statement = statement.where(col(Meeting.date).is_(None) | (col(Meeting.date) >= sheet.meeting.date))
    return [(row.key, row.title) for row in session.exec(statement.order_by(col(Meeting.date).desc()))]


@blueprint.route("/sitzungen/<key>/niederschrift/scan", methods=["GET", "POST"])
@requires(may_keep_scan, load=queries.sheet_by_key)
def keep_scan(sheet: MinutesSheet, key: str) -> Response | AnyResponse:
    """Put the scan of the signed paper beside the minutes."""
    form, file = FileForm(), request.files.get("file")
    if request.method == "GET" or not form.validate_on_submit() or file is None:
        status = 200 if request.method == "GET" else 422
        return page("minutes/scan.html", status=status, sheet=sheet, form=form, problem="")
    try:
        content = file.stream.read()
        return perform_once(steps.keep_scan, key, content, then=lambda _file: _shown(key, "dateien"))
    except DomainError as error:
        return page("minutes/scan.html", status=error.status, sheet=sheet, form=form, problem=error.message)


def kept_file(session: Session, key: str, file_id: int) -> tuple[MinutesSheet, KeptFile] | None:
    """A kept file with the minutes that it belongs to."""
    sheet = queries.sheet_by_key(session, key)
    if sheet is None or file_id >= 2**31:
        return None
    row = session.exec(
        select(KeptFile).where(col(KeptFile.id) == file_id, col(KeptFile.minutes_id) == sheet.id)
    ).first()
    return (sheet, row) if row else None


def may_have_file(actor: Actor, found: tuple[MinutesSheet, KeptFile]) -> Verdict:
    """The public version where it is published; everything else like the minutes."""
    sheet, row = found
    return (
        policy.may_read_public_version(actor, sheet.access) if row.purpose in PUBLIC_FILES else may_read(actor, sheet)
    )


@blueprint.get("/sitzungen/<key>/niederschrift/datei/<int:file_id>")
@requires(may_have_file, load=kept_file)
def file(found: tuple[MinutesSheet, KeptFile], key: str, file_id: int) -> Response:
    """A kept file, byte for byte."""
    del key, file_id
    row = found[1]
    return send_file(BytesIO(row.content), _mime(row.name), as_attachment=True, download_name=row.name)


_MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
}


def _mime(name: str) -> str:
    return _MIME.get(name.rpartition(".")[2], "application/octet-stream")
