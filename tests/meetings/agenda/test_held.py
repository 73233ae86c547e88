"""What happens when a meeting was held: its number without gaps, and amendments instead of edits."""

import threading
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.work import Work
from meetings.agenda import actions, amendments, planning
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.rules import held_number
from meetings.agenda.states import ItemPart, MeetingState
from tests.meetings.walk import CHAIR, GUEST, MEETING, MEMBER, OFFICE, OUTSIDER, PLANNER, run
from tests.support.demo import Demo, post

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


@given(st.integers(1, 30), st.integers(1, 12))
def test_meetings_are_counted_without_gaps(first: int, more: int) -> None:
    given_numbers: list[int | None] = [None, None]
    for announced in (first, *[None] * more):
        given_numbers.append(held_number(announced, given_numbers))

    assert given_numbers[2:] == list(range(first, first + more + 1))


def two_more(work: Work) -> list[str]:
    """Two meetings of the body that are going on, as no clerk would do it, and one that was called off."""
    ninth = work.session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
    states = {"LG-10": MeetingState.CANCELLED, "LG-11": MeetingState.RUNNING, "LG-12": MeetingState.RUNNING}
    for number, (key, state) in enumerate(states.items(), 10):
        row = Meeting(key=key, body_id=ninth.body_id, number=number, title=key, date=date(2027, 1, number), state=state)
        work.session.add(row)
    work.record("meeting.planned", ninth)
    return ["LG-11", "LG-12"]


def held_numbers(demo: Demo) -> dict[str, int | None]:
    with demo.session() as session:
        rows = session.exec(select(Meeting).where(col(Meeting.key).startswith("LG-"))).all()
        return {row.key: row.held_number for row in rows}


def test_two_that_end_at_once_are_counted_one_after_the_other(demo: Demo) -> None:
    run(demo)
    assert held_numbers(demo) == {"LG-08": 8, "LG-09": None} | held_numbers(demo)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")
    assert held_numbers(demo)["LG-09"] == 9

    keys = demo.perform(OFFICE, two_more)
    threads = [threading.Thread(target=demo.perform, args=(OFFICE, actions.move_meeting, key, "held")) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = held_numbers(demo)
    assert found["LG-10"] is None
    assert {found["LG-11"], found["LG-12"]} == {10, 11}


@on_sqlite
def test_what_was_held_is_amended_with_a_reason_and_stays(demo: Demo) -> None:
    with pytest.raises(Forbidden):
        demo.perform(OFFICE, amendments.amend, "LG-09", "Neu", "Grund")
    run(demo)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")
    with pytest.raises(Forbidden):
        demo.perform(OFFICE, planning.change_meeting, "LG-09", None, 1)
    for person, refusal in ((MEMBER, Forbidden), (PLANNER, Forbidden), (GUEST, Forbidden), (OUTSIDER, NotFound)):
        with pytest.raises(refusal):
            demo.perform(person, amendments.amend, "LG-09", "Neu", "Grund")
    with pytest.raises(InvalidInput):
        demo.perform(CHAIR, amendments.amend, "LG-09", "Neu", " ")
    with pytest.raises(NotFound):
        demo.perform(CHAIR, amendments.amend, "LG-09", "Neu", "Grund", "99")

    office, address = demo.client(OFFICE), f"{MEETING}/berichtigung?top=6"
    assert office.get(address).status_code == 200
    assert post(office, address, {"text": "", "reason": "Hörfehler"}).status_code == 422
    typed = {"text": "Gezählt wurden 15 Stimmen.", "reason": "Hörfehler"}
    assert post(office, address, typed).status_code == 303

    for page in (f"{MEETING}/top/6", MEETING):
        shown = demo.client(MEMBER).get(page).text
        assert "Gezählt wurden 15 Stimmen." in shown
        assert "Grund: Hörfehler" in shown
    assert "Berichtigen" not in demo.client(MEMBER).get(f"{MEETING}/top/6").text
    assert "9. Sitzung" in demo.client(MEMBER).get(MEETING).text


def make_secret(work: Work) -> None:
    """Take item 6 to the non-public part."""
    meeting = work.session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
    items = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id, col(AgendaItem.number) == "6")
    work.session.exec(items).one().part = ItemPart.NON_PUBLIC
    work.record("item.changed", meeting)


@on_sqlite
def test_a_guest_does_not_read_what_is_amended_in_the_non_public_part(demo: Demo) -> None:
    demo.perform(OFFICE, make_secret)
    run(demo)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")
    demo.perform(OFFICE, amendments.amend, "LG-09", "Der Preis war höher.", "Tippfehler", "6")

    assert "Der Preis war höher." in demo.client(MEMBER).get(MEETING).text
    assert "Der Preis war höher." not in demo.client(GUEST).get(MEETING).text
