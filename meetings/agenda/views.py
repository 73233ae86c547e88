"""Meetings as pages: the list, one meeting with its agenda, one item, and the steps of both."""

from flask import Blueprint, Response, current_app, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.lifecycle import RefusedMove
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.agenda import actions, pages, policy, queries, wording
from meetings.agenda.forms import MoveForm
from meetings.agenda.overview import overview
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.slots import Panel
from meetings.bodies.policy import may_read_bodies

blueprint = Blueprint("meetings", __name__, template_folder="templates")

for name, words in wording.FILTERS.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.app_template_global()
def render_panel(panel: Panel) -> Markup:
    """A block of another room with its own context alone."""
    return Markup(current_app.jinja_env.get_template(panel.template).render(panel.context))  # noqa: S704


@blueprint.get("/sitzungen")
@requires(may_read_bodies)
def index() -> Response:
    """The meetings that the reader may see, upcoming and past, of all bodies or one."""
    wanted = request.args.get("gremium", "")
    return page("agenda/index.html", overview=overview(reading(), signed_in(), wanted))


@blueprint.get("/sitzungen/<key>")
@requires(policy.may_read_meeting, load=queries.meeting_by_key)
def show(meeting: FoundMeeting, key: str) -> Response:
    """One meeting: where it stands, who is there, what it is about."""
    del key
    return _meeting_page(meeting, MoveForm.inviting(meeting.meeting.invited_on or clock.today()))


def _meeting_page(meeting: FoundMeeting, form: MoveForm, status: int = 200) -> Response:
    found = pages.meeting_page(reading(), signed_in(), meeting, clock.now())
    return page("agenda/show.html", status=status, view=found, form=form)


@blueprint.get("/sitzungen/<key>/jetzt")
@requires(policy.may_read_meeting, load=queries.meeting_by_key)
def now(meeting: FoundMeeting, key: str) -> Response:
    """The live part of a meeting: quorum, current item, open polls."""
    del key
    lines = pages.agenda_lines(reading(), signed_in(), meeting)
    found = pages.now_in(reading(), signed_in(), meeting, clock.now(), lines)
    return page("agenda/_now.html", now=found, arrived=True)


@blueprint.get("/sitzungen/<key>/tagesordnung")
@requires(policy.may_read_meeting, load=queries.meeting_by_key)
def agenda(meeting: FoundMeeting, key: str) -> Response:
    """The live part of a meeting: its agenda."""
    del key
    return page("agenda/_agenda.html", meeting=meeting, lines=pages.agenda_lines(reading(), signed_in(), meeting))


@blueprint.post("/sitzungen/<key>/schritt")
@requires(policy.may_read_meeting, load=queries.meeting_by_key)
def move(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """Take the meeting one step on."""
    form = MoveForm()
    if not form.validate_on_submit():
        return _meeting_page(meeting, form, 422)
    try:
        return perform_once(
            actions.move_meeting,
            key,
            form.target.data or "",
            form.invited_on.data,
            form.urgency.data or "",
            then=lambda _meeting: url_for("meetings.show", key=key),
        )
    except RefusedMove as refusal:
        form.invited_on.errors = [refusal.reason]
        return _meeting_page(meeting, form, refusal.status)


@blueprint.get("/sitzungen/<key>/top/<number>")
@requires(policy.may_read_meeting, load=queries.item_by_number)
def item(found: FoundItem, key: str, number: str) -> Response:
    """One item: text, proposal, what it is about, its poll and its decision."""
    del key, number
    return page("agenda/item.html", view=pages.item_page(reading(), signed_in(), found, clock.now()))


@blueprint.post("/sitzungen/<key>/top/<number>/aufruf")
@requires(policy.may_conduct_meeting, load=queries.item_by_number)
def call(found: FoundItem, key: str, number: str) -> AnyResponse:
    """Make the item the current one."""
    del found
    return perform_once(
        actions.call_item, key, number, then=lambda _item: url_for("meetings.item", key=key, number=number)
    )
