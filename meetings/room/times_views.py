"""The grid in which the office enters presence with times, from a list on paper."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from flask import Blueprint, Response, request, url_for
from sqlmodel import col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import DomainError, InvalidInput
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires
from app.people.models import Person
from meetings.agenda.queries import FoundMeeting, meeting_by_key
from meetings.room.models import Presence
from meetings.room.policy import may_enter_presence
from meetings.room.queries import Room, room_of
from meetings.room.times import Entered, enter_times
from meetings.room.wording import MODES, SOURCES

blueprint = Blueprint("room_times", __name__, template_folder="templates")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@blueprint.route("/sitzungen/<key>/anwesenheit/zeiten", methods=["GET", "POST"])
@requires(may_enter_presence, load=meeting_by_key)
def show(meeting: FoundMeeting, key: str) -> Response | AnyResponse:
    """Every seat with its times, and room for one more of each."""
    form = ConfirmForm()
    room = room_of(reading(), meeting, clock.now())
    if request.method == "GET" or not form.validate_on_submit():
        return _grid(meeting, room, form)
    try:
        entries, dropped = typed(request.form, room, meeting.meeting.date or clock.today())
        return perform_once(enter_times, key, entries, dropped, then=lambda _m: url_for("room_times.show", key=key))
    except DomainError as refusal:
        form.form_errors.append(refusal.message)
        return _grid(meeting, room, form, 422)


def typed(fields: Mapping[str, str], room: Room, day: date) -> tuple[list[Entered], list[int]]:
    """What was typed: new times of seats, and the rows that are taken out. InvalidInput for what is no time."""
    entries = []
    for place in room.places:
        since, until = fields.get(f"since-{place.id}", "").strip(), fields.get(f"until-{place.id}", "").strip()
        who = fields.get(f"person-{place.id}", "")
        if since and who.isdecimal() and len(who) < 10:
            end = _moment(until, day) if until else None
            entries.append(Entered(place.id, int(who), _moment(since, day), end))
        elif since or until:
            raise InvalidInput(_("Zu jeder Zeit gehören eine Person und ein Anfang."))
    dropped = [name.removeprefix("drop-") for name in fields if name.startswith("drop-")]
    return entries, [int(each) for each in dropped if each.isdecimal() and len(each) < 10]


def _moment(words: str, day: date) -> datetime:
    found = _TIME.fullmatch(words)
    if found is None:
        raise InvalidInput(
            _("„%(words)s“ ist keine Uhrzeit. Bitte schreiben Sie zum Beispiel 14:05.", words=words[:20])
        )
    return datetime.combine(day, time(int(found[1]), int(found[2])), clock.LOCAL).astimezone(clock.now().tzinfo)


def _grid(meeting: FoundMeeting, room: Room, form: ConfirmForm, status: int = 200) -> Response:
    statement = (
        select(Presence, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(Presence.person_id))
        .where(col(Presence.meeting_id) == meeting.id)
        .order_by(col(Presence.since), col(Presence.id))
    )
    rows: dict[int, list[tuple[Presence, str | None]]] = {}
    for row, name in reading().exec(statement):
        rows.setdefault(row.seat_id, []).append((row, name))
    return page(
        "room/times.html",
        status=status,
        meeting=meeting,
        places=[place for place in room.places if place.seat.holders],
        rows=rows,
        form=form,
        typed=request.form,
        modes=MODES,
        sources=SOURCES,
    )
