"""The comparison of cases to take away, as chosen on its page. That it was taken is recorded, not what stood in it."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, g, request, send_file
from sqlmodel import col, select

from app.core import clock
from app.core.web import perform, reading, requires, signed_in
from app.core.work import Work
from app.people.models import Person
from exports.case_matrix import Report, as_document, as_listing
from exports.docx.document import write_document
from exports.letterhead.dressing import dressed
from exports.sheets import MIME, as_xlsx
from knowledge.comparison import views
from knowledge.comparison.policy import may_compare
from knowledge.comparison.queries import comparison

blueprint = Blueprint("case_matrix", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/fallvergleich.xlsx")
@requires(may_compare)
def xlsx() -> Response:
    """The matrix as a sheet."""
    return _file(BytesIO(as_xlsx(as_listing(_report("xlsx")))), MIME["xlsx"], "xlsx")


@blueprint.get("/fallvergleich.docx")
@requires(may_compare)
def docx() -> Response:
    """The comparison as a Word document."""
    stream = BytesIO()
    write_document(dressed(reading(), as_document(_report("docx"))), stream)
    stream.seek(0)
    return _file(stream, DOCX, "docx")


def _report(form: str) -> Report:
    actor, choice = signed_in(), views.read_choice(request.args)
    found = comparison(reading(), actor, choice, clock.today())
    perform(_record, form, len(found.cases))
    chosen = tuple(chip["label"] for chip in views.chips(choice, found))
    eyes, tenant = views.eyes_of(actor), g.tenant
    return Report(found, choice, eyes, tenant.name, actor.name, chosen, clock.now(), tenant.fictional)


def _file(stream: BytesIO, kind: str, suffix: str) -> Response:
    name = f"fallvergleich-{clock.today().isoformat()}.{suffix}"
    response = send_file(stream, kind, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _record(work: Work, form: str, cases: int) -> None:
    person: Any = work.session.exec(select(Person).where(col(Person.id) == work.actor.person_id)).one()
    work.record("list.exported", person, list="fallvergleich", format=form, rows=cases)
