"""The signed-in person in a request: Flask-Login over server-side sessions.

The cookie holds a random token; the database holds its hash. Ending a session there ends it everywhere.
"""

from collections.abc import Sequence

from flask import Flask, current_app, g, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.core import clock
from app.core.i18n import LANGUAGES
from app.core.permissions import Actor
from app.core.web import House, house
from app.core.work import Work
from app.people import actions, expired, rules
from app.people.actors import Moment, SeatSource, SignedIn, actor_by_id, signed_in_by
from app.people.models import Person

login_manager = LoginManager()


class TokenUser(UserMixin):
    """What Flask-Login carries: the token and whom it stands for."""

    def __init__(self, token: str, signed_in: SignedIn) -> None:
        self.token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        """The token, which goes into the signed cookie."""
        return self.token


def install(app: Flask, house_: House, seats: SeatSource) -> None:
    """Cookies, the loader of sessions, and the house's way to the actor."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-lueckenlos" if app.config["SESSION_COOKIE_SECURE"] else "lueckenlos",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    login_manager.init_app(app)
    login_manager.login_view = "people.sign_in"
    login_manager.login_message = None
    login_manager.session_protection = None
    login_manager.unauthorized_handler(expired.ask_to_sign_in)
    app.extensions["seats"] = seats
    house_.load_actor = lambda: present().actor if present() else None  # type: ignore[union-attr]
    house_.actor_by_id = lambda tenant_id, person_id: _actor_of_tenant(house_, tenant_id, person_id, seats)


def _actor_of_tenant(house_: House, tenant_id: int, person_id: int, seats: SeatSource) -> Actor | None:
    with house_.database.read(tenant_id) as reading:
        return actor_by_id(reading, person_id, seats, clock.today())


@login_manager.user_loader
def load_user(token: str) -> TokenUser | None:
    """The live session of the token; a session that has run out is nobody's."""
    moment = Moment(clock.now(), clock.today())
    with house().database.read() as reading:
        found = signed_in_by(reading, actions.token_hash(token), current_app.extensions["seats"], moment)
    if found is None:
        return None
    g.tenant = found.tenant
    return TokenUser(token, found)


def present() -> SignedIn | None:
    """The live session of this request, None for a visitor."""
    if "signed_in" not in g:
        g.signed_in = current_user.signed_in if current_user.is_authenticated else None
        if g.signed_in is not None:
            _refresh(g.signed_in)
    found: SignedIn | None = g.signed_in
    return found


def _refresh(signed_in: SignedIn) -> None:
    now = clock.now()
    if rules.is_due_for_refresh(signed_in.seen_at, now) and not request.path.startswith("/live/"):
        house().together.ask("seen", signed_in.session_id, _touch)


def _touch(session_ids: Sequence[int]) -> Sequence[None]:
    """Note it for all whose minute is over now: a hall that votes has been quiet before."""
    now = clock.now()
    house().writer.run_apart(lambda session: actions.touch_sessions(session, session_ids, now), None)
    return [None] * len(session_ids)


def welcome(person: Person) -> None:
    """Open a session for a person whose password was right, under a new cookie."""
    actor = Actor(person.id or 0, person.tenant_id, person.organisation_id, "", frozenset(), (), person.name, "")
    now = clock.now()

    def job(db_session: object) -> str:
        work = Work(db_session, actor, now)  # type: ignore[arg-type]
        token = actions.begin_session(work, actor.person_id)
        work.finish()
        return token

    token = house().writer.run(job, person.tenant_id)
    language = session.get("language")
    session.clear()
    if language in LANGUAGES:
        session["language"] = language
    user = load_user(token)
    if user is not None:
        login_user(user)


def farewell(token: str) -> None:
    """Forget the session in the cookie; the row has gone already."""
    del token
    logout_user()
    session.clear()


def safe_next(address: str | None) -> str:
    """Where to go after signing in: a path of our own, else home."""
    if (
        address
        and address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and "\n" not in address
        and "\r" not in address
    ):
        return address
    return url_for("people.home")
