"""Whose seats a person occupies, on which day."""

from datetime import date

from sqlmodel import col, select

from meetings.bodies.models import SeatHolder
from meetings.bodies.queries import seats_of
from tests.meetings.walk import DEPUTY, MEMBER, OFFICE, counted, seat_of
from tests.support.demo import Demo
from tests.support.time import TODAY


def test_seats_are_found_in_one_statement(demo: Demo) -> None:
    person = demo.actor(MEMBER).person_id
    with demo.session() as session, counted(demo) as sent:
        seats = seats_of(session, person, TODAY)
    assert len(sent) == 1
    assert [(seat.seat_id, seat.kind, seat.deputy) for seat in seats] == [
        (seat_of(demo, "st-brueckfeld"), "voting", False),
        (seat_of(demo, "st-brueckfeld", "pg-uebergang"), "voting", False),
    ]


def test_a_deputy_has_the_seat_as_deputy(demo: Demo) -> None:
    assert all(seat.deputy for seat in demo.actor(DEPUTY).seats)
    assert len(demo.actor(DEPUTY).seats) == 2


def test_who_has_no_seat_has_none(demo: Demo) -> None:
    assert demo.actor("p-kaya").seats == ()


def test_a_seat_that_ended_is_no_seat(demo: Demo) -> None:
    person = demo.actor(MEMBER).person_id

    def end(work: object) -> None:
        for row in work.session.exec(select(SeatHolder).where(col(SeatHolder.person_id) == person)):  # type: ignore[attr-defined]
            row.valid_to = date(2026, 10, 31)
            work.session.add(row)  # type: ignore[attr-defined]
        work.record("seat.ended", row)  # type: ignore[attr-defined]

    demo.perform(OFFICE, end)
    with demo.session() as session:
        assert seats_of(session, person, TODAY) == ()
        assert len(seats_of(session, person, date(2026, 10, 31))) == 2
