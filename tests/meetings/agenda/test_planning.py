"""Planning a meeting: its head, its agenda, what it takes along; and ending it with a result for every item."""

import re
from datetime import date, time

import pytest
from sqlmodel import col, select

from app.core.errors import ChangedMeanwhile, DomainError, Forbidden, InvalidInput, NotFound
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from meetings.agenda import actions, drafting, outcomes, planning
from meetings.agenda.drafts import ItemDraft, MeetingDraft, NoSuchTime, VotePlan, next_key
from meetings.agenda.models import AgendaItem, AgendaItemSubject, AgendaVote, Meeting
from meetings.agenda.states import AgendaVoteMethod, ItemKind, ItemResult, MeetingState
from tests.meetings.walk import CHAIR, GUEST, MEETING, MEMBER, OFFICE, OUTSIDER, PLANNER, invite, run, run_with_everyone
from tests.support.demo import Demo, post

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
TENTH = MeetingDraft("10. Sitzung", date(2027, 6, 10), time(14), time(16), "Kreishaus")


def plan(demo: Demo, person: str = OFFICE, *, standing: bool = True, carry_over: bool = True) -> Meeting:
    meeting: Meeting = demo.perform(
        person, planning.plan_meeting, "lg-kim", TENTH, standing=standing, carry_over=carry_over
    )
    return meeting


def items(demo: Demo, key: str) -> list[AgendaItem]:
    with demo.session() as session:
        meeting = session.exec(select(Meeting).where(col(Meeting.key) == key)).one()
        statement = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id)
        return list(session.exec(statement.order_by(col(AgendaItem.position))))


def add(demo: Demo, key: str, title: str, **more: object) -> AgendaItem:
    after = str(more.pop("after", ""))
    draft = ItemDraft(title, more.pop("kind", ItemKind.DISCUSSION), **more)  # type: ignore[arg-type]
    item: AgendaItem = demo.perform(OFFICE, drafting.add_item, key, draft, after)
    return item


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(["LG-08", "LG-09"], "LG-10"), (["LG-9", "LG-10"], "LG-11"), ([], "LG-KIM-01"), (["Herbst"], "LG-KIM-01")],
)
def test_the_key_goes_on_counting(keys: list[str], expected: str) -> None:
    assert next_key("lg-kim", keys) == expected


def test_the_clock_never_shows_half_past_two_in_the_night_it_is_put_forward() -> None:
    with pytest.raises(NoSuchTime):
        _ = MeetingDraft("Nacht", date(2027, 3, 28), time(2, 30)).starts_at


@on_sqlite
def test_a_standing_item_that_was_not_reached_does_not_come_twice(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")
    titles = [item.title for item in items(demo, plan(demo).key)]
    assert len(titles) == len(set(titles))
    assert "Zielvereinbarung ZV-2026-01" in " ".join(titles), "what has a text of its own is taken along"


def test_a_new_meeting_begins_with_the_standing_items(demo: Demo) -> None:
    meeting = plan(demo)

    found = items(demo, meeting.key)
    assert (meeting.key, meeting.state) == ("LG-10", MeetingState.DRAFT)
    assert [item.number for item in found] == [str(place + 1) for place in range(len(found))]
    assert found[0].title.startswith("Eröffnung")
    assert found[-1].title.startswith("Verschiedenes")


def test_the_next_meeting_takes_along_what_was_put_off(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, outcomes.record_result, "LG-09", "6", ItemResult.DEFERRED, "Zahlen fehlen noch")
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")

    meeting = plan(demo, standing=False)

    carried = next(item for item in items(demo, meeting.key) if item.title == "Priorisierung der Themen für 2027")
    with demo.session() as session:
        source = session.get_one(AgendaItem, carried.carried_from_id)
        subjects = select(AgendaItemSubject).where(col(AgendaItemSubject.item_id) == carried.id)
        vote = session.exec(select(AgendaVote).where(col(AgendaVote.item_id) == carried.id)).one()
        assert source.number == "6"
        assert len(session.exec(subjects).all()) == 4
        assert vote.method == AgendaVoteMethod.CRITERIA_THEN_DOTS
    assert not any(item.title.startswith("Priorisierung") for item in items(demo, plan(demo, standing=False).key))


@on_sqlite
@pytest.mark.parametrize(("person", "refusal"), [(MEMBER, Forbidden), (GUEST, Forbidden), (OUTSIDER, Forbidden)])
def test_who_only_takes_part_does_not_plan(demo: Demo, person: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        plan(demo, person)


@on_sqlite
@pytest.mark.parametrize("person", [OFFICE, CHAIR, PLANNER])
def test_chair_office_and_coordination_plan(demo: Demo, person: str) -> None:
    assert plan(demo, person).state == MeetingState.DRAFT


@on_sqlite
def test_a_meeting_does_not_end_before_it_begins(demo: Demo) -> None:
    backwards = MeetingDraft("10. Sitzung", date(2027, 6, 10), time(16), time(14))

    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, planning.plan_meeting, "lg-kim", backwards, standing=False, carry_over=False)


def test_day_and_time_stand_once_people_are_invited(demo: Demo) -> None:
    invite(demo)
    with demo.session() as session:
        version = session.exec(select(Meeting.version).where(col(Meeting.key) == "LG-09")).one()

    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, planning.change_meeting, "LG-09", TENTH, version)
    moved_room = MeetingDraft("9. Sitzung", date(2026, 12, 10), time(14), time(16, 30), "Kreishaus, Raum 3")
    assert demo.perform(OFFICE, planning.change_meeting, "LG-09", moved_room, version).place == "Kreishaus, Raum 3"


