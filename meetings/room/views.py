"""The attendance list, reporting oneself, recusals."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import FoundItem, FoundMeeting, item_by_number, meeting_by_key
from meetings.invitations.policy import may_see_answers
from meetings.invitations.queries import answers_of
from meetings.room import actions
from meetings.room.forms import AttendanceForm, RecusalForm
from meetings.room.policy import may_record_presence
from meetings.room.queries import room_of
from meetings.room.wording import quorum_sentence

blueprint = Blueprint("room", __name__, template_folder="templates")
blueprint.add_app_template_filter(quorum_sentence, "quorum")


@blueprint.route("/sitzungen/<key>/anwesenheit", methods=["GET", "POST"])
@requires(may_read_meeting, load=meeting_by_key)
def attendance(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """Who sits where; chair and office record it, one button at a time."""
    form = AttendanceForm()
    if request.method == "GET" or not form.validate_on_submit():
        return _places(meeting, form, 200 if request.method == "GET" else 422)
    pressed = form.pressed()
    return perform_once(actions.press, key, pressed, then=lambda _m: _back(key, pressed.anchor))


def _back(key: str, anchor: str) -> str:
    return url_for("room.attendance", key=key, _anchor=anchor)


def _places(meeting: FoundMeeting, form: AttendanceForm, status: int) -> Response:
    early = meeting.opens_later(clock.now())
    return page(
        "room/attendance.html",
        fragment="room/_places.html",
        status=status,
        meeting=meeting,
        room=room_of(reading(), meeting, clock.now()),
        records=not early and bool(may_record_presence(signed_in(), meeting, 0)),
        opens_on=early,
        answers=answers_of(reading(), meeting.id) if may_see_answers(signed_in(), meeting) else {},
        form=form,
    )


@blueprint.post("/sitzungen/<key>/anwesend")
@requires(may_read_meeting, load=meeting_by_key)
def arrive(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Report oneself as present."""
    del meeting
    return perform_once(actions.arrive, key, then=lambda _m: url_for("meetings.show", key=key))


@blueprint.post("/sitzungen/<key>/abwesend")
@requires(may_read_meeting, load=meeting_by_key)
def leave(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Report oneself as gone."""
    del meeting
    return perform_once(actions.leave, key, then=lambda _m: url_for("meetings.show", key=key))


@blueprint.post("/sitzungen/<key>/top/<number>/befangen")
@requires(may_read_meeting, load=item_by_number)
def recuse(found: FoundItem, key: str, number: str) -> AnyResponse:
    """Take one's own seat, or as the office any seat, out of an item."""
    del found
    form = RecusalForm()
    return perform_once(
        actions.declare_recusal,
        key,
        number,
        form.seat.data,
        then=lambda _item: url_for("meetings.item", key=key, number=number),
    )
