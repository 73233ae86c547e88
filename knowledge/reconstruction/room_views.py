"""The screens of the room, their live parts, the stream of signals, and what members say with one button."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, stream_with_context, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.forms import ConfirmForm
from app.core.htmx import go_to, is_fragment_request
from app.core.live import latest
from app.core.web import house, page, reading
from knowledge.cases.wording import SYMBOLS, assessment_word
from knowledge.reconstruction import entering, live, panels, policy, staging
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.door import in_room, perform_in, present_room, take_back
from knowledge.reconstruction.forms import LiveStationForm, SignalForm
from knowledge.reconstruction.rules import TOLD_STEP_BY_STEP
from knowledge.reconstruction.states import Entry, MemberRole, Screen, Tab
from knowledge.reconstruction.telling import telling
from knowledge.reconstruction.wording import GUIDANCE, PHASE_TABS, PHASES, ROLES, TABS, clock_words
from knowledge.reports.visitors import close_reading

blueprint = Blueprint("live_room", __name__, template_folder="templates")
_LIVE = ("running", "paused")
PANEL = "reconstruction/_panel.html"
"""What htmx asks of a screen when the phase has changed."""


def outside_page(room: RoomView) -> Response:
    """What somebody reads who is not in, not any more, or not for this case. It opens by itself."""
    return page("reconstruction/outside.html", fragment="reconstruction/_outside.html", **_outside(room))


def _outside(room: RoomView) -> dict[str, Any]:
    may_open = bool(policy.may_open(room.member.actor, room.workshop.moderation_id)) and bool(
        room.member.actor.person_id
    )
    return {
        "room": room,
        "why": _why(room),
        "may_open": may_open and room.state == "planned",
        "form": ConfirmForm(formdata=None),
        "since": latest(house().database),
    }


def _why(room: RoomView) -> str:
    if room.state == "planned":
        return "planned"
    if room.state not in _LIVE:
        return "over"
    if room.member.entry is None or (room.member.entry == Entry.LEFT and room.member.actor.person_id):
        return "join"
    if room.member.entry != Entry.ADMITTED:
        return str(room.member.entry)
    if not room.member.confirmed:
        return "join"
    return "elsewhere"


def is_inside(room: RoomView) -> bool:
    """Whether the screens are for this member now."""
    return room.state in _LIVE and room.member.admitted and room.sees_case


@blueprint.get("/workshops/<key>/raum")
@in_room(policy.may_know_room, Screen.PHONE)
def show(room: RoomView, key: str) -> Response | AnyResponse:
    """The room on a phone; who leads and the screen on the wall are shown their own."""
    if is_inside(room) and room.member.leads and "ansicht" not in request.args:
        return go_to(url_for("live_room.moderation", key=key))
    if is_inside(room) and room.member.role == MemberRole.PROJECTOR:
        return go_to(url_for("live_room.projector", key=key))
    if not is_inside(room):
        return outside_page(room)
    if is_fragment_request() and not request.args.get("ansicht"):
        return go_to(url_for("live_room.show", key=key))
    if "ansicht" not in request.args:
        room = replace(room, tab=PHASE_TABS[room.phase.kind] if room.phase else Tab.CASE)
    return page("reconstruction/phone.html", fragment=PANEL, **screen(room))


@blueprint.get("/workshops/<key>/raum/moderation")
@in_room(policy.may_know_room, Screen.MODERATOR)
def moderation(room: RoomView, key: str) -> Response | AnyResponse:
    """The room for those who lead it."""
    if not is_inside(room) or not room.member.leads:
        return go_to(url_for("live_room.show", key=key)) if is_inside(room) else outside_page(room)
    return page("reconstruction/moderation.html", fragment=PANEL, **screen(room), **leading(room))


@blueprint.get("/workshops/<key>/raum/beamer")
@in_room(policy.may_know_room, Screen.PROJECTOR)
def projector(room: RoomView, key: str) -> Response | AnyResponse:
    """The room on the wall: large, and nothing to press."""
    del key
    if not is_inside(room):
        return outside_page(room)
    return page("reconstruction/projector.html", fragment=PANEL, **screen(room))


PARTS = {
    "kopf": "reconstruction/_head.html",
    "zeitstrahl": "reconstruction/_timeline.html",
    "leute": "reconstruction/_people.html",
    "steuerung": "reconstruction/_steering.html",
}
_LED = ("leute", "steuerung")
WORDS = {
    "phase_names": PHASES,
    "guidance": GUIDANCE,
    "roles": ROLES,
    "phase_tabs": PHASE_TABS,
    "tab_names": TABS,
    "symbols": SYMBOLS,
    "word": assessment_word,
    "clock_words": clock_words,
    "step_by_step": TOLD_STEP_BY_STEP,
}


@blueprint.get("/workshops/<key>/raum/teil/<name>")
@in_room(policy.may_know_room)
def part(room: RoomView, key: str, name: str) -> Response | AnyResponse:
    """One live part, for this reader; who may not see it any more is led out."""
    if name not in PARTS or not is_inside(room) or (name in _LED and not room.member.leads):
        return go_to(url_for("live_room.show", key=key))
    return page(PARTS[name], **_part_context(room, name))


def _part_context(room: RoomView, name: str) -> dict[str, Any]:
    """Only what this part draws from: each is asked for by every screen at once."""
    session, words = reading(), {"room": room, **WORDS}
    if name == "kopf":
        return words
    if name == "leute":
        return {**words, "people": staging.people(session, room), "steers": bool(policy.may_steer(room))}
    return {**words, "told": telling(session, room), "steers": bool(policy.may_steer(room))}


@blueprint.get("/workshops/<key>/raum/strom")
@in_room(policy.may_know_room)
def stream(room: RoomView, key: str) -> Response:
    """Server-sent events of the room: names of what changed, and only such as this member may hear."""
    del key
    since = request.headers.get("Last-Event-ID") or request.args.get("seit", "")
    close_reading()
    frames = live.frames(house(), room, int(since) if since.isdecimal() else None)
    return Response(stream_with_context(frames), mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


@blueprint.post("/workshops/<key>/raum/beitreten")
@in_room(policy.may_know_room)
def join(room: RoomView, key: str) -> AnyResponse:
    """An account joins."""
    return perform_in(room, entering.join, then=lambda _r: url_for("live_room.show", key=key))


@blueprint.post("/workshops/<key>/raum/verlassen")
@in_room(policy.may_know_room)
def leave(room: RoomView, key: str) -> AnyResponse:
    """Go."""
    answer = perform_in(room, entering.leave, then=lambda _r: _after_leaving(room, key))
    return answer if room.member.actor.person_id else take_back(answer)


def _after_leaving(room: RoomView, key: str) -> str:
    return url_for("workshops.show", key=key) if room.member.actor.person_id else url_for("joining.door")


@blueprint.post("/workshops/<key>/raum/zeichen")
@in_room(policy.may_be_in_room)
def signal(room: RoomView, key: str) -> Response | AnyResponse:
    """„Fertig“, or a raised hand; answers with one's own buttons."""
    form = SignalForm()
    wish = form.do.data if form.validate_on_submit() else ""
    said = {"ready": {"ready": True}, "busy": {"ready": False}, "hand": {"hand": True}, "down": {"hand": False}}
    back = url_for("live_room.show", key=key, ansicht=room.tab.value)
    answer = perform_in(room, entering.signal, then=lambda _r: back, **said.get(wish or "", {}))
    return go_to(back) if not is_fragment_request() else own_buttons(room, key, answer)


