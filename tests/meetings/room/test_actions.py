"""Coming and going, for oneself and for others."""

import pytest
from sqlmodel import select

from app.core.errors import DomainError, Forbidden, NotFound
from meetings.agenda.queries import meeting_by_key
from meetings.room import actions
from meetings.room.buttons import Coming, Everyone, Going
from meetings.room.models import Presence, Recusal
from meetings.room.queries import room_of
from meetings.room.states import Source
from tests.meetings.walk import (
    ADVISOR,
    CHAIR,
    DEPUTY,
    GUEST,
    HELD_BY,
    MEMBER,
    OFFICE,
    OUTSIDER,
    PLANNER,
    invite,
    open_dots,
    run,
    run_with_everyone,
    seat_of,
)
from tests.support.demo import Demo
from tests.support.time import NOW


def present(demo: Demo) -> int:
    with demo.session() as session:
        meeting = meeting_by_key(session, "LG-09")
        assert meeting is not None
        return room_of(session, meeting, NOW).quorum.present


def person_id(demo: Demo, key: str) -> int:
    return demo.actor(key).person_id


def test_a_member_reports_present_with_one_button(demo: Demo) -> None:
    invite(demo)
    demo.perform(MEMBER, actions.arrive, "LG-09")
    with demo.session() as session:
        row = session.exec(select(Presence)).one()
    assert (row.person_id, row.source, row.until) == (person_id(demo, MEMBER), Source.SELF, None)


def test_reporting_twice_is_one_presence(demo: Demo) -> None:
    invite(demo)
    demo.perform(MEMBER, actions.arrive, "LG-09")
    demo.perform(MEMBER, actions.arrive, "LG-09")
    with demo.session() as session:
        assert len(session.exec(select(Presence)).all()) == 1


def test_nobody_is_present_before_the_invitation(demo: Demo) -> None:
    with pytest.raises(Forbidden, match="Anwesenheit wird nur"):
        demo.perform(MEMBER, actions.arrive, "LG-09")


def test_going_ends_the_presence(demo: Demo) -> None:
    run(demo)
    demo.perform(MEMBER, actions.arrive, "LG-09")
    assert present(demo) == 1
    demo.perform(MEMBER, actions.leave, "LG-09")
    assert present(demo) == 0


def test_who_is_not_there_cannot_go(demo: Demo) -> None:
    run(demo)
    with pytest.raises(DomainError, match="nicht als anwesend erfasst"):
        demo.perform(MEMBER, actions.leave, "LG-09")


def test_a_deputy_takes_the_seat_and_holds_it(demo: Demo) -> None:
    run(demo)
    demo.perform(DEPUTY, actions.arrive, "LG-09")
    with pytest.raises(DomainError, match="schon Simone Vogt als anwesend"):
        demo.perform(HELD_BY, actions.arrive, "LG-09")
    assert present(demo) == 1


@pytest.mark.parametrize("person", [PLANNER, GUEST])
def test_without_a_seat_nobody_is_counted(demo: Demo, person: str) -> None:
    run(demo)
    with pytest.raises(Forbidden, match="keinen Sitz"):
        demo.perform(person, actions.arrive, "LG-09")


def test_an_advisory_seat_does_not_count_for_the_quorum(demo: Demo) -> None:
    run(demo)
    demo.perform(ADVISOR, actions.arrive, "LG-09")
    assert present(demo) == 0


def test_one_button_brings_all_voting_members(demo: Demo) -> None:
    run(demo)
    demo.perform(DEPUTY, actions.arrive, "LG-09")
    demo.perform(CHAIR, actions.press, "LG-09", Everyone())
    assert present(demo) == 16
    with demo.session() as session:
        seats = [row.seat_id for row in session.exec(select(Presence))]
    assert len(seats) == len(set(seats)) == 16


def test_the_office_records_a_deputy(demo: Demo) -> None:
    run(demo)
    seat = seat_of(demo, "jobcenter")
    demo.perform(OFFICE, actions.press, "LG-09", Coming(seat, person_id(demo, DEPUTY)))
    with demo.session() as session:
        row = session.exec(select(Presence)).one()
    assert (row.seat_id, row.person_id, row.source) == (seat, person_id(demo, DEPUTY), Source.CLERK)


def test_nobody_is_put_on_a_foreign_seat(demo: Demo) -> None:
    run(demo)
    with pytest.raises(DomainError, match="weder Mitglied noch Vertretung"):
        demo.perform(OFFICE, actions.press, "LG-09", Coming(seat_of(demo, "jobcenter"), person_id(demo, MEMBER)))


def test_a_seat_of_another_body_is_no_seat_here(demo: Demo) -> None:
    run(demo)
    with pytest.raises(NotFound):
        demo.perform(OFFICE, actions.press, "LG-09", Going(seat_of(demo, "caritas", "pg-uebergang")))


@pytest.mark.parametrize("person", [MEMBER, ADVISOR, PLANNER])
def test_only_chair_and_office_record_others(demo: Demo, person: str) -> None:
    run(demo)
    with pytest.raises(Forbidden, match="tragen Vorsitz und Geschäftsstelle ein"):
        demo.perform(person, actions.press, "LG-09", Everyone())


def test_an_outsider_does_not_learn_of_the_meeting(demo: Demo) -> None:
    run(demo)
    with pytest.raises(NotFound):
        demo.perform(OUTSIDER, actions.arrive, "LG-09")


def test_a_recused_seat_is_left_out_of_the_electorate(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(MEMBER, actions.declare_recusal, "LG-09", "6")
    demo.perform(OFFICE, actions.declare_recusal, "LG-09", "6", seat_of(demo, "awo"))
    open_dots(demo)
    with demo.session() as session:
        sources = [row.source for row in session.exec(select(Recusal))]
    assert sorted(sources) == [Source.CLERK, Source.SELF]


def test_nobody_recuses_others(demo: Demo) -> None:
    run_with_everyone(demo)
    with pytest.raises(Forbidden, match="Befangenheit zeigt das Mitglied selbst an"):
        demo.perform(MEMBER, actions.declare_recusal, "LG-09", "6", seat_of(demo, "awo"))
