"""The way of a meeting, step by step, for tests that begin in the middle of it; and who is who in the demo county."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import event
from sqlmodel import col, select

from app.people.models import Organisation
from meetings.agenda import actions as agenda
from meetings.bodies.models import Body, Seat
from meetings.room import actions as room
from meetings.voting import actions as voting
from meetings.voting.actions import DotsWish
from meetings.voting.models import Poll, PollOption
from tests.support.demo import Demo

MEETING = "/sitzungen/LG-09"
ITEM = f"{MEETING}/top/6"
OFFICE, CHAIR, PLANNER = "p-albers", "p-wieland", "p-kaya"
"""Office seat; chair; coordination without a seat in the steering group."""
MEMBER, DEPUTY, HELD_BY = "p-diallo", "p-vogt", "p-brandes"
"""A voting member; a deputy, and the member whose seat the deputy may take."""
ADVISOR, GUEST, OUTSIDER = "p-jansen", "p-fricke", "p-terhorst"
"""An advisory seat; an invited guest; somebody with a seat in the project group only."""
TOPICS = ("T-03", "T-04", "T-05", "T-07")
INVITED_ON = date(2026, 11, 24)


def invite(demo: Demo) -> None:
    """Take the meeting from its draft to invited."""
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "scheduled")
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "invited", INVITED_ON)


def run(demo: Demo) -> None:
    """Take the meeting from its draft to running; nobody is there yet."""
    invite(demo)
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "running")


def run_with_everyone(demo: Demo) -> None:
    """A running meeting in which all voting members are present."""
    run(demo)
    demo.perform(OFFICE, room.record_everyone, "LG-09")


def open_dots(
    demo: Demo, dots: int = 3, each: int = 2, capacity: int | None = 2, topics: Sequence[str] = TOPICS
) -> int:
    """Open a dots poll on item 6; its id."""
    wish = DotsWish(dots, each, capacity, tuple(topics))
    poll: Poll = demo.perform(OFFICE, voting.open_poll, "LG-09", "6", wish)
    return poll.id or 0


def options_of(demo: Demo, poll_id: int) -> list[str]:
    """The ids of a poll's options as the rule names them, in their order."""
    with demo.session() as session:
        statement = select(col(PollOption.id)).where(col(PollOption.poll_id) == poll_id)
        return [str(id_) for id_ in session.exec(statement.order_by(col(PollOption.position)))]


def cast(demo: Demo, person: str, poll_id: int, *dots: int) -> None:
    """Cast a ballot: the dots of the options in their order."""
    demo.perform(person, voting.cast_ballot, poll_id, dict(zip(options_of(demo, poll_id), dots, strict=False)))


def cast_all(demo: Demo, poll_id: int, ballots: Mapping[str, tuple[int, ...]]) -> None:
    """Cast a ballot for each of these people."""
    for person, dots in ballots.items():
        cast(demo, person, poll_id, *dots)


def closed_poll(demo: Demo, ballots: Mapping[str, tuple[int, ...]], capacity: int | None = 2) -> int:
    """A running meeting with a counted poll on item 6; its id."""
    run_with_everyone(demo)
    poll_id = open_dots(demo, capacity=capacity)
    cast_all(demo, poll_id, ballots)
    demo.perform(OFFICE, voting.close_poll, poll_id)
    return poll_id


def seat_of(demo: Demo, organisation: str, body: str = "lg-kim") -> int:
    """The id of an organisation's seat in a body, by their keys."""
    with demo.session() as session:
        statement = (
            select(col(Seat.id))
            .join(Organisation, col(Organisation.id) == col(Seat.organisation_id))
            .join(Body, col(Body.id) == col(Seat.body_id))
            .where(col(Organisation.key) == organisation, col(Body.key) == body)
        )
        return session.exec(statement).one() or 0


@contextmanager
def counted(demo: Demo) -> Iterator[list[str]]:
    """The statements that pages send while this lasts."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            sent.append(statement)

    event.listen(demo.database.reading, "before_cursor_execute", note)
    yield sent
    event.remove(demo.database.reading, "before_cursor_execute", note)
