"""The control of decisions to take away: as a list for Excel, as a paper for the meeting. What the reader may see."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, g, request, send_file

from app.core import clock
from app.core.errors import InvalidInput
from app.core.i18n import _, language, ngettext, show_date, show_datetime
from app.core.web import perform, reading, requires, signed_in
from app.people.models import Tenant
from exports.document import Document, Section, Table
from exports.docx.document import write_document as write_docx
from exports.docx.wording import ENGLISH, GERMAN
from exports.letterhead.dressing import dressed
from exports.lists import record_list
from exports.pdf.document import write_document as write_pdf
from exports.sheets import FORMATS, MIME, Column, Listing, written
from meetings.follow_up.policy import may_read_list
from meetings.follow_up.queries import FoundTask, Report, reports_of, task_list
from meetings.follow_up.views import read_choice
from meetings.follow_up.wording import light_name, standing

blueprint = Blueprint("follow_up_exports", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def _rows() -> tuple[list[FoundTask], dict[int, list[Report]]]:
    rows = task_list(reading(), signed_in(), read_choice()).rows
    return rows, reports_of(reading(), [row.id for row in rows])


def _last(reports: dict[int, list[Report]], row: FoundTask) -> str:
    found = reports.get(row.id)
    return f"{show_date(found[0].row.at)}: {found[0].row.text}" if found else ""


@blueprint.get("/export/beschlusskontrolle")
@requires(may_read_list)
def tasks_list() -> Response:
    """The list as filtered, for Excel."""
    form = request.args.get("format", "xlsx")
    if form not in FORMATS:
        raise InvalidInput(_("Dieses Format gibt es nicht. Es gehen XLSX, CSV und JSON."))
    rows, reports = _rows()
    columns = (
        Column("key", _("Nr.")),
        Column("text", _("Auftrag")),
        Column("body", _("Gremium")),
        Column("decision", _("Beschluss")),
        Column("organisation", _("Verantwortlich")),
        Column("due", _("Frist")),
        Column("light", _("Ampel")),
        Column("state", _("Stand")),
        Column("report", _("Letzter Bericht")),
    )
    listed = [
        (
            row.task.key,
            row.task.text,
            row.body_row.name,
            row.decision.key if row.decision else "",
            row.organisation,
            row.task.due,
            light_name(row.light),
            standing(row.task.state, row.overdue),
            _last(reports, row),
        )
        for row in rows
    ]
    about = [
        (_("Liste"), _("Beschlusskontrolle")),
        (_("Quelle"), _("Lückenlos, %(tenant)s", tenant=g.tenant.name)),
        (_("Stand"), show_datetime(clock.now())),
        (_("Zeilen"), str(len(listed))),
    ]
    listing = Listing(_("Beschlusskontrolle"), columns, listed, about, "de-DE" if language() == "de" else "en-GB")
    content = written(listing, form)
    perform(record_list, "beschlusskontrolle", form, len(listed))
    response = Response(content, mimetype=MIME[form].partition(";")[0], content_type=MIME[form])
    name = f"beschlusskontrolle-{clock.today().isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/beschlusskontrolle.docx")
@requires(may_read_list)
def tasks_docx() -> Response:
    """The list as a Word document."""
    return _paper(write_docx, DOCX, "docx")


@blueprint.get("/beschlusskontrolle.pdf")
@requires(may_read_list)
def tasks_pdf() -> Response:
    """The list as PDF."""
    return _paper(write_pdf, PDF, "pdf")


def _paper(write: Callable[[Document, BytesIO], None], kind: str, suffix: str) -> Response:
    rows, reports = _rows()
    stream = BytesIO()
    write(dressed(reading(), task_paper(rows, reports, g.tenant)), stream)
    stream.seek(0)
    perform(record_list, "beschlusskontrolle", suffix, len(rows))
    name = f"Beschlusskontrolle-{clock.today().isoformat()}.{suffix}"
    return send_file(stream, kind, as_attachment=True, download_name=name)


def task_paper(rows: list[FoundTask], reports: dict[int, list[Report]], tenant: Tenant) -> Document:
    """The list as the meeting reads it: a section for each body."""
    bodies = {row.body_row.key: row.body_row.name for row in rows}
    today = clock.today()
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Beschlusskontrolle"),
        number=today.isoformat(),
        title=_("Aufträge aus Beschlüssen"),
        classification=_("Nur für Mitglieder des Gremiums – keine Einzelfälle"),
        date=_("Stand: %(date)s", date=show_date(today)),
        sections=tuple(
            Section(name, text=_count(mine), table=_table(mine, reports, name))
            for key, name in bodies.items()
            if (mine := [row for row in rows if row.body_row.key == key])
        )
        or (Section(_("Aufträge"), text=_("Kein Auftrag auf der Liste.")),),
        issued_at=clock.now(),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _count(rows: list[FoundTask]) -> str:
    return ngettext("%(num)s Auftrag.", "%(num)s Aufträge.", len(rows))


def _table(rows: list[FoundTask], reports: dict[int, list[Report]], name: str) -> Table:
    columns = (_("Nr."), _("Auftrag"), _("Verantwortlich"), _("Frist"), _("Stand"))
    return Table(
        _("Aufträge: %(body)s", body=name),
        columns,
        tuple(
            (
                row.task.key,
                " – ".join(part for part in (row.task.text, _last(reports, row)) if part),
                row.organisation or "–",
                show_date(row.task.due) if row.task.due else "–",
                f"{light_name(row.light)}: {standing(row.task.state, row.overdue)}",
            )
            for row in rows
        ),
    )
