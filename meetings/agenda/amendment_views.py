"""Correcting what was held, as a page."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires
from meetings.agenda import amendments, policy, queries
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.standing_forms import AmendmentForm

blueprint = Blueprint("amendments", __name__, template_folder="templates")


@blueprint.get("/sitzungen/<key>/berichtigung")
@requires(policy.may_amend, load=queries.meeting_by_key)
def ask(meeting: FoundMeeting, key: str) -> Response:
    """An empty correction of the meeting, or of the item that the address names."""
    del key
    return _page(meeting, AmendmentForm(formdata=None))


def _page(meeting: FoundMeeting, form: AmendmentForm, problem: str = "", status: int = 200) -> Response:
    number = request.args.get("top", "")
    found = queries.item_by_number(reading(), meeting.meeting.key, number) if number else None
    if number and found is None:
        raise NotFound(_("Diesen Tagesordnungspunkt gibt es nicht."))
    item = found.item if found else None
    return page(
        "agenda/amend.html",
        status=status,
        meeting=meeting.meeting,
        item=item,
        number=number,
        form=form,
        problem=problem,
    )


@blueprint.post("/sitzungen/<key>/berichtigung")
@requires(policy.may_amend, load=queries.meeting_by_key)
def amend(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Record it."""
    form, number = AmendmentForm(), request.args.get("top", "")
    if not form.validate_on_submit():
        return _page(meeting, form, status=422)
    back = url_for("meetings.item", key=key, number=number) if number else url_for("meetings.show", key=key)
    try:
        return perform_once(
            amendments.amend, key, form.text.data or "", form.reason.data or "", number, then=lambda _row: back
        )
    except InvalidInput as error:
        return _page(meeting, form, error.message, error.status)