def test_two_who_write_at_once_lose_nothing(demo: Demo) -> None:
    meeting = plan(demo)
    demo.perform(OFFICE, planning.change_meeting, meeting.key, TENTH, 1)

    with pytest.raises(ChangedMeanwhile):
        demo.perform(CHAIR, planning.change_meeting, meeting.key, TENTH, 1)


def test_items_are_written_moved_and_taken_out(demo: Demo) -> None:
    key = plan(demo, standing=False, carry_over=False).key
    first, second = add(demo, key, "Erster"), add(demo, key, "Zweiter")
    add(demo, key, "Darunter", parent_id=second.id)

    demo.perform(OFFICE, drafting.move_item, key, "2", -1)
    assert [(item.number, item.title) for item in items(demo, key)] == [
        ("1", "Zweiter"),
        ("1.1", "Darunter"),
        ("2", "Erster"),
    ]
    demo.perform(OFFICE, drafting.remove_item, key, "1")
    assert [(item.number, item.id) for item in items(demo, key)] == [("1", first.id)]


@on_sqlite
def test_an_agenda_has_three_levels_at_most(demo: Demo) -> None:
    key = plan(demo, standing=False, carry_over=False).key
    top = add(demo, key, "Oben")
    middle = add(demo, key, "Mitte", parent_id=top.id)
    below = add(demo, key, "Unten", parent_id=middle.id)

    with pytest.raises(InvalidInput):
        add(demo, key, "Zu tief", parent_id=below.id)


def test_after_the_invitation_items_come_in_as_supplements_and_keep_their_numbers(demo: Demo) -> None:
    before = {item.id: item.number for item in items(demo, "LG-09")}
    invite(demo)

    supplement = add(demo, "LG-09", "Nachtrag", after="4")

    after = items(demo, "LG-09")
    assert (supplement.number, supplement.supplement) == ("4a", True)
    assert {item.id: item.number for item in after if item.id != supplement.id} == before
    assert [item.number for item in after][3:6] == ["4", "4a", "5"]
    with pytest.raises(DomainError):
        demo.perform(OFFICE, drafting.move_item, "LG-09", "4a", 1)
    with pytest.raises(DomainError):
        demo.perform(OFFICE, drafting.remove_item, "LG-09", "4a")


def test_an_item_keeps_what_it_is_about_and_how_it_is_voted_on(demo: Demo) -> None:
    key = plan(demo, standing=False, carry_over=False).key
    add(demo, key, "Wahl", kind=ItemKind.VOTE)
    vote = VotePlan(AgendaVoteMethod.DOTS, 3, 2)
    demo.perform(
        OFFICE, drafting.change_item, key, "1", ItemDraft("Rang", ItemKind.VOTE, subjects=(("topic", 3),), vote=vote), 1
    )

    [item] = items(demo, key)
    with demo.session() as session:
        planned = session.exec(select(AgendaVote).where(col(AgendaVote.item_id) == item.id)).one()
        about = session.exec(select(AgendaItemSubject).where(col(AgendaItemSubject.item_id) == item.id)).one()
        assert (planned.dots_per_organisation, planned.max_dots_per_topic, about.topic_id) == (3, 2, 3)
    with pytest.raises(ChangedMeanwhile):
        demo.perform(OFFICE, drafting.change_item, key, "1", ItemDraft("Anders", ItemKind.VOTE), 1)


def test_a_meeting_called_off_says_why_and_stays_off(demo: Demo) -> None:
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, planning.cancel_meeting, "LG-09", "  ")
    demo.perform(OFFICE, planning.cancel_meeting, "LG-09", "Der Landrat ist erkrankt.")

    with demo.session() as session:
        row = session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
        assert (row.state, row.reason) == (MeetingState.CANCELLED, "Der Landrat ist erkrankt.")
    with pytest.raises(DomainError):
        demo.perform(OFFICE, planning.cancel_meeting, "LG-09", "Noch einmal")


@on_sqlite
def test_a_late_invitation_needs_its_urgency_in_words(demo: Demo) -> None:
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "scheduled")
    late = date(2026, 12, 8)
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, actions.move_meeting, "LG-09", "invited", late)

    row = demo.perform(OFFICE, actions.move_meeting, "LG-09", "invited", late, "Frist des Landes am 15. Dezember")

    assert (row.state, row.urgency) == (MeetingState.INVITED, "Frist des Landes am 15. Dezember")