def own_buttons(room: RoomView, key: str, _answer: AnyResponse) -> Response | AnyResponse:
    """The own buttons as they are after the press."""
    close_reading()
    now = present_room(key, room.screen, room.tab)
    return page("reconstruction/_me.html", room=now, signal_form=SignalForm(formdata=None))


def live_context(room: RoomView) -> dict[str, Any]:
    """What every live part draws from."""
    session = reading()
    return {"room": room, **WORDS, "told": telling(session, room)}


def screen(room: RoomView) -> dict[str, Any]:
    """What a whole screen draws from: the live parts, the panel of the phase, the way in for others."""
    since = latest(house().database)
    panel = panels.panel(reading(), room)
    address = join_address(room)
    return {
        **panel.context,
        **live_context(room),
        "panel": panel,
        "since": since,
        "address": address,
        "qr": staging.qr_code(address) if address and room.screen != Screen.PHONE else "",
        "signal_form": SignalForm(formdata=None),
        "form": ConfirmForm(formdata=None),
    }


def join_address(room: RoomView) -> str:
    """Where somebody else gets in; empty when the code opens nothing."""
    if room.room is None or not room.room.code or room.room.code_until is None or room.room.code_until <= room.now:
        return ""
    base = house().settings.public_url or request.host_url.rstrip("/")
    return base + url_for("joining.enter", code=room.room.code)


def leading(room: RoomView) -> dict[str, Any]:
    """What only those who lead see."""
    session = reading()
    return {
        "people": staging.people(session, room),
        "agenda": staging.agenda(session, room),
        "steers": bool(policy.may_steer(room)),
        "adds": bool(policy.may_add_station(room)),
        "given_roles": entering.GIVEN_BY_THE_MODERATOR,
        "station_form": LiveStationForm(formdata=None, at=room.at).prepared(),
    }
