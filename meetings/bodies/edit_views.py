"""Bodies as forms: founding one, its head, its rules of procedure, its seats, and the history of all that."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import DomainError
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires
from meetings.bodies import actions, choices, policy, queries
from meetings.bodies.forms import BodyForm, EndSeatForm, HoldersForm, RulesForm, SeatForm
from meetings.bodies.profiles import PROFILES
from meetings.bodies.queries import FoundBody
from meetings.bodies.wording import change_words, field_words, profile_words, seat_words, value_words

blueprint = Blueprint("bodies_edit", __name__, template_folder="templates")

for name, words in {"body_change": change_words, "body_field": field_words}.items():
    blueprint.add_app_template_filter(words, name)
blueprint.add_app_template_global(value_words, "body_value")


def _form_page(
    template: str, form: Any, found: FoundBody | None, problem: str = "", status: int = 200, **more: Any
) -> Response:
    body = found.body if found else None
    return page(f"bodies/{template}.html", status=status, form=form, body=body, problem=problem, **more)


def _saved(
    render: Callable[[str, int], Response], action: Callable[..., Any], *args: Any, then: Callable[[Any], str]
) -> AnyResponse:
    """Perform; a refusal shows the form again with what was typed and why."""
    try:
        return perform_once(action, *args, then=then)
    except DomainError as error:
        return render(error.message, error.status)


def _body_form(form: BodyForm | None = None, found: FoundBody | None = None) -> BodyForm:
    return (form or BodyForm()).offer(*choices.body_choices(reading(), found.body_id if found else 0))


@blueprint.get("/gremien/neu")
@requires(policy.may_found_body)
def new() -> Response:
    """An empty form."""
    return _form_page("form", _body_form(), None)


@blueprint.post("/gremien/neu")
@requires(policy.may_found_body)
def found_body() -> AnyResponse:
    """Set the body up and go on to its seats."""
    form = _body_form()
    if not form.validate_on_submit():
        return _form_page("form", form, None, status=422)
    return _saved(
        lambda problem, status: _form_page("form", form, None, problem, status),
        actions.found_body,
        form.draft(),
        then=lambda body: url_for("bodies.show", key=body.key),
    )


@blueprint.get("/gremien/<key>/bearbeiten")
@requires(policy.may_edit_body, load=queries.body_by_key)
def edit(found: FoundBody, key: str) -> Response:
    """The head as a form."""
    del key
    return _form_page("form", _body_form(BodyForm.of(found.body), found), found)


@blueprint.post("/gremien/<key>/bearbeiten")
@requires(policy.may_edit_body, load=queries.body_by_key)
def change(found: FoundBody, key: str) -> AnyResponse:
    """Save the head."""
    form = _body_form(None, found)
    if not form.validate_on_submit():
        return _form_page("form", form, found, status=422)

    def again(problem: str, status: int) -> Response:
        form.version.data = str(found.body.version)
        return _form_page("form", form, found, problem, status)

    given = form.draft(), form.shown_version()
    return _saved(again, actions.change_body, key, *given, then=lambda _body: url_for("bodies.show", key=key))


@blueprint.get("/gremien/<key>/regeln")
@requires(policy.may_edit_body, load=queries.body_by_key)
def rules(found: FoundBody, key: str) -> Response:
    """The rules of procedure as a form, filled with those that hold."""
    del key
    held = queries.rules_of(reading(), [found.body])[found.body_id]
    wanted = request.args.get("profil", "")
    profile = PROFILES.get(wanted)
    version = found.body.version
    form = RulesForm.from_profile(profile, version) if profile else RulesForm.of(held, version)
    own, chosen = held.body_id == found.body_id, profile_words().get(wanted)
    return _form_page("rules", form.offer(), found, own=own, profiles=profile_words(), chosen=chosen)


@blueprint.post("/gremien/<key>/regeln")
@requires(policy.may_edit_body, load=queries.body_by_key)
def set_rules(found: FoundBody, key: str) -> AnyResponse:
    """Save the rules."""
    form = RulesForm().offer()
    if not form.validate_on_submit():
        return _form_page("rules", form, found, status=422, own=True)

    def again(problem: str, status: int) -> Response:
        form.version.data = str(found.body.version)
        return _form_page("rules", form, found, problem, status, own=True)

    given = form.rules(), form.shown_version()
    return _saved(again, actions.set_rules, key, *given, then=lambda _body: url_for("bodies.show", key=key))


@blueprint.get("/gremien/<key>/sitze/neu")
@requires(policy.may_edit_body, load=queries.body_by_key)
def new_seat(found: FoundBody, key: str) -> Response:
    """An empty seat, from today on."""
    del key
    form = SeatForm(valid_from=clock.today()).offer(choices.organisations(reading()))
    return _form_page("seat", form, found)


@blueprint.post("/gremien/<key>/sitze/neu")
@requires(policy.may_edit_body, load=queries.body_by_key)
def add_seat(found: FoundBody, key: str) -> AnyResponse:
    """Add the seat and go on to who sits on it."""
    form = SeatForm().offer(choices.organisations(reading()))
    if not form.validate_on_submit():
        return _form_page("seat", form, found, status=422)
    return _saved(
        lambda problem, status: _form_page("seat", form, found, problem, status),
        actions.add_seat,
        key,
        form.draft(),
        then=lambda seat: url_for("bodies_edit.holders", key=key, seat_id=seat.id),
    )


@blueprint.get("/gremien/<key>/sitze/<int:seat_id>")
@requires(policy.may_edit_body, load=queries.seat_in_body)
def holders(found: queries.FoundSeat, key: str, seat_id: int) -> Response:
    """Who sits on the seat, as a form."""
    del key, seat_id
    return _holders_page(found, HoldersForm.of(found.row, clock.today()))


def _holders_page(found: queries.FoundSeat, form: HoldersForm, problem: str = "", status: int = 200) -> Response:
    form.offer(choices.people_for(reading(), found.row))
    return _form_page("holders", form, found, problem, status, seat=found.row, kind=seat_words(found.row.kind))


@blueprint.post("/gremien/<key>/sitze/<int:seat_id>")
@requires(policy.may_edit_body, load=queries.seat_in_body)
def set_holders(found: queries.FoundSeat, key: str, seat_id: int) -> AnyResponse:
    """Save who sits on the seat."""
    form = HoldersForm().offer(choices.people_for(reading(), found.row))
    if not form.validate_on_submit():
        return _holders_page(found, form, status=422)
    return _saved(
        lambda problem, status: _holders_page(found, form, problem, status),
        actions.set_holders,
        key,
        seat_id,
        form.draft(found.row.deputies),
        then=lambda _seat: url_for("bodies.show", key=key),
    )


@blueprint.get("/gremien/<key>/sitze/<int:seat_id>/beenden")
@requires(policy.may_edit_body, load=queries.seat_in_body)
def ask_end(found: queries.FoundSeat, key: str, seat_id: int) -> Response:
    """What ending a seat means, with the last day to type."""
    del key, seat_id
    return _end_page(found, EndSeatForm(last_day=clock.today()))


def _end_page(found: queries.FoundSeat, form: EndSeatForm, problem: str = "", status: int = 200) -> Response:
    if problem:
        form.last_day.errors = [problem]
    return page(
        "ui/confirm.html",
        status=status,
        title=_("Sitz beenden"),
        text=_("Nach dem letzten Tag wird der Sitz nicht mehr eingeladen und stimmt nicht mehr ab. Was war, bleibt."),
        facts=[(_("Sitz"), found.row.organisation), (_("Gremium"), found.body.name)],
        form=form,
        action_url=url_for("bodies_edit.end_seat", key=found.body.key, seat_id=found.row.seat_id),
        confirm_label=_("Sitz beenden"),
        back_url=url_for("bodies.show", key=found.body.key),
    )


@blueprint.post("/gremien/<key>/sitze/<int:seat_id>/beenden")
@requires(policy.may_edit_body, load=queries.seat_in_body)
def end_seat(found: queries.FoundSeat, key: str, seat_id: int) -> AnyResponse:
    """End the seat."""
    form = EndSeatForm()
    if not form.validate_on_submit() or form.last_day.data is None:
        return _end_page(found, form, status=422)
    return _saved(
        lambda problem, status: _end_page(found, form, problem, status),
        actions.end_seat,
        key,
        seat_id,
        form.last_day.data,
        then=lambda _seat: url_for("bodies.show", key=key),
    )


@blueprint.get("/gremien/<key>/verlauf")
@requires(policy.may_read_body, load=queries.body_by_key)
def history(found: FoundBody, key: str) -> Response:
    """Every change of the body, the newest first."""
    del key
    return page("bodies/history.html", body=found.body, changes=queries.changes_of(reading(), found.body_id))
