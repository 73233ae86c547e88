"""The leading page of a meeting, and everything that its buttons and forms do."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.core.htmx import is_fragment_request
from app.core.i18n import _
from app.core.live import latest
from app.core.web import house, page, perform_once, reading, requires
from meetings.agenda.queries import FoundMeeting, meeting_by_key
from meetings.agenda.states import ItemState
from meetings.room import actions, capturing, leading, setup, speeches
from meetings.room.actions import Declaration
from meetings.room.captured import captured_in
from meetings.room.lead_forms import (
    CaptureForm,
    LedRecusalForm,
    LimitForm,
    MotionForm,
    PauseForm,
    PressForm,
    SpeakerForm,
)
from meetings.room.live import parts_for
from meetings.room.policy import may_capture, may_open_lead
from meetings.room.queries import may_be_called, meeting_at, seats_to_recuse
from meetings.room.screen import Screen, View, screen_of
from meetings.room.states import CapturedKind
from meetings.room.wording import SCREEN_WORDS

blueprint = Blueprint("room_lead", __name__, template_folder="templates")
Act = Callable[..., Any]

PLAIN: dict[str, Act] = {
    "next": leading.call_next,
    "finish": leading.finish,
    "skip": leading.skip,
    "back": leading.back,
    "resume": leading.resume,
    "quorum": leading.state_quorum,
    "end": speeches.end_speech,
}
"""Buttons that need no more than the meeting."""
ABOUT: dict[str, tuple[Act, tuple[Any, ...]]] = {
    "call": (leading.call, ()),
    "floor": (speeches.give_floor, ()),
    "strike": (speeches.strike, ()),
    "up": (speeches.move, (-1,)),
    "down": (speeches.move, (1,)),
    "drop": (capturing.drop, ()),
}
"""Buttons that are about one thing, with what their action takes besides."""


def _act(name: str, words: tuple[str, ...]) -> tuple[Act, tuple[Any, ...]]:
    """The action of a button and what it takes besides work and meeting."""
    if name in PLAIN and not words:
        return PLAIN[name], ()
    if name in ABOUT and len(words) == 1 and words[0].isdecimal():
        act, more = ABOUT[name]
        return act, (int(words[0]), *more)
    if name in ("on", "off") and len(words) == 1 and words[0] in setup.SWITCHES:
        return setup.switch, (words[0], name == "on")
    raise InvalidInput(_("Diesen Knopf gibt es hier nicht."))


@blueprint.get("/sitzungen/<key>/leiten")
@requires(may_open_lead, load=meeting_by_key)
def show(meeting: FoundMeeting, key: str) -> Response:
    """The meeting for those who lead it."""
    del key
    return _lead_page(meeting)


@blueprint.post("/sitzungen/<key>/leiten")
@requires(may_open_lead, load=meeting_by_key)
def press(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Do what a button says. A live page needs no answer: the stream brings it."""
    del meeting
    form = PressForm()
    if not form.validate_on_submit():
        raise InvalidInput(_("Diesen Knopf gibt es hier nicht."))
    act, more = _act(*form.pressed())
    return _done(perform_once(act, key, *more, then=lambda _r: url_for("room_lead.show", key=key)))


def _done(answer: AnyResponse) -> AnyResponse:
    return Response(status=204) if is_fragment_request() else answer


