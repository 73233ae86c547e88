"""The door: a code on the wall opens it. No account is needed, and nothing of a case is said here."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.database import every_tenant
from app.core.errors import DomainError
from app.core.htmx import go_to
from app.core.i18n import _
from app.core.web import current_actor, house, page, perform_once, public, reading
from app.people.rules import Limit
from knowledge.reconstruction import door as doors
from knowledge.reconstruction.entering import Knock, invited, knock, workshop_by_code
from knowledge.reconstruction.forms import OWN, PROJECTOR, CodeForm, JoinForm
from knowledge.reconstruction.models import WorkshopRoom
from knowledge.reconstruction.rules import typed_code
from knowledge.reconstruction.wording import ROLES
from knowledge.reports import limits
from knowledge.reports.visitors import visitor
from knowledge.workshops.models import Workshop

blueprint = Blueprint("joining", __name__, template_folder="templates")
GUESSES = Limit(40, 300)
"""Wrong codes from one network address in five minutes; a whole house sits behind one."""
_EVERYBODY = "people join a workshop with the code on the wall, without an account"


@blueprint.get("/w")
@public(_EVERYBODY)
def door() -> Response | AnyResponse:
    """Where the code is typed; one that is given leads on."""
    if request.args.get("code"):
        return go_to(url_for("joining.enter", code=typed_code(request.args["code"]) or "-"))
    return page("reconstruction/door.html", form=CodeForm(formdata=None))


@blueprint.get("/w/<code>")
@public(_EVERYBODY)
def enter(code: str) -> Response | AnyResponse:
    """The form for name and organisation; who is in already goes on to the room."""
    found = _open(code)
    if found is None:
        return _no_such_code()
    workshop = found[0]
    actor, row = current_actor(), doors.guest()
    if actor is not None and actor.tenant_id != workshop.tenant_id:
        return _no_such_code(_("Sie sind in einem anderen Kreis angemeldet. Melden Sie sich zuerst ab."))
    if actor is not None or (row is not None and row.workshop_id == workshop.id):
        return go_to(url_for("live_room.show", key=workshop.key))
    doors.enter_county(workshop.tenant_id)
    return _form_page(workshop, code, _prepared(JoinForm(formdata=None), workshop))


@blueprint.post("/w/<code>")
@public(_EVERYBODY)
def ask(code: str) -> Response | AnyResponse:
    """Ask to be let in; the browser keeps its place from now on."""
    found = _open(code)
    if found is None:
        return _no_such_code()
    workshop = found[0]
    doors.enter_county(workshop.tenant_id)
    form = _prepared(JoinForm(), workshop)
    if not form.validate_on_submit():
        return _form_page(workshop, code, form, 422)
    token = doors.token_for(form.once.data or "")
    name = (form.name.data or "").strip() or str(ROLES[form.role])
    said = Knock(name, form.organisation_id, form.role, doors.token_hash(token))
    try:
        answer = perform_once(
            knock,
            typed_code(code),
            said,
            then=lambda known: url_for("live_room.show", key=known.key),
            by=visitor(workshop.tenant_id),
        )
    except DomainError as error:
        form.form_errors.append(error.message)
        return _form_page(workshop, code, form, error.status)
    return doors.hand_out(answer, token)


def _open(code: str) -> tuple[Workshop, WorkshopRoom] | None:
    """The workshop that the code opens; a wrong one is counted, and whoever tries many is stopped."""
    now, typed = clock.now(), typed_code(code)
    bucket = limits.bucket("workshop-code", bytes(current_app.secret_key), request.remote_addr or "-", now)  # type: ignore[arg-type]
    limits.refuse_if_too_often(bucket, GUESSES, now)
    with house().database.read() as plain, every_tenant(plain):
        found = workshop_by_code(plain, typed, now)
    if found is None:
        limits.count(bucket, GUESSES, now)
    return found


def _no_such_code(text: str = "") -> Response:
    form = CodeForm(formdata=None)
    form.form_errors = [
        *form.form_errors,
        text or _("Dieser Code öffnet gerade keinen Raum. Lesen Sie ihn bitte noch einmal ab."),
    ]
    return page("reconstruction/door.html", form=form, status=404)


def _prepared(form: JoinForm, workshop: Workshop) -> JoinForm:
    offers: list[tuple[str, Any]] = [("", _("Bitte wählen"))]
    offers += [(str(each.id), each.name) for each in invited(reading(), workshop.id or 0)]
    form.organisation.choices = [
        *offers,
        (OWN, _("für mich selbst, aus eigener Erfahrung")),
        (PROJECTOR, _("Dieses Gerät ist der Beamer")),
    ]
    return form


def _form_page(workshop: Workshop, code: str, form: JoinForm, status: int = 200) -> Response:
    return page("reconstruction/join.html", status=status, workshop=workshop, code=code, form=form)
