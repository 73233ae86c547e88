"""Sending what is due to whoever is invited, and the appointment as a file."""

from flask import Response, flash, g, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.i18n import _
from app.core.web import house, perform_once, requires
from knowledge.workshops import inviting, queries
from knowledge.workshops.blueprint import blueprint, may_plan, may_read
from knowledge.workshops.inviting import Sender
from knowledge.workshops.queries import WorkshopSheet


def sender() -> Sender:
    """Whom calendar mails come from."""
    settings = house().settings
    return Sender(settings.mail_from, settings.public_url)


@blueprint.post("/workshops/<key>/einladen")
@requires(may_plan, load=queries.sheet_by_key)
def invite(sheet: WorkshopSheet, key: str) -> AnyResponse:
    """Write the mails that are due."""
    del sheet
    response = perform_once(
        inviting.send_invitations, key, sender(), then=lambda workshop: url_for("workshops.show", key=workshop.key)
    )
    flash(_("Die Einladungen sind auf dem Weg."), "success")
    return response


@blueprint.get("/workshops/<key>/termin.ics")
@requires(may_read, load=queries.sheet_by_key)
def appointment(sheet: WorkshopSheet, key: str) -> Response:
    """The appointment as a file for any calendar."""
    del key
    text = inviting.as_file(sheet.workshop, g.tenant, sender(), clock.now())
    response = Response(text.encode(), mimetype="text/calendar", content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{sheet.workshop.key}.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response
