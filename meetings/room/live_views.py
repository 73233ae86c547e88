"""The pages that people follow a meeting with, the wall, the stream of both, and what one says with a button."""

from typing import Any

from flask import Blueprint, Response, current_app, request, stream_with_context, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from app.core import clock
from app.core.errors import DomainError, NotFound
from app.core.forms import BaseForm
from app.core.htmx import is_fragment_request
from app.core.i18n import _
from app.core.i18n import lazy as _l
from app.core.live import latest
from app.core.web import house, page, perform_once, reading, requires, signed_in
from app.core.work import Work
from knowledge.reconstruction.staging import qr_code
from knowledge.reports.visitors import close_reading
from meetings.agenda.policy import may_conduct_meeting, may_read_meeting
from meetings.agenda.queries import FoundMeeting, meeting_by_key
from meetings.room import actions, checkin, speeches
from meetings.room.actions import Reporting
from meetings.room.live import Follower, allowed_view, frames, parts_for
from meetings.room.me import me_in
from meetings.room.queries import meeting_at
from meetings.room.screen import View
from meetings.room.states import Mode, SpeechKind
from meetings.room.wording import SCREEN_WORDS

blueprint = Blueprint("room_live", __name__, template_folder="templates")


class MeForm(BaseForm):
    """One's own buttons, and the code from the wall where one is asked for."""

    do = StringField(validators=[InputRequired(), AnyOf(["come", "remote", "go", "floor", "order", "withdraw"])])
    code = StringField(_l("Code von der Wand"), validators=[Optional(), Length(max=12)])


@blueprint.get("/sitzungen/<key>/dabei")
@requires(may_read_meeting, load=meeting_by_key)
def take_part(meeting: FoundMeeting, key: str) -> Response:
    """The meeting for those who take part, on a phone first."""
    del key
    return _part_page(meeting, MeForm(formdata=None))


def _part_page(meeting: FoundMeeting, form: MeForm, status: int = 200) -> Response:
    session, database, actor = reading(), house().database, signed_in()
    view = allowed_view(actor, meeting, View.MEMBER) or View.GUEST
    since = latest(database)
    return page(
        "room/part.html",
        status=status,
        meeting=meeting,
        view=view,
        since=since,
        now=clock.now(),
        parts=parts_for(database, session, meeting, view),
        me=me_in(session, actor, meeting, clock.now()),
        leads=bool(may_conduct_meeting(actor, meeting)),
        form=form,
        **SCREEN_WORDS,
    )


@blueprint.get("/sitzungen/<key>/raum/ich")
@requires(may_read_meeting, load=meeting_by_key)
def me(meeting: FoundMeeting, key: str) -> Response:
    """What one's own screen says of oneself. No form: its buttons belong to the one beside it."""
    del key
    return page(
        "room/_me.html", meeting=meeting, me=me_in(reading(), signed_in(), meeting, clock.now()), **SCREEN_WORDS
    )


@blueprint.post("/sitzungen/<key>/dabei")
@requires(may_read_meeting, load=meeting_by_key)
def say(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """Come, go, ask for the floor, take it back."""
    form = MeForm()
    if not form.validate_on_submit():
        return _part_page(meeting, form, 422)
    wish, code = form.do.data or "", form.code.data or ""
    try:
        answer = perform_once(_say, key, wish, code, _secret(), then=lambda _m: url_for("room_live.take_part", key=key))
    except DomainError as refusal:
        if is_fragment_request():
            raise
        form.form_errors.append(refusal.message)
        return _part_page(meeting, form, refusal.status)
    return Response(status=204) if is_fragment_request() else answer


def _say(work: Work, key: str, wish: str, code: str, secret: bytes) -> FoundMeeting:
    match wish:
        case "come" | "remote":
            mode = Mode.REMOTE if wish == "remote" else Mode.ONSITE
            return actions.arrive(work, key, Reporting(mode, "" if wish == "remote" else code, secret))
        case "go":
            return actions.leave(work, key)
        case "withdraw":
            return speeches.withdraw(work, key)
    return speeches.ask(work, key, SpeechKind.POINT_OF_ORDER if wish == "order" else SpeechKind.CONTRIBUTION)


def _secret() -> bytes:
    key = current_app.secret_key
    return key.encode() if isinstance(key, str) else bytes(key or b"")


@blueprint.get("/sitzungen/<key>/da/<code>")
@requires(may_read_meeting, load=meeting_at)
def arrive_with_code(meeting: FoundMeeting, key: str, code: str) -> Response:
    """Where the square on the wall leads: one button, with the code already typed."""
    del key
    form = MeForm(formdata=None, code=code[:12].upper())
    return _part_page(meeting, form)


@blueprint.get("/sitzungen/<key>/beamer")
@requires(may_read_meeting, load=meeting_by_key)
def wall(meeting: FoundMeeting, key: str) -> Response:
    """The meeting on the wall: readable from the last row, nothing to press, nothing that guests must not read."""
    del key
    session, database = reading(), house().database
    since = latest(database)
    return page(
        "room/wall.html",
        meeting=meeting,
        since=since,
        now=clock.now(),
        parts=parts_for(database, session, meeting, View.WALL),
        shows_code=bool(may_conduct_meeting(signed_in(), meeting)),
        **_code(meeting),
        **SCREEN_WORDS,
    )


@blueprint.get("/sitzungen/<key>/raum/code")
@requires(may_conduct_meeting, load=meeting_by_key)
def code(meeting: FoundMeeting, key: str) -> Response:
    """The square and the code that stand on the wall now; only on a wall that chair or office opened."""
    del key
    return page("room/_code.html", meeting=meeting, **_code(meeting))


def _code(meeting: FoundMeeting) -> dict[str, Any]:
    """The code of the moment, its address and its square; empty while nobody can report."""
    if meeting.state not in ("invited", "running", "paused"):
        return {"code": "", "address": "", "square": ""}
    found = checkin.code_at(_secret(), meeting.id, clock.now())
    base = house().settings.public_url or request.host_url.rstrip("/")
    address = base + url_for("room_live.arrive_with_code", key=meeting.meeting.key, code=found)
    return {"code": found, "address": address, "square": Markup(qr_code(address))}  # noqa: S704  drawn by segno


@blueprint.get("/sitzungen/<key>/strom")
@requires(may_read_meeting, load=meeting_by_key)
def stream(meeting: FoundMeeting, key: str) -> Response:
    """Server-sent events of the room for one kind of screen."""
    del key
    actor, owner = signed_in(), house()
    view = allowed_view(actor, meeting, request.args.get("sicht", View.MEMBER))
    if view is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    said = request.headers.get("Last-Event-ID") or request.args.get("seit", "")
    last = int(said) if said.isdecimal() and len(said) < 19 else None
    close_reading()
    events = frames(owner, Follower(owner, actor, meeting, view), (actor.tenant_id, meeting.channel), last)
    return Response(stream_with_context(events), mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})