@blueprint.post("/sitzungen/<key>/leiten/unterbrechen")
@requires(may_open_lead, load=meeting_by_key)
def pause(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """Interrupt the meeting, with a reason."""
    form = PauseForm()
    if not form.validate_on_submit():
        return _lead_page(meeting, 422, pause_form=form)
    return perform_once(leading.pause, key, form.reason.data or "", then=lambda _m: _back(key, "stand"))


@blueprint.post("/sitzungen/<key>/leiten/festhalten")
@requires(may_open_lead, load=meeting_by_key)
def capture(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """Keep a note, a task or a motion."""
    form = _capture_form(meeting, CaptureForm())
    if not form.validate_on_submit():
        return _lead_page(meeting, 422, capture_form=form)
    return perform_once(capturing.capture, key, form.draft(), then=lambda _r: _back(key, "festhalten"))


@blueprint.post("/sitzungen/<key>/leiten/redeliste")
@requires(may_open_lead, load=meeting_by_key)
def call_person(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """Put somebody on the speakers list."""
    form = _speaker_form(meeting, SpeakerForm())
    if not form.validate_on_submit():
        return _lead_page(meeting, 422, speaker_form=form)
    return perform_once(speeches.call_person, key, form.speaker.data, then=lambda _r: _back(key, "redeliste"))


@blueprint.post("/sitzungen/<key>/leiten/redezeit")
@requires(may_open_lead, load=meeting_by_key)
def limit(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """How long one speech may take."""
    form = LimitForm()
    if not form.validate_on_submit():
        return _lead_page(meeting, 422, limit_form=form)
    return perform_once(setup.limit_speeches, key, form.minutes.data or 0, then=lambda _r: _back(key, "redeliste"))


@blueprint.post("/sitzungen/<key>/leiten/befangen")
@requires(may_open_lead, load=meeting_by_key)
def recuse(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """Record that a seat takes no part in the current item."""
    found = screen_of(reading(), meeting, View.LEAD, clock.now())
    form = _recusal_form(found, LedRecusalForm())
    if not form.validate_on_submit():
        return _lead_page(meeting, 422, recusal_form=form)
    said = Declaration(form.reason_class(), form.decided.data, form.left_room.data)
    number, seat = form.recusal_item.data or "", form.seat.data
    return perform_once(actions.declare_recusal, key, number, seat, said, then=lambda _r: _back(key, "plaetze"))


@blueprint.post("/sitzungen/<key>/leiten/top/<number>/wirkt-mit/<int:seat_id>")
@requires(may_open_lead, load=meeting_at)
def lift(meeting: FoundMeeting, key: str, number: str, seat_id: int) -> AnyResponse:
    """Record that a seat takes part again."""
    del meeting
    return _done(perform_once(actions.lift_recusal, key, number, seat_id, then=lambda _r: _back(key, "plaetze")))


@blueprint.route("/sitzungen/<key>/leiten/antrag/<int:captured_id>", methods=["GET", "POST"])
@requires(may_capture, load=meeting_at)
def motion(meeting: FoundMeeting, key: str, captured_id: int) -> Response | AnyResponse:
    """What came of a motion from the floor."""
    rows = captured_in(reading(), meeting.id)
    row = next((each for each in rows if each.id == captured_id and each.kind == CapturedKind.MOTION), None)
    if row is None:
        raise NotFound(_("Diesen Antrag gibt es nicht."))
    form = MotionForm(obj=row)
    if form.validate_on_submit():
        wanted = form.wanted()
        return perform_once(capturing.decide_motion, key, captured_id, wanted, then=lambda _r: _back(key, "erfasst"))
    return page("room/motion.html", status=422 if form.is_submitted() else 200, meeting=meeting, row=row, form=form)


def _back(key: str, anchor: str) -> str:
    return url_for("room_lead.show", key=key, _anchor=anchor)


def _capture_form(meeting: FoundMeeting, form: CaptureForm) -> CaptureForm:
    found = screen_of(reading(), meeting, View.LEAD, clock.now())
    items = {each.id: f"TOP {each.number} {each.title}" for each in found.items if each.number}
    return form.prepared(items, may_be_called(reading(), meeting), found.current.id if found.current else None)


def _speaker_form(meeting: FoundMeeting, form: SpeakerForm) -> SpeakerForm:
    form.speaker.choices = sorted(may_be_called(reading(), meeting).items(), key=lambda each: each[1])
    return form


def _recusal_form(found: Screen, form: LedRecusalForm) -> LedRecusalForm:
    already = frozenset(each.seat_id for each in found.recused)
    form.seat.choices = [(seat.seat_id, seat.organisation) for seat in seats_to_recuse(found.room, already)]
    if not form.is_submitted():
        form.recusal_item.data = found.current.number if found.current else ""
    return form


def _lead_page(meeting: FoundMeeting, status: int = 200, **forms: Any) -> Response:
    session, database = reading(), house().database
    since = latest(database)
    found = screen_of(session, meeting, View.LEAD, clock.now())
    context = {
        "pause_form": PauseForm(formdata=None),
        "limit_form": LimitForm(formdata=None, minutes=found.setup.speaking_minutes),
        "capture_form": _capture_form(meeting, CaptureForm(formdata=None)),
        "speaker_form": _speaker_form(meeting, SpeakerForm(formdata=None)),
        "recusal_form": _recusal_form(found, LedRecusalForm(formdata=None)),
        "press_form": PressForm(formdata=None),
        "ended": [each for each in found.items if each.state == ItemState.DONE],
    }
    return page(
        "room/lead.html",
        status=status,
        meeting=meeting,
        screen=found,
        since=since,
        now=clock.now(),
        parts=parts_for(database, session, meeting, View.LEAD),
        **SCREEN_WORDS,
        **{**context, **forms},
    )
