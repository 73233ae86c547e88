"""A body's own text modules as pages."""

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of
from meetings.minutes import modules, policy
from meetings.minutes.forms import ModuleForm

blueprint = Blueprint("text_modules", __name__, template_folder="templates")


def body_by_key(session: Session, key: str, **_address: object) -> Body | None:
    """The body with this key."""
    return session.exec(select(Body).where(col(Body.key) == key)).first()


def may_keep(actor: Actor, body: Body) -> Verdict:
    """The policy over a loaded body."""
    return policy.may_keep_modules(actor, access_of(body))


@blueprint.get("/gremien/<key>/textbausteine")
@requires(may_keep, load=body_by_key)
def index(body: Body, key: str) -> Response:
    """The body's own modules and those that come with the program."""
    del key
    own = modules.own_modules(reading(), body.id or 0)
    shipped = [[str(title), str(text)] for _name, title, text in modules.SHIPPED]
    return page("minutes/modules.html", body=body, own=own, shipped=shipped, form=ConfirmForm())


@blueprint.route("/gremien/<key>/textbausteine/neu", methods=["GET", "POST"])
@requires(may_keep, load=body_by_key)
def new(body: Body, key: str) -> Response | AnyResponse:
    """Write a new one."""
    del key
    return _write(body, ModuleForm(), None)


@blueprint.route("/gremien/<key>/textbausteine/<int:module_id>", methods=["GET", "POST"])
@requires(may_keep, load=body_by_key)
def edit(body: Body, key: str, module_id: int) -> Response | AnyResponse:
    """Change one."""
    del key
    row = next((each for each in modules.own_modules(reading(), body.id or 0) if each.id == module_id), None)
    if row is None:
        raise NotFound(_("Diesen Textbaustein gibt es nicht."))
    return _write(body, ModuleForm(title=row.title, text=row.text, version=row.version), module_id)


def _write(body: Body, form: ModuleForm, module_id: int | None) -> Response | AnyResponse:
    if request.method == "GET" or not form.validate_on_submit():
        return _desk(body, form, module_id, status=200 if request.method == "GET" else 422)
    typed = (form.title.data or "", form.text.data or "", form.version.data or 0)
    try:
        return perform_once(
            modules.save_module,
            body.key,
            module_id,
            *typed,
            then=lambda _row: url_for("text_modules.index", key=body.key),
        )
    except DomainError as error:
        return _desk(body, form, module_id, error.message, error.status)


def _desk(body: Body, form: ModuleForm, module_id: int | None, problem: str = "", status: int = 200) -> Response:
    return page("minutes/module.html", status=status, body=body, form=form, module_id=module_id, problem=problem)


@blueprint.post("/gremien/<key>/textbausteine/<int:module_id>/entfernen")
@requires(may_keep, load=body_by_key)
def drop(body: Body, key: str, module_id: int) -> AnyResponse:
    """Take one away."""
    del key
    return perform_once(
        modules.drop_module, body.key, module_id, then=lambda _none: url_for("text_modules.index", key=body.key)
    )