def test_a_meeting_is_closed_once_something_came_of_every_item(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, actions.move_meeting, "LG-09", "held")
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, actions.move_meeting, "LG-09", "closed")

    for item in items(demo, "LG-09"):
        if item.kind in (ItemKind.DECISION, ItemKind.VOTE):
            demo.perform(OFFICE, outcomes.record_result, "LG-09", item.number or "", ItemResult.NO_DECISION)

    assert demo.perform(OFFICE, actions.move_meeting, "LG-09", "closed").state == MeetingState.CLOSED
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, outcomes.record_result, "LG-09", "6", ItemResult.DEFERRED)


@on_sqlite
def test_a_result_is_recorded_by_who_conducts(demo: Demo) -> None:
    run(demo)
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, outcomes.record_result, "LG-09", "6", ItemResult.DEFERRED)
    with pytest.raises(NotFound):
        demo.perform(OUTSIDER, outcomes.record_result, "LG-09", "6", ItemResult.DEFERRED)
    with pytest.raises(InvalidInput):
        demo.perform(OFFICE, outcomes.record_result, "LG-09", "6", ItemResult.NOTED)


@on_sqlite
def test_planning_on_the_screen(demo: Demo) -> None:
    office = demo.client(OFFICE)
    typed = {"body": "lg-kim", "title": "10. Sitzung", "date": "2027-03-28", "start": "02:30", "place": "Kreishaus"}

    refused = post(office, "/sitzungen/neu", typed)
    assert refused.status_code == 422
    assert "Diese Uhrzeit gibt es an dem Tag nicht" in refused.text
    assert 'value="Kreishaus"' in refused.text

    answer = post(office, "/sitzungen/neu", {**typed, "start": "14:00", "end": "16:00"})
    assert answer.headers["Location"].endswith("/sitzungen/LG-10/tagesordnung/bearbeiten")
    item = {"title": "Sprachmittlung", "kind": "decision", "minutes": "15", "proposal": "Der Kreis beauftragt …"}
    assert post(office, "/sitzungen/LG-10/tagesordnung/neu", item).status_code == 303
    agenda = office.get("/sitzungen/LG-10/tagesordnung/bearbeiten").text
    assert "Sprachmittlung" in agenda
    assert "15 von 120 Minuten verplant" in agenda


@on_sqlite
def test_an_item_form_keeps_what_was_typed(demo: Demo) -> None:
    answer = post(
        demo.client(OFFICE),
        f"{MEETING}/tagesordnung/neu",
        {"title": "", "kind": "report", "minutes": "9999", "text": "Lang"},
    )

    assert answer.status_code == 422
    assert re.search(r">\s*Lang</textarea>", answer.text)


@on_sqlite
def test_a_saved_item_keeps_its_parent(demo: Demo) -> None:
    key = plan(demo, standing=False, carry_over=False).key
    top = add(demo, key, "Oben")
    add(demo, key, "Darunter", parent_id=top.id)

    form = {"title": "Darunter, neu", "kind": "report", "minutes": "5", "parent": str(top.id), "version": "1"}
    assert post(demo.client(OFFICE), f"/sitzungen/{key}/top/1.1/bearbeiten", form).status_code == 303
    assert [item.number for item in items(demo, key)] == ["1", "1.1"]


@on_sqlite
def test_closing_asks_first_and_names_what_is_without_a_result(demo: Demo) -> None:
    run(demo)

    asked = demo.client(OFFICE).get(f"{MEETING}/schritt/held")

    assert asked.status_code == 200
    assert "Noch ohne Ergebnis" in asked.text
    assert demo.client(OFFICE).get(f"{MEETING}/schritt/running").status_code == 404
    assert (
        post(demo.client(OFFICE), f"{MEETING}/schritt", {"target": "held"}, at=f"{MEETING}/schritt/held").status_code
        == 303
    )


@on_sqlite
@pytest.mark.parametrize("address", ["bearbeiten", "tagesordnung/bearbeiten", "tagesordnung/neu", "absagen"])
def test_planning_pages_are_for_planners(demo: Demo, address: str) -> None:
    assert demo.client(PLANNER).get(f"{MEETING}/{address}").status_code == 200
    assert demo.client(MEMBER).get(f"{MEETING}/{address}").status_code == 403
    assert demo.client(OUTSIDER).get(f"{MEETING}/{address}").status_code == 404


def fill(work: Work, key: str) -> None:
    """299 more items."""
    meeting = work.session.exec(select(Meeting).where(col(Meeting.key) == key)).one()
    for place in range(2, 301):
        number = str(place)
        work.session.add(
            AgendaItem(meeting_id=meeting.id or 0, position=place, number=number, title=number, kind=ItemKind.REPORT)
        )
    work.record("agenda.filled", meeting)


@on_sqlite
def test_writing_an_agenda_of_three_hundred_items_costs_the_same_statements(demo: Demo) -> None:
    key = plan(demo, standing=False, carry_over=False).key
    add(demo, key, "Erster")
    few = demo.statements(OFFICE, f"/sitzungen/{key}/tagesordnung/bearbeiten")
    demo.perform(OFFICE, fill, key)

    assert demo.statements(OFFICE, f"/sitzungen/{key}/tagesordnung/bearbeiten") == few
    with pytest.raises(InvalidInput):
        add(demo, key, "Einer zu viel")
