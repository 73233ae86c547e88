"""What views stand on: who is acting, the request's reading session, the declared policy, and performing actions.

A view declares its policy with `@requires` (or `@public`), loads through it, calls one action or
query, and renders. A route that declares nothing does not start.
"""

from collections.abc import Callable, Hashable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from flask import Flask, current_app, g, request
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.config import Settings
from app.core.database import SCOPE, Database
from app.core.errors import DomainError, Forbidden, NotFound
from app.core.htmx import go_to, page
from app.core.i18n import _
from app.core.live import Hub, notify
from app.core.logs import request_id
from app.core.permissions import Actor, Verdict
from app.core.prepared import add_numbered
from app.core.records import LiveEvent
from app.core.together import Together
from app.core.work import AFTER_COMMIT, Done, Work, remember_key, used_location
from app.core.writer import Writer

__all__ = [
    "House",
    "current_actor",
    "go_to",
    "house",
    "page",
    "perform",
    "perform_once",
    "perform_together",
    "public",
    "reading",
    "requires",
]

P = ParamSpec("P")
T = TypeVar("T")
Asked = TypeVar("Asked")
View = Callable[..., Any]
Predicate = Callable[..., Verdict]
Loader = Callable[..., Any]


@dataclass
class House:
    """What the running program has one of."""

    settings: Settings
    database: Database
    writer: Writer
    hub: Hub
    load_actor: Callable[[], Actor | None] = field(default=lambda: None)
    actor_by_id: Callable[[int, int], Actor | None] = field(default=lambda _tenant_id, _person_id: None)
    within: Callable[[], AbstractContextManager[object]] = nullcontext
    search: Any = None
    together: Together[Any, Any] = field(default_factory=Together)


def house() -> House:
    """The house of the present application."""
    return cast(House, current_app.extensions["lueckenlos"])


def current_actor() -> Actor | None:
    """Who is signed in, None for a visitor."""
    if "actor" not in g:
        g.actor = house().load_actor()
    return cast("Actor | None", g.actor)


def signed_in() -> Actor:
    """Who is signed in; only for routes that require it."""
    actor = current_actor()
    if actor is None:
        raise Forbidden(_("Bitte melden Sie sich an."))
    return actor


def reading() -> Session:
    """The request's session for pages: scoped to the reader's tenant, unable to write."""
    if "reading" not in g:
        actor = current_actor()
        g.reading = house().database.session(house().database.reading, actor.tenant_id if actor else None)
    return cast(Session, g.reading)


def _close_reading(_error: BaseException | None) -> None:
    session = g.pop("reading", None)
    if session is not None:
        session.close()


def public(reason: str) -> Callable[[View], View]:
    """Declare that a route needs no sign-in, and why."""

    def declare(view: View) -> View:
        view.policy = f"public: {reason}"  # type: ignore[attr-defined]
        return view

    return declare


def requires(predicate: Predicate, load: Loader | None = None) -> Callable[[View], View]:
    """Declare a route's policy.

    `load(session, **address)` gets the thing, None means 404. The predicate is asked with the actor and,
    if there is a loader, the thing; the view then gets the thing first and the address after it.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            actor = current_actor()
            if actor is None:
                return ask_to_sign_in()
            if load is None:
                enforce(predicate(actor))
                return view(**address)
            thing = load(reading(), **address)
            if thing is None:
                raise NotFound(_("Diese Seite gibt es nicht."))
            enforce(predicate(actor, thing))
            return view(thing, **address)

        guarded.policy = f"{predicate.__module__}.{predicate.__name__}"  # type: ignore[attr-defined]
        return guarded

    return declare


def ask_to_sign_in() -> AnyResponse:
    """Send a visitor to the sign-in page and remember where they wanted to go."""
    login_manager = current_app.login_manager  # type: ignore[attr-defined]
    return cast(AnyResponse, login_manager.unauthorized())


def enforce(verdict: Verdict) -> None:
    """Go on only if allowed; a hidden thing does not exist for this reader."""
    if verdict.hidden:
        raise NotFound(_("Diese Seite gibt es nicht."))
    if not verdict.allowed:
        raise Forbidden(_(verdict.reason))


def perform(action: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run an action for the signed-in person in one transaction; what it returns may be read afterwards."""
    actor, now, name = signed_in(), clock.now(), request_id()
    return house().writer.run(_job(actor, now, name, lambda work: action(work, *args, **kwargs)), actor.tenant_id)


