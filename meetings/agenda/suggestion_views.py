"""The suggestions for an agenda as a page: one click each, or all at once."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.web import page, perform_once, reading, requires
from meetings.agenda import policy, queries, suggestions
from meetings.agenda.planning import PLANNED
from meetings.agenda.queries import FoundMeeting

blueprint = Blueprint("suggestions", __name__, template_folder="templates")


@blueprint.get("/sitzungen/<key>/tagesordnung/vorschlaege")
@requires(policy.may_edit_agenda, load=queries.meeting_by_key)
def show(meeting: FoundMeeting, key: str) -> Response:
    """What could come onto the agenda."""
    del key
    return page(
        "agenda/suggestions.html",
        meeting=meeting.meeting,
        offered=suggestions.offered(reading(), meeting),
        planned=meeting.state in PLANNED,
    )


@blueprint.post("/sitzungen/<key>/tagesordnung/vorschlaege")
@requires(policy.may_edit_agenda, load=queries.meeting_by_key)
def take(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Take one over."""
    del meeting
    wanted = [request.form.get("vorschlag", "")]
    return perform_once(suggestions.take, key, wanted, then=lambda _count: url_for("suggestions.show", key=key))


@blueprint.post("/sitzungen/<key>/tagesordnung/vorschlaege/alle")
@requires(policy.may_edit_agenda, load=queries.meeting_by_key)
def take_all(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Take all of them over."""
    del meeting
    return perform_once(suggestions.take, key, None, then=lambda _count: url_for("planning.agenda", key=key))
