"""Taking the codebook and coded cases to another program, in the format REFI-QDA."""

from flask import Blueprint, Response, current_app, g, request
from sqlmodel import col, select

from app.core import clock
from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.permissions import Actor
from app.core.web import house, page, perform, reading, requires, signed_in
from app.core.work import Work
from app.people.models import Person
from exports import refi_qda_content as content
from exports.refi_qda import codebook_file as write_codebook
from exports.refi_qda import project_file as write_project
from knowledge.cases.access import FoundCase
from knowledge.cases.actions import note_reading
from knowledge.coding.codebook import codable_cases
from knowledge.coding.policy import may_export_codings, may_read_codebook

blueprint = Blueprint("refi_qda", __name__, template_folder="templates")
ZIP = "application/zip"
XML = "application/xml"
CONFIRMED = "ja"


@blueprint.get("/kategorien/export.qdc")
@requires(may_read_codebook)
def codebook_file() -> Response:
    """The codebook as a file; it holds nothing of any case."""
    codes = content.codebook(reading())
    if not codes:
        raise InvalidInput(_("Das Kategorienbuch ist noch leer."))
    perform(_record_codebook, len(codes))
    return _file(write_codebook(codes), XML, "kategorienbuch", "qdc")


@blueprint.get("/auswertung/export")
@requires(may_read_codebook)
def choose() -> Response:
    """Which cases, and what the file would hold; nothing leaves the house yet."""
    return _choose_page()


@blueprint.get("/auswertung/export.qdpx")
@requires(may_read_codebook)
def project_file() -> Response:
    """The chosen cases with their codings, once it was confirmed; each counts as opened, and the export is recorded."""
    chosen = _chosen(signed_in())
    if not chosen or request.args.get("bestaetigt") != CONFIRMED:
        problem = _("Bitte wählen Sie mindestens einen Fall.") if not chosen else _("Bitte bestätigen Sie zuerst.")
        return _choose_page(problem)
    shown = content.sheets(reading(), signed_in(), chosen)
    names = content.naming(house().settings.secret_key(), signed_in().tenant_id)
    codes = content.codebook(reading())
    perform(_record_project, [found.id for found in chosen], content.holding(shown).codings)
    written = content.project(codes, shown, signed_in(), names, clock.now(), g.tenant.fictional)
    return _file(write_project(written), ZIP, "textauswertung", "qdpx")


def _choose_page(problem: str = "") -> Response:
    actor = signed_in()
    chosen = _chosen(actor)
    return page(
        "refi_qda/choose.html",
        status=422 if problem else 200,
        problem=problem,
        cases=_exportable(actor),
        chosen={found.case.key for found in chosen},
        held=content.holding(content.sheets(reading(), actor, chosen)) if chosen else None,
    )


def _exportable(actor: Actor) -> list[FoundCase]:
    return [found for found in codable_cases(reading(), actor) if may_export_codings(actor, found)]


def _chosen(actor: Actor) -> list[FoundCase]:
    """The asked-for cases, as far as they may be taken; others are passed over as if they were not there."""
    wanted = set(request.args.getlist("fall"))
    return [found for found in _exportable(actor) if found.case.key in wanted] if wanted else []


def _file(written: bytes, kind: str, name: str, suffix: str) -> Response:
    response = current_app.response_class(written, mimetype=kind)
    day = clock.today().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day}.{suffix}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _record_codebook(work: Work, codes: int) -> None:
    person = work.session.exec(select(Person).where(col(Person.id) == work.actor.person_id)).one()
    work.record("codebook.exported", person, codes=codes)


def _record_project(work: Work, case_ids: list[int], codings: int) -> None:
    """Who took which cases; each is noted as read, too (DP-15)."""
    person = work.session.exec(select(Person).where(col(Person.id) == work.actor.person_id)).one()
    for case_id in case_ids:
        note_reading(work, case_id)
    work.record("codings.exported", person, cases=len(case_ids), codings=codings)
