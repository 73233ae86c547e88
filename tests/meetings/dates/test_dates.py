"""Finding a date: who may, what counts, and what becomes of the day that is picked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Forbidden, NotFound
from app.core.lifecycle import RefusedMove
from meetings.agenda.queries import meeting_by_key
from meetings.dates.actions import answer, pick
from meetings.dates.queries import Grid, grid_of, poll_by_id
from meetings.dates.rules import ENOUGH, TOO_FEW, WITH_MAYBE, SeatPeople, best, day_count, filled
from meetings.dates.states import DateChoice
from meetings.room.rules import QuorumRule
from tests.meetings.walk import ADVISOR, DEPUTY, GUEST, HELD_BY, MEMBER, OFFICE, OUTSIDER, PLANNER
from tests.support.demo import Demo, post

YES, MAYBE, NO = DateChoice.YES, DateChoice.MAYBE, DateChoice.NO
FORM = "/gremien/lg-kim/termin-finden"
SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
TWO_DAYS = {
    "title": "Sondersitzung", "place": "Kreishaus",
    "day_1": "2027-03-11", "start_1": "14:00", "end_1": "16:00",
    "day_3": "2027-03-12", "start_3": "09:00", "end_3": "11:00",
}  # fmt: skip

seats = st.lists(
    st.builds(SeatPeople, st.integers(1, 9), st.booleans(), st.lists(st.integers(1, 12), max_size=3).map(tuple)),
    unique_by=lambda seat: seat.unit,
)
said = st.dictionaries(st.integers(1, 12), st.sampled_from(list(DateChoice)))


def test_a_deputy_fills_one_seat_and_only_where_the_member_cannot() -> None:
    table = [SeatPeople(1, True, (1, 9)), SeatPeople(2, True, (2, 9)), SeatPeople(3, False, (3,))]
    assert filled(table, {1: NO, 2: NO, 9: YES, 3: YES}, [YES]) == {1}
    assert filled(table, {1: YES, 2: NO, 9: YES}, [YES]) == {1, 2}
    assert filled(table, {1: MAYBE, 2: MAYBE}, [YES]) == set()


@given(seats, said)
def test_more_consent_never_fills_fewer_seats(table: list[SeatPeople], choices: dict[int, DateChoice]) -> None:
    count = day_count(table, choices, QuorumRule())
    assert 0 <= count.sure <= count.entitled
    assert 0 <= count.possible <= count.entitled
    assert count.yes + count.maybe + count.no == len(choices)
    people = set(choices)
    assert len(filled(table, choices, list(DateChoice))) <= len(people)


def test_the_verdict_says_whether_the_body_could_decide() -> None:
    table = [SeatPeople(unit, True, (unit,)) for unit in range(1, 5)]
    counts = {
        1: day_count(table, {1: YES, 2: YES}, QuorumRule()),
        2: day_count(table, {1: YES, 2: MAYBE, 3: NO}, QuorumRule()),
        3: day_count(table, {1: MAYBE}, QuorumRule()),
    }
    assert [count.verdict for count in counts.values()] == [ENOUGH, WITH_MAYBE, TOO_FEW]
    assert best(counts) == {1}
    assert best({1: day_count(table, {}, QuorumRule())}) == set()


def grid(demo: Demo, person: str) -> Grid:
    """The first search as this person sees it."""
    with demo.session() as session:
        found = poll_by_id(session, 1)
        assert found
        return grid_of(session, demo.actor(person), found)


def test_a_date_is_proposed_answered_and_picked(demo: Demo) -> None:
    office = demo.client(OFFICE)
    night = {**TWO_DAYS, "day_2": "2027-03-28", "start_2": "02:30", "end_2": "04:00"}
    refused = post(office, FORM, night)
    assert refused.status_code == 422
    assert "In der Nacht wird die Uhr vorgestellt" in refused.get_data(as_text=True)
    assert post(office, FORM, {**TWO_DAYS, "end_3": ""}).status_code == 422
    assert post(office, FORM, {**TWO_DAYS, "day_3": "2020-01-01"}).status_code == 422
    made = post(office, FORM, TWO_DAYS)
    assert made.status_code == 303
    page = made.location
    first, second = (option.id or 0 for option in grid(demo, OFFICE).options)
    member = demo.client(HELD_BY)
    assert "Ihre Antwort fehlt noch" in member.get("/").get_data(as_text=True)
    assert post(member, page, {f"option_{first}": "no", f"option_{second}": "yes"}).status_code == 303
    demo.perform(DEPUTY, answer, 1, {first: YES})
    demo.perform(MEMBER, answer, 1, {first: MAYBE, second: NO})
    demo.perform(MEMBER, answer, 1, {first: YES})
    shown = grid(demo, MEMBER)
    assert (shown.counts[first].sure, shown.counts[second].sure, shown.best) == (2, 1, {first})
    assert shown.own == {first: YES, second: NO}
    for person, may_read in ((ADVISOR, True), (PLANNER, True), (OUTSIDER, False), (GUEST, False)):
        assert demo.client(person).get(page).status_code == (200 if may_read else 404)
    for person in (MEMBER, DEPUTY, ADVISOR, OUTSIDER):
        with pytest.raises((Forbidden, NotFound)):
            demo.perform(person, pick, 1, first)
        assert demo.client(person).get(FORM).status_code in (403, 404)
    with pytest.raises(Forbidden):
        demo.perform(PLANNER, answer, 1, {first: YES})
    taken = post(office, f"{page}/termin/{first}", at=page)
    assert taken.status_code == 303
    with demo.session() as session:
        meeting = meeting_by_key(session, taken.location.rsplit("/", 1)[1])
        assert meeting
        row = meeting.meeting
        assert (meeting.state, row.title, row.place, str(row.date)) == (
            "draft", "Sondersitzung", "Kreishaus", "2027-03-11",
        )  # fmt: skip
        assert str(row.starts_at) == "2027-03-11 13:00:00+00:00"
    with pytest.raises(RefusedMove):
        demo.perform(MEMBER, answer, 1, {first: NO})
    assert "Ein Termin ist gewählt" in office.get(page).get_data(as_text=True)


@SQLITE
def test_a_search_is_dropped(demo: Demo) -> None:
    office = demo.client(OFFICE)
    page = post(office, FORM, TWO_DAYS).location
    assert post(office, f"{page}/beenden", at=page).status_code == 303
    assert "beendet ohne Termin" in office.get(page).get_data(as_text=True)
    assert post(office, f"{page}/termin/1", at=page).status_code == 409
