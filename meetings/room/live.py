"""The stream of a meeting's room. What all of a kind see is rendered once for each change and sent to all of them.

Rights are looked up again every quarter of a minute, not with every signal: two hundred phones follow a meeting. What
one person alone sees is never sent; the stream only says that it changed, and the browser asks for it.
"""

import queue
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from weakref import WeakKeyDictionary

from flask import current_app
from markupsafe import Markup
from sqlmodel import Session

from app.core import clock
from app.core.database import Database
from app.core.i18n import language
from app.core.live import PING_SECONDS, RESET, STREAM_SECONDS, Listener, Signal, latest, signals_after
from app.core.permissions import Actor
from app.core.web import House
from meetings.agenda.policy import may_conduct_meeting, may_read_meeting
from meetings.agenda.queries import FoundMeeting, meeting_by_id
from meetings.room.actions import personal
from meetings.room.policy import sees_everything
from meetings.room.screen import View, screen_of
from meetings.room.wording import SCREEN_WORDS

GATHER_SECONDS = 0.05
LOOK_AGAIN_SECONDS = 15.0
ME = "ich"
"""Name of the event that says: ask again what stands on your own screen about yourself."""


@dataclass(frozen=True)
class Part:
    """A live part of a screen: its template, the signals after which it is sent, and who has it."""

    template: str
    names: frozenset[str]
    views: frozenset[View] = frozenset(View)


_LED = frozenset({View.LEAD})
PARTS = {
    "kopf": Part("room/_head.html", frozenset({"agenda", "meeting", "quorum", "presence", "room"})),
    "redeliste": Part("room/_speakers.html", frozenset({"speakers", "meeting", "room"})),
    "ablauf": Part("room/_course.html", frozenset({"agenda", "meeting"}), _LED),
    "plaetze": Part("room/_who.html", frozenset({"presence", "agenda", "quorum", "meeting"}), _LED),
    "erfasst": Part("room/_captured.html", frozenset({"captured"}), _LED),
}
_Key = tuple[int, str, View, str, datetime]
_kept: WeakKeyDictionary[Database, dict[_Key, tuple[int, str]]] = WeakKeyDictionary()
_lock = Lock()
_MOST = 200


def part_html(database: Database, session: Session, meeting: FoundMeeting, place: tuple[str, View], since: int) -> str:
    """A part for a kind of onlooker, as it is after the signal `since`; rendered once for all of that kind."""
    (name, view), now = place, clock.now()
    key = (meeting.id, name, view, language(), now.replace(second=0, microsecond=0))
    with _lock:
        kept = _kept.setdefault(database, {})
        if key not in kept or kept[key][0] < since:
            kept[key] = (since, _render(session, meeting, name, view, now))
            while len(kept) > _MOST:
                kept.pop(next(iter(kept)))
        return kept[key][1]


def _render(session: Session, meeting: FoundMeeting, name: str, view: View, now: datetime) -> str:
    template = current_app.jinja_env.get_template(PARTS[name].template)
    return template.render(screen=screen_of(session, meeting, view, now), **SCREEN_WORDS)


def parts_for(database: Database, session: Session, meeting: FoundMeeting, view: View) -> dict[str, Markup]:
    """All parts of a screen, to stand on the first page."""
    since = latest(database)
    return {
        name: Markup(part_html(database, session, meeting, (name, view), since))  # noqa: S704  our own template
        for name, part in PARTS.items()
        if view in part.views
    }


def allowed_view(actor: Actor, meeting: FoundMeeting, wanted: str) -> View | None:
    """The kind of onlooker that this person may be, if they may look at all."""
    if not may_read_meeting(actor, meeting):
        return None
    if wanted == View.WALL:
        return View.WALL
    if wanted == View.LEAD and may_conduct_meeting(actor, meeting):
        return View.LEAD
    return View.MEMBER if sees_everything(actor, meeting) else View.GUEST


class Follower:
    """One screen that follows: what it may see, looked up anew every quarter of a minute."""

    def __init__(self, house: House, actor: Actor, meeting: FoundMeeting, view: View) -> None:
        self._house, self._actor, self._meeting, self._view = house, actor, meeting, view
        self._looked = time.monotonic() - random.uniform(0, LOOK_AGAIN_SECONDS / 2)  # noqa: S311  not all at once

    def listening(self) -> bool:
        """Whether this person may still follow as this kind of onlooker."""
        if time.monotonic() - self._looked < LOOK_AGAIN_SECONDS:
            return True
        self._looked = time.monotonic()
        actor = self._house.actor_by_id(self._actor.tenant_id, self._actor.person_id)
        with self._house.database.read(self._actor.tenant_id) as session:
            meeting = meeting_by_id(session, self._meeting.id)
        return bool(actor and meeting and allowed_view(actor, meeting, self._view) == self._view)

    def tell(self, batch: list[Signal]) -> Iterator[str]:
        """The events that follow from these signals."""
        names = {signal.name for signal in batch}
        number = latest(self._house.database) if RESET in names else max((each.id for each in batch), default=0)
        for name, part in PARTS.items():
            if self._view in part.views and (RESET in names or not part.names.isdisjoint(names)):
                yield event(name, self._fragment(name, number))
        if names & {personal(self._actor.person_id), "meeting", "room", RESET}:
            yield event(ME, str(number))
        yield f"id: {number}\n\n"

    def _fragment(self, name: str, number: int) -> str:
        meeting_id, database = self._meeting.id, self._house.database

        def fresh(session: Session) -> str:
            meeting = meeting_by_id(session, meeting_id) or self._meeting
            return part_html(database, session, meeting, (name, self._view), number)

        known = _known(database, (meeting_id, name, self._view), number)
        if known is not None:
            return known
        with database.read(self._actor.tenant_id) as session:
            return fresh(session)


def _known(database: Database, place: tuple[int, str, View], number: int) -> str | None:
    """What was rendered for this signal already, without any statement."""
    key = (*place, language(), clock.now().replace(second=0, microsecond=0))
    with _lock:
        found = _kept.get(database, {}).get(key)
    return found[1] if found and found[0] >= number else None


def event(name: str, text: str) -> str:
    """One server-sent event. The number of the signal comes after all events of its batch, so that none is lost."""
    lines = "".join(f"data: {line}\n" for line in text.splitlines())
    return f"event: {name}\n{lines}\n"


def frames(house: House, follower: Follower, where: tuple[int, str], last: int | None) -> Iterator[str]:
    """The events of the room for one screen: what was missed since `last`, then what comes; ends after ten minutes."""
    tenant_id, channel = where
    listener = house.hub.listen(tenant_id, channel)
    ends = time.monotonic() + STREAM_SECONDS
    try:
        yield "retry: 1000\n\n"
        missed = signals_after(house.database, last, tenant_id, channel) if last is not None else []
        yield from follower.tell(missed if last is not None else [Signal(0, tenant_id, channel, RESET)])
        while time.monotonic() < ends and follower.listening():
            batch = _gather(listener)
            yield from follower.tell(batch) if batch else [": ping\n\n"]
    finally:
        house.hub.leave(tenant_id, channel, listener)


def _gather(listener: Listener, sleep: Callable[[float], None] = time.sleep) -> list[Signal]:
    """What came within a moment of the first signal; empty if none came before the next ping is due."""
    try:
        gathered = [listener.get(timeout=PING_SECONDS)]
    except queue.Empty:
        return []
    sleep(GATHER_SECONDS)
    while not listener.empty():
        gathered.append(listener.get())
    return gathered
