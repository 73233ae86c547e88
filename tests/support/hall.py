"""A hall full of voters: a running meeting with so many seats, all present and signed in, and an open poll."""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from flask import session as cookie_session
from flask_wtf.csrf import generate_csrf
from sqlmodel import Session, col, select

from app.people.actions import token_hash
from app.people.models import Organisation, Person, SignInSession
from meetings.agenda.models import Meeting
from meetings.bodies.models import Body, Seat, SeatHolder
from meetings.bodies.states import SeatKind
from meetings.room.models import Presence
from meetings.room.states import Source
from meetings.voting import actions as voting
from meetings.voting.models import Poll, PollOption
from meetings.voting.wishes import DotsWish
from tests.meetings.walk import MEETING, OFFICE, TOPICS, run_with_everyone
from tests.support.demo import Demo
from tests.support.time import moment

DOTS, EACH = 3, 2
_KEY = MEETING.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Voter:
    """A signed-in browser: what its cookies and its forms carry, and the seat that it votes for."""

    seat_id: int
    cookie: str
    csrf_token: str


@dataclass(frozen=True)
class Hall:
    """The poll and its voters. `fields` are the names of the ballot's number fields, `secret` tells how it is cast."""

    poll_id: int
    voters: tuple[Voter, ...]
    fields: tuple[str, ...]
    secret: bool = False

    @property
    def address(self) -> str:
        """Where ballots are sent."""
        return f"/abstimmungen/{self.poll_id}/{'geheim' if self.secret else 'stimme'}"

    def orders(self) -> dict[str, Any]:
        """Plain values for a program that votes."""
        return {**asdict(self), "address": self.address}


def fill_hall(demo: Demo, number: int, wish: Any = None) -> Hall:
    """Bring the meeting to its vote with `number` more voters, each of an organisation of their own."""
    run_with_everyone(demo)
    voters = _writing(demo, lambda session: _add_voters(session, number))
    wanted = wish or DotsWish(DOTS, EACH, 2, TOPICS)
    with demo.app.app_context():
        poll: Poll = demo.perform(OFFICE, voting.open_poll, _KEY, "6", wanted)
    with demo.session() as session:
        options = session.exec(select(PollOption.id).where(col(PollOption.poll_id) == poll.id)).all()
    fields = tuple(f"punkte-{place}" for place in range(1, len(options) + 1))
    browsers = tuple(_browser(demo, seat_id, token) for seat_id, token in voters)
    return Hall(poll.id or 0, browsers, fields, secret=str(poll.mode) == "secret")


def _writing(demo: Demo, change: Callable[[Session], Any]) -> Any:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        found = change(session)
        session.commit()
    return found


def _add_voters(session: Session, number: int) -> list[tuple[int, str]]:
    """Organisations, people, seats, presence and sessions; the seats with the tokens of their holders."""
    now = moment()
    body = session.exec(select(Body).where(col(Body.key) == "lg-kim")).one()
    meeting = session.exec(select(Meeting).where(col(Meeting.key) == _KEY)).one()
    organisations = _added(session, [Organisation(key=f"saal-{n}", name=f"Saal {n}") for n in range(number)])
    people = _added(
        session,
        [
            Person(key=f"saal-{n}", name=f"Person {n}", email=f"saal-{n}@example.org", organisation_id=each.id or 0)
            for n, each in enumerate(organisations)
        ],
    )
    seats = _added(
        session,
        [
            Seat(body_id=body.id or 0, organisation_id=each.id or 0, kind=SeatKind.VOTING, position=100 + n)
            for n, each in enumerate(organisations)
        ],
    )
    tokens = [secrets.token_urlsafe(32) for _each in people]
    for person, seat, token in zip(people, seats, tokens, strict=True):
        mine = {"seat_id": seat.id or 0, "person_id": person.id or 0}
        session.add(SeatHolder(**mine))
        session.add(Presence(meeting_id=meeting.id or 0, **mine, since=now, source=Source.CLERK))
        session.add(
            SignInSession(
                token_hash=token_hash(token),
                person_id=person.id or 0,
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(hours=12),
            )
        )
    session.flush()
    return [(seat.id or 0, token) for seat, token in zip(seats, tokens, strict=True)]


def _added(session: Session, rows: list[Any]) -> list[Any]:
    session.add_all(rows)
    session.flush()
    return rows


def _browser(demo: Demo, seat_id: int, token: str) -> Voter:
    """The cookie and the form token that a browser would have after signing in and opening the ballot."""
    app = demo.app
    with app.test_request_context():
        cookie_session.update(_user_id=token, _fresh=True)
        form_token = generate_csrf()
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        signed = serializer.dumps(dict(cookie_session))
    return Voter(seat_id, f"{app.config['SESSION_COOKIE_NAME']}={signed}", form_token)