def perform_once(
    action: Callable[..., T], *args: Any, then: Callable[[T], str], by: Actor | None = None, **kwargs: Any
) -> AnyResponse:
    """Like `perform`, and send the browser to `then(result)`.

    The form's one-time key makes it happen once: a second sending of the same form changes nothing and
    leads to the same place. `by` acts instead of the signed-in person, on pages for visitors.
    """
    actor, now, name = by or signed_in(), clock.now(), request_id()
    key = request.form.get("once", "")[:64]

    def run(work: Work) -> str:
        location = used_location(work, key) if key else None
        if location is None:
            location = then(action(work, *args, **kwargs))
            if key:
                remember_key(work, key, location)
        return location

    try:
        return go_to(house().writer.run(_job(actor, now, name, run), actor.tenant_id))
    except (DomainError, IntegrityError):
        location = _done_meanwhile(actor, key, now)
        if location is None:
            raise
        return go_to(location)


def perform_together(name: Hashable, action: Callable[[Session, Sequence[Asked]], Done[T]], asked: Asked) -> T:
    """The answer to what this person asks, together with all who ask for the same `name` now: in one transaction.

    The request's own reading ends here: a full hall must not hold a connection each while it waits.
    """
    owner, tenant_id = house(), signed_in().tenant_id
    _close_reading(None)

    def do(group: Sequence[Asked]) -> Sequence[T]:
        def job(session: Session) -> Sequence[T]:
            done = action(session, group)
            _tell(session, owner.hub, done.signals)
            return done.answers

        return owner.writer.run_apart(job, tenant_id)

    return cast(T, owner.together.ask((tenant_id, name), asked, do))


def _tell(session: Session, hub: Hub, signals: Sequence[tuple[str, str]]) -> None:
    now, tenant_id = clock.now(), session.info[SCOPE]
    rows: list[dict[str, Any]] = [{"at": now, "channel": channel, "name": name} for channel, name in signals]
    ids = add_numbered(session, LiveEvent, rows)
    notify(session, [LiveEvent(id=id_, tenant_id=tenant_id, **row) for id_, row in zip(ids, rows, strict=True)])
    if ids:
        session.info.setdefault(AFTER_COMMIT, []).append(hub.wake)


def _done_meanwhile(actor: Actor, key: str, now: Any) -> str | None:
    """Where the same form, sent a second time at the same moment to another process, has led by now."""
    if not key:
        return None
    with house().database.read(actor.tenant_id) as session:
        return used_location(Work(session, actor, now), key)


def _job(actor: Actor, now: Any, name: str, run: Callable[[Work], T]) -> Callable[[Session], T]:
    hub = house().hub

    def job(session: Session) -> T:
        work = Work(session, actor, now, name)
        result = run(work)
        events = work.finish()
        notify(session, events)
        if events:
            session.info.setdefault(AFTER_COMMIT, []).append(hub.wake)
        return result

    return job


def install(app: Flask, house_: House) -> None:
    """Bind the house to the application and close what a request opened."""
    app.extensions["lueckenlos"] = house_
    app.teardown_appcontext(_close_reading)

    @event.listens_for(house_.database.reading, "before_cursor_execute")
    def count(*_args: Any) -> None:
        if current_app:
            g.statements = g.get("statements", 0) + 1


def undeclared_routes(app: Flask) -> list[str]:
    """The endpoints that declare no policy; the application refuses to start while there are any."""
    return [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "policy")]
