"""The buttons of the moderation: opening, phases, clock, people, stations, the next case, the end."""

from collections.abc import Callable, Collection
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.forms import ConfirmForm
from app.core.htmx import is_fragment_request
from app.core.i18n import _, ngettext
from app.core.web import page, perform_once, reading
from knowledge.cases.actions_stations import BeyondSpan
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.rules import Hit
from knowledge.privacy.tagging import warm
from knowledge.privacy.wording import KIND_LABELS
from knowledge.reconstruction import entering, opening, policy, staging, steering, telling
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.door import in_room, perform_in
from knowledge.reconstruction.forms import LiveStationForm, MinutesForm, PressForm
from knowledge.reconstruction.room_views import leading, screen
from knowledge.reconstruction.states import Screen

blueprint = Blueprint("steering", __name__, template_folder="templates")
Act = Callable[..., Any]


def may_open_room(room: RoomView) -> Any:
    """The policy of opening over a room as somebody has it."""
    return policy.may_open(room.member.actor, room.workshop.moderation_id)


@blueprint.post("/workshops/<key>/raum/oeffnen")
@in_room(may_open_room)
def open_room(room: RoomView, key: str) -> AnyResponse:
    """Open the room; the first card of the round is not to wait for the check to load."""
    del room
    warm()
    return perform_once(opening.open_room, key, then=lambda _room: url_for("live_room.moderation", key=key))


BUTTONS: dict[str, tuple[Act, int]] = {
    "go": (steering.go_to_phase, 1),
    "extend": (steering.extend, 1),
    "pause": (steering.pause, 0),
    "resume": (steering.resume, 0),
    "station": (steering.show_station, 2),
}
"""Buttons that carry where their page stood, with how many numbers follow."""
PEOPLE: dict[str, tuple[Act, int]] = {
    "admit": (entering.admit, 1),
    "admit_all": (entering.admit_all, 0),
    "out": (entering.put_out, 1),
    "role": (entering.give_role, 2),
    "code": (opening.renew_code, 0),
}
"""Buttons that mean the same wherever the room stands."""


def _pressed(name: str, numbers: tuple[int, ...]) -> tuple[Act, tuple[Any, ...]]:
    """The action of a button and what it takes besides work and room."""
    if name in BUTTONS and len(numbers) == BUTTONS[name][1] + 2:
        return BUTTONS[name][0], (f"{numbers[0]}:{numbers[1]}", *numbers[2:])
    if name in PEOPLE and len(numbers) == PEOPLE[name][1]:
        return PEOPLE[name][0], numbers
    raise InvalidInput(_("Diese Schaltfläche gibt es nicht."))


@blueprint.post("/workshops/<key>/raum/steuern")
@in_room(policy.may_steer, Screen.MODERATOR)
def steer(room: RoomView, key: str) -> Response | AnyResponse:
    """One button; the screens hear of it by themselves, without JavaScript the page comes anew."""
    form = PressForm()
    if not form.validate_on_submit():
        raise InvalidInput(_("Diese Schaltfläche gibt es nicht."))
    action, values = _pressed(*form.pressed())
    answer = perform_in(room, action, *values, then=lambda _r: url_for("live_room.moderation", key=key))
    return Response(status=204) if is_fragment_request() else answer


@blueprint.post("/workshops/<key>/raum/minuten")
@in_room(policy.may_steer, Screen.MODERATOR)
def minutes(room: RoomView, key: str) -> AnyResponse:
    """Change how long the phases take."""
    form = MinutesForm()
    if not form.validate_on_submit():
        raise InvalidInput(_("Eine Phase dauert 1 bis 120 Minuten."))
    return perform_in(
        room,
        steering.set_minutes,
        form.minutes(request.form),
        then=lambda _r: url_for("live_room.moderation", key=key),
    )


@blueprint.post("/workshops/<key>/raum/station")
@in_room(policy.may_add_station, Screen.MODERATOR)
def add_station(room: RoomView, key: str) -> Response | AnyResponse:
    """A station that the round adds; a refused one comes back as it was typed."""
    form = LiveStationForm().prepared()
    if not form.validate_on_submit():
        return _station_page(room, form, 422)
    try:
        return perform_in(
            room,
            telling.add_station,
            form.at.data or "",
            form.draft(),
            tuple(each[:16] for each in request.form.getlist("harmless")),
            then=lambda _s: url_for("live_room.moderation", key=key, _anchor="station-neu"),
        )
    except Unchecked as error:
        return _station_page(room, form, error.status, hits=error.hits)
    except BeyondSpan as error:
        form.extends.errors = [error.message]
        return _station_page(room, form, error.status)
    except DomainError as error:
        form.form_errors.append(error.message)
        return _station_page(room, form, error.status)


def _station_page(room: RoomView, form: LiveStationForm, status: int, hits: Collection[Hit] = ()) -> Response:
    return page(
        "reconstruction/moderation.html",
        status=status,
        **screen(room),
        **{**leading(room), "station_form": form},
        hits=hits,
        kind_words=KIND_LABELS,
        confirmed=frozenset(request.form.getlist("harmless")),
    )


@blueprint.get("/workshops/<key>/raum/fall/<int:workshop_case_id>")
@in_room(policy.may_steer, Screen.MODERATOR)
def ask_case(room: RoomView, key: str, workshop_case_id: int) -> Response:
    """Before another case begins: who must leave the room for it."""
    session = reading()
    step = next((each for each in staging.agenda(session, room) if each.workshop_case_id == workshop_case_id), None)
    if step is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    outside = staging.outside_of(session, room, step.found)
    return page(
        "reconstruction/next_case.html",
        room=room,
        step=step,
        outside=outside,
        form=ConfirmForm(formdata=None),
        at=room.at,
        key=key,
    )


@blueprint.post("/workshops/<key>/raum/fall/<int:workshop_case_id>")
@in_room(policy.may_steer, Screen.MODERATOR)
def begin_case(room: RoomView, key: str, workshop_case_id: int) -> AnyResponse:
    """Turn to this case."""
    return perform_in(
        room,
        steering.begin_case,
        request.form.get("at", ""),
        workshop_case_id,
        then=lambda _r: url_for("live_room.moderation", key=key),
    )


@blueprint.get("/workshops/<key>/raum/ende")
@in_room(policy.may_steer, Screen.MODERATOR)
def ask_end(room: RoomView, key: str) -> Response:
    """Are you sure? What ends and what comes after."""
    people = staging.people(reading(), room)
    return page(
        "ui/confirm.html",
        title=_("Workshop beenden?"),
        text=_(
            "Der Raum schließt für alle. Der Code und die Plätze in den Browsern gelten nicht mehr. "
            "Danach werden die Befunde durchgesehen und von einer zweiten Person freigegeben."
        ),
        facts=[
            (_("Workshop"), room.workshop.title),
            (_("Im Raum"), ngettext("%(num)s Person", "%(num)s Personen", len(people.here))),
        ],
        form=ConfirmForm(formdata=None),
        action_url=url_for("steering.end", key=key),
        confirm_label=_("Workshop beenden"),
        back_url=url_for("live_room.moderation", key=key),
    )


@blueprint.post("/workshops/<key>/raum/ende")
@in_room(policy.may_steer, Screen.MODERATOR)
def end(room: RoomView, key: str) -> AnyResponse:
    """The workshop was held."""
    return perform_in(room, opening.close_room, then=lambda _r: url_for("workshops.show", key=key))
