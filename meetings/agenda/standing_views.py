"""A body's agenda template as pages."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import InvalidInput, NotFound
from app.core.forms import small_number
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires
from meetings.agenda import policy, templating
from meetings.agenda.standing import StandingItem, template_of
from meetings.agenda.standing_forms import StandingForm
from meetings.bodies.queries import FoundBody, body_by_key

blueprint = Blueprint("standing", __name__, template_folder="templates")


@blueprint.get("/gremien/<key>/tagesordnung")
@requires(policy.may_plan_meeting, load=body_by_key)
def show(body: FoundBody, key: str) -> Response:
    """The template with a button for every change."""
    del key
    return _show(body)


def _show(body: FoundBody, problem: str = "", status: int = 200) -> Response:
    items = template_of(reading(), body.body_id)
    return page("agenda/standing.html", status=status, body=body.body, items=items, problem=problem)


@blueprint.get("/gremien/<key>/tagesordnung/neu")
@requires(policy.may_plan_meeting, load=body_by_key)
def new(body: FoundBody, key: str) -> Response:
    """An empty item."""
    del key
    return _item_page(body, StandingForm())


def _item_page(
    body: FoundBody, form: StandingForm, place: int | None = None, problem: str = "", status: int = 200
) -> Response:
    return page("agenda/standing_form.html", status=status, body=body.body, form=form, place=place, problem=problem)


@blueprint.post("/gremien/<key>/tagesordnung/neu")
@requires(policy.may_plan_meeting, load=body_by_key)
def add(body: FoundBody, key: str) -> AnyResponse:
    """Add the item."""
    form = StandingForm()
    if not form.validate_on_submit():
        return _item_page(body, form, status=422)
    try:
        return perform_once(templating.add_standing, key, form.draft(), then=lambda _row: _back(key))
    except InvalidInput as error:
        return _item_page(body, form, problem=error.message, status=error.status)


def _back(key: str) -> str:
    return url_for("standing.show", key=key)


def _at(body: FoundBody, place: str) -> StandingItem:
    items, number = template_of(reading(), body.body_id), small_number(place) - 1
    if not 0 <= number < len(items):
        raise NotFound(_("Diesen Punkt gibt es in der Vorlage nicht."))
    return items[number]


@blueprint.get("/gremien/<key>/tagesordnung/<place>")
@requires(policy.may_plan_meeting, load=lambda session, key, **_more: body_by_key(session, key))
def edit(body: FoundBody, key: str, place: str) -> Response:
    """The item as a form."""
    del key
    return _item_page(body, StandingForm.of(_at(body, place)), small_number(place))


@blueprint.post("/gremien/<key>/tagesordnung/<place>")
@requires(policy.may_plan_meeting, load=lambda session, key, **_more: body_by_key(session, key))
def change(body: FoundBody, key: str, place: str) -> AnyResponse:
    """Save the item."""
    _at(body, place)
    form = StandingForm()
    if not form.validate_on_submit():
        return _item_page(body, form, small_number(place), status=422)
    return perform_once(
        templating.change_standing, key, small_number(place) - 1, form.draft(), then=lambda _row: _back(key)
    )


@blueprint.post("/gremien/<key>/tagesordnung/<place>/verschieben")
@requires(policy.may_plan_meeting, load=lambda session, key, **_more: body_by_key(session, key))
def move(body: FoundBody, key: str, place: str) -> AnyResponse:
    """One place up or down."""
    _at(body, place)
    steps = -1 if request.form.get("richtung") == "hoch" else 1
    return perform_once(templating.move_standing, key, small_number(place) - 1, steps, then=lambda _row: _back(key))


@blueprint.post("/gremien/<key>/tagesordnung/<place>/entfernen")
@requires(policy.may_plan_meeting, load=lambda session, key, **_more: body_by_key(session, key))
def remove(body: FoundBody, key: str, place: str) -> AnyResponse:
    """Take the item out; agendas that began with it keep it."""
    _at(body, place)
    try:
        return perform_once(templating.remove_standing, key, small_number(place) - 1, then=lambda _row: _back(key))
    except InvalidInput as error:
        return _show(body, error.message, error.status)


@blueprint.post("/gremien/<key>/tagesordnung/aus-letzter-sitzung")
@requires(policy.may_plan_meeting, load=body_by_key)
def take_over(body: FoundBody, key: str) -> AnyResponse:
    """Make what the last meeting began and ended with the template."""
    try:
        return perform_once(templating.from_last_meeting, key, then=lambda _row: _back(key))
    except InvalidInput as error:
        return _show(body, error.message, error.status)
