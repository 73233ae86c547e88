"""Signing in and out, the language, and the desk."""

from flask import Blueprint, Response, flash, g, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.database import every_tenant
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import LANGUAGES, _
from app.core.web import current_actor, go_to, house, page, perform, public, reading, requires, signed_in
from app.people import actions, policy, queries, sign_in, tasks
from app.people.forms import SignInForm

blueprint = Blueprint("people", __name__, template_folder="templates")


@blueprint.get("/anmelden", endpoint="sign_in")
@public("this is where one signs in")
def show_sign_in() -> Response | AnyResponse:
    """The form, and the demo accounts if there are any."""
    if current_actor() is not None:
        return go_to(sign_in.safe_next(request.args.get("next")))
    return _sign_in_page(SignInForm(formdata=None))


@blueprint.post("/anmelden")
@public("this is where one signs in")
def enter() -> Response | AnyResponse:
    """Check the password and open a session."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 422)
    attempt = actions.Attempt(form.email.data or "", form.password.data or "", request.remote_addr or "-", clock.now())
    with house().database.read() as plain, every_tenant(plain):
        actions.refuse_if_too_often(plain, attempt)
        person = actions.person_with_password(plain, attempt)
    if person is None:
        house().writer.run(lambda s: actions.count_failure(s, attempt), None)
        flash(actions.wrong_password().message, "danger")
        return _sign_in_page(form, InvalidInput.status)
    sign_in.welcome(person)
    return go_to(sign_in.safe_next(request.args.get("next")))


@blueprint.post("/anmelden/demo/<key>")
@public("one click into an account of a fictional tenant")
def enter_demo(key: str) -> AnyResponse:
    """Open a session for a person who does not exist."""
    with house().database.read() as plain, every_tenant(plain):
        person = actions.demo_person(plain, key)
    if person is None:
        raise NotFound(_("Dieses Vorführkonto gibt es nicht."))
    sign_in.welcome(person)
    return go_to(sign_in.safe_next(request.args.get("next")))


@blueprint.post("/abmelden")
@requires(policy.may_sign_out)
def leave() -> AnyResponse:
    """End the session everywhere and clear what the browser kept."""
    token = current_user.get_id()
    perform(actions.end_session, token)
    sign_in.farewell(token)
    flash(_("Sie sind abgemeldet."), "success")
    response = go_to(url_for("people.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.post("/sprache")
@public("a visitor chooses the language too")
def choose_language() -> AnyResponse:
    """Keep the language for this browser."""
    wanted = request.form.get("language")
    if wanted in LANGUAGES:
        session["language"] = wanted
    return go_to(sign_in.safe_next(request.form.get("next")))


@blueprint.get("/")
@requires(policy.may_see_own_desk)
def home() -> Response:
    """What waits for me?"""
    actor = signed_in()
    return page(
        "people/home.html",
        groups=tasks.groups(reading(), actor, clock.today()),
        tiles=tasks.tiles(reading(), actor),
    )


def _sign_in_page(form: SignInForm, status: int = 200) -> Response:
    g.pop("actor", None)
    with house().database.read() as plain:
        accounts = queries.demo_accounts(plain)
    return page(
        "people/sign_in.html", status=status, form=form, demo_accounts=accounts, next=request.args.get("next", "")
    )
