"""The register of decisions on paper: as narrowed, with the wording, the result and how each decision stands today."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from io import BytesIO

from flask import Blueprint, Response, g, request, send_file

from app.core import clock
from app.core.errors import InvalidInput
from app.core.i18n import _, language, ngettext, show_date
from app.core.web import perform, reading, requires, signed_in
from app.people.models import Tenant
from exports.document import Document, Section, Table
from exports.docx.document import write_document as write_docx
from exports.docx.wording import ENGLISH, GERMAN
from exports.letterhead.dressing import dressed
from exports.lists import record_list
from exports.pdf.document import write_document as write_pdf
from meetings.bodies.policy import may_read_bodies
from meetings.decisions.queries import FoundDecision, Search, every_decision
from meetings.register.queries import replaced_ids

blueprint = Blueprint("decision_register", __name__)
MOST = 1000
"""So many decisions are a book; whoever wants more takes the list for Excel."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Writer = Callable[[Document, BytesIO], None]
WRITERS: dict[str, tuple[Writer, str]] = {"pdf": (write_pdf, "application/pdf"), "docx": (write_docx, DOCX)}


@blueprint.get("/beschluesse.<any(pdf, docx):suffix>")
@requires(may_read_bodies)
def paper(suffix: str) -> Response:
    """The register as filtered, as PDF or as a Word document."""
    rows = every_decision(reading(), signed_in(), Search.of(request.args), MOST + 1)
    if len(rows) > MOST:
        raise InvalidInput(
            _("Das sind mehr als 1.000 Beschlüsse. Bitte grenzen Sie das Register ein, zum Beispiel auf ein Jahr.")
        )
    replaced = replaced_ids(reading(), [row.id for row in rows])
    write, kind = WRITERS[suffix]
    stream = BytesIO()
    write(dressed(reading(), register_document(rows, replaced, g.tenant, clock.now())), stream)
    stream.seek(0)
    perform(record_list, "beschluesse", suffix, len(rows))
    name = f"{_('Beschlussregister')}-{clock.today().isoformat()}.{suffix}"
    return send_file(stream, kind, as_attachment=True, download_name=name)


def register_document(
    rows: Sequence[FoundDecision], replaced: Collection[int], tenant: Tenant, now: datetime
) -> Document:
    """The decisions by body, the newest first."""
    bodies = {row.body_row.key: row.body_row.name for row in rows}
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Beschlussregister"),
        number=now.date().isoformat(),
        title=_("Beschlüsse"),
        classification=_("Nur für Mitglieder des Gremiums – keine Einzelfälle"),
        date=_("Stand: %(date)s", date=show_date(now)),
        sections=tuple(
            _section(name, [row for row in rows if row.body_row.key == key], replaced) for key, name in bodies.items()
        )
        or (Section(_("Beschlüsse"), text=_("Kein Beschluss passt dazu.")),),
        issued_at=now,
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _section(name: str, rows: Sequence[FoundDecision], replaced: Collection[int]) -> Section:
    columns = (_("Nummer"), _("Tag"), _("Wortlaut"), _("Ergebnis"))
    table = Table(
        _("Beschlüsse: %(body)s", body=name),
        columns,
        tuple(
            (row.decision.key, show_date(row.decision.date), row.decision.text, _result(row, row.id in replaced))
            for row in rows
        ),
    )
    return Section(name, text=ngettext("%(num)s Beschluss.", "%(num)s Beschlüsse.", len(rows)), table=table)


def _result(row: FoundDecision, is_replaced: bool) -> str:
    decision = row.decision
    words = _("zur Kenntnis genommen")
    if decision.accepted is not None:
        words = decision.result_text or (_("angenommen") if decision.accepted else _("abgelehnt"))
    return _("%(result)s; durch einen späteren ersetzt", result=words) if is_replaced else words
