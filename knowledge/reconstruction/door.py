"""Who stands before a page of the room: an account, or a participant known by the cookie that joining has set.

Views of the room declare `@in_room(predicate)` and get the room as that member has it.
"""

import hashlib
import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, g, request, url_for
from sqlmodel import col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.database import every_tenant
from app.core.errors import NotFound
from app.core.htmx import go_to
from app.core.i18n import _
from app.core.permissions import Verdict
from app.core.web import current_actor, enforce, house, perform_once, reading
from app.people.models import Tenant
from knowledge.reconstruction.access import RoomView, Who, room_for
from knowledge.reconstruction.models import WorkshopParticipant
from knowledge.reconstruction.states import Screen, Tab
from knowledge.reports.visitors import enter

T = TypeVar("T")
View = Callable[..., Any]
LASTS = 18 * 3600
"""Seconds that a browser keeps its place; the room forgets the token at its end, whatever the browser keeps."""


def cookie_name() -> str:
    """The cookie of a participant without an account."""
    return "__Host-lueckenlos-raum" if current_app.config["SESSION_COOKIE_SECURE"] else "lueckenlos-raum"


def token_for(once: str) -> str:
    """The token that the sending of a form brings: the same one for a form that is sent twice."""
    key = bytes(current_app.secret_key)  # type: ignore[arg-type]
    return hmac.new(key, b"workshop-room:" + once.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(b"workshop:" + token.encode("utf-8", "replace")).hexdigest()


def hand_out(response: AnyResponse, token: str) -> AnyResponse:
    """Give the browser its place in the room."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=LASTS,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def take_back(response: AnyResponse) -> AnyResponse:
    """Take the place away from the browser."""
    response.delete_cookie(
        cookie_name(), path="/", secure=bool(current_app.config["SESSION_COOKIE_SECURE"]), httponly=True, samesite="Lax"
    )
    return response


def guest() -> WorkshopParticipant | None:
    """The participant whose token the browser shows, if it is one of ours."""
    token = request.cookies.get(cookie_name(), "")
    if not token:
        return None
    with house().database.read() as plain, every_tenant(plain):
        statement = select(WorkshopParticipant).where(col(WorkshopParticipant.token_hash) == token_hash(token))
        return plain.exec(statement).first()


def enter_county(tenant_id: int) -> None:
    """Let the request of somebody without an account read in this county."""
    with house().database.read() as plain:
        enter(plain.exec(select(Tenant).where(col(Tenant.id) == tenant_id)).first())


def who_asks(key: str) -> Who | None:
    """The signed-in account, else the participant of the cookie; its county is entered."""
    del key
    actor = current_actor()
    if actor is not None:
        return actor
    token = request.cookies.get(cookie_name(), "")
    if not token:
        return None
    with house().database.read() as plain, every_tenant(plain):
        statement = (
            select(Tenant)
            .join(WorkshopParticipant, col(WorkshopParticipant.tenant_id) == col(Tenant.id))
            .where(col(WorkshopParticipant.token_hash) == token_hash(token))
        )
        county = plain.exec(statement).first()
    if county is None:
        return None
    enter(county)
    return token_hash(token)


def present_room(key: str, screen: Screen = Screen.PHONE, tab: Tab = Tab.TIMELINE) -> RoomView | None:
    """The room of this workshop for whoever asks."""
    who = who_asks(key)
    if who is None:
        return None
    room = room_for(reading(), key, who, clock.now(), screen, tab)
    g.room = room
    return room


def in_room(predicate: Callable[[RoomView], Verdict], screen: Screen | None = None) -> Callable[[View], View]:
    """Declare a route of the room: `/workshops/<key>/raum/…`; the view gets the room first, then the address.

    Without `screen` the sender says which one they look at (`?schirm=`); it changes what is drawn, never a right.
    A browser that is nobody's is sent to the door.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(key: str, **address: Any) -> Any:
            shown = screen or _screen_of_request()
            room = present_room(key, shown, _tab_of_request())
            if room is None:
                if current_actor() is None:
                    return go_to(url_for("joining.door"))
                raise NotFound(_("Diese Seite gibt es nicht."))
            enforce(predicate(room))
            return view(room, key=key, **address)

        guarded.policy = f"{predicate.__module__}.{predicate.__name__}"  # type: ignore[attr-defined]
        return guarded

    return declare


def _screen_of_request() -> Screen:
    wanted = request.values.get("schirm", "")
    return Screen(wanted) if wanted in list(Screen) else Screen.PHONE


def _tab_of_request() -> Tab:
    wanted = request.values.get("ansicht", "")
    return Tab(wanted) if wanted in list(Tab) else Tab.TIMELINE


def perform_in(
    room: RoomView, action: Callable[..., T], *args: Any, then: Callable[[T], str], **kwargs: Any
) -> AnyResponse:
    """Run `action(work, room, …)` once as this member, account or not, and send the browser to `then(result)`."""
    return perform_once(action, room, *args, then=then, by=room.member.actor, **kwargs)
