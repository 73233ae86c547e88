"""The parts A and B: numbering without gaps, and who learns what of the non-public part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from app.core.work import Work
from meetings.agenda import drafting, search
from meetings.agenda.drafts import ItemDraft
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.ordering import Entry, moved, numbers, placed, supplement_number
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import item_by_number
from meetings.agenda.rules import next_number
from meetings.agenda.states import ItemKind, ItemPart
from meetings.bodies.models import BodyRules
from meetings.bodies.states import HiddenPart, PartNumbering
from tests.meetings.walk import ADVISOR, CHAIR, GUEST, MEETING, MEMBER, OFFICE, OUTSIDER, PLANNER, invite
from tests.support.demo import Demo, post

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
SECRET, SECRET_TEXT = "Vergabe der Sprachmittlung", "Drei Angebote liegen vor"


@st.composite
def agendas(draw: st.DrawFn) -> list[Entry]:
    found: list[Entry] = []
    for id_ in range(1, draw(st.integers(1, 12)) + 1):
        mains = [entry.id for entry in found if entry.parent_id is None]
        parent = draw(st.none() | st.sampled_from(mains)) if mains else None
        found.append(Entry(id_, parent, draw(st.integers(0, 5)), draw(st.integers(0, 1))))
    return found


@given(agendas(), st.sampled_from(["", "N"]), st.data())
def test_numbers_have_no_gaps_whatever_is_moved(entries: list[Entry], letter: str, data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from([entry.id for entry in entries]))
    entries = moved(entries, wanted, data.draw(st.integers(-4, 4)))
    places = placed(entries)
    printed = numbers(places, letter)
    mains = [printed[place.id] for place in places if place.depth == 0]
    first = [number for number in mains if not number.startswith("N")]
    second = [number.removeprefix("N") for number in mains if number.startswith("N")]

    assert len(set(printed.values())) == len(entries)
    assert first == [str(place + 1) for place in range(len(first))]
    assert second == [str(place + 1) for place in range(len(second))]
    assert [place.section for place in places] == sorted(place.section for place in places)


def number_of(demo: Demo, title: str) -> str:
    with demo.session() as session:
        return session.exec(select(AgendaItem.number).where(col(AgendaItem.title) == title)).one() or ""


def hide(work: Work, hidden: HiddenPart, numbering: PartNumbering) -> None:
    """Let the body's rules say so."""
    meeting = work.session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
    rules = work.session.exec(select(BodyRules).where(col(BodyRules.body_id) == meeting.body_id)).one()
    rules.hidden_part, rules.part_numbering = hidden, numbering
    work.session.add(rules)
    work.record("body.rules", meeting)


def add_secret(demo: Demo, hidden: HiddenPart, numbering: PartNumbering = PartNumbering.THROUGH) -> str:
    demo.perform(OFFICE, hide, hidden, numbering)
    draft = ItemDraft(SECRET, ItemKind.DECISION, 10, text=SECRET_TEXT, part=ItemPart.NON_PUBLIC)
    demo.perform(OFFICE, drafting.add_item, "LG-09", draft)
    return number_of(demo, SECRET)


@on_sqlite
def test_the_non_public_part_is_for_the_body_alone(demo: Demo) -> None:
    number = add_secret(demo, HiddenPart.HEADINGS)
    assert number == "11"

    with demo.session() as session:
        item = item_by_number(session, "LG-09", number)
        indexed = next(iter(search.documents(session, ["LG-09"])))
        assert item is not None
        for person in (CHAIR, OFFICE, MEMBER, ADVISOR, PLANNER):
            assert may_read_meeting(demo.actor(person), item), person
        for person in (GUEST, OUTSIDER):
            assert not may_read_meeting(demo.actor(person), item), person
    assert SECRET not in indexed.body

    heading = demo.client(GUEST).get(MEETING).text
    assert SECRET in heading
    assert "B. Nicht öffentlicher Teil" in heading
    assert f"/top/{number}" not in heading
    assert demo.client(GUEST).get(f"{MEETING}/top/{number}").status_code == 404
    assert SECRET not in demo.client(GUEST).get(f"{MEETING}/top/10").text
    assert SECRET_TEXT in demo.client(MEMBER).get(f"{MEETING}/top/{number}").text


@on_sqlite
def test_a_body_may_hide_even_the_headings_and_count_anew(demo: Demo) -> None:
    number = add_secret(demo, HiddenPart.NOTHING, PartNumbering.RESTART)
    assert number == "N1"
    assert SECRET not in demo.client(GUEST).get(MEETING).text
    assert SECRET in demo.client(MEMBER).get(MEETING).text

    invite(demo)
    for title, after, part in (("Zweite", "", ItemPart.NON_PUBLIC), ("Dazu", "N1", ItemPart.PUBLIC)):
        demo.perform(OFFICE, drafting.add_item, "LG-09", ItemDraft(title, ItemKind.REPORT, part=part), after)
    assert [number_of(demo, title) for title in (SECRET, "Zweite", "Dazu")] == ["N1", "N2", "N1a"]
    assert "Dazu" not in demo.client(GUEST).get(MEETING).text


@given(st.lists(st.tuples(st.sampled_from(["", "1", "2", "3", "2a"]), st.booleans()), max_size=30))
def test_supplements_never_take_a_number_that_was_given(added: list[tuple[str, bool]]) -> None:
    given_numbers = ["1", "2", "2a", "3", "N1"]
    for after, secret in added:
        letter = "N" if secret else ""
        own = [number.removeprefix(letter) for number in given_numbers if number.startswith(letter)]
        new = supplement_number(after, given_numbers) if after else letter + next_number(own)
        assert new not in given_numbers
        given_numbers.append(new)


@on_sqlite
def test_two_clerks_who_write_at_one_item_both_keep_their_text(demo: Demo) -> None:
    form = {"title": "Priorisierung", "kind": "vote", "minutes": "25", "part": "public", "version": "1"}
    address = f"{MEETING}/top/6/bearbeiten"
    assert post(demo.client(OFFICE), address, {**form, "text": "Fassung der Geschäftsstelle"}).status_code == 303

    refused = post(demo.client(CHAIR), address, {**form, "text": "Fassung des Vorsitzes"})

    assert refused.status_code == 409
    assert "Fassung der Geschäftsstelle" in refused.text
    assert "Fassung des Vorsitzes" in refused.text


@on_sqlite
def test_an_item_goes_several_places_at_once_and_no_further_than_its_part(demo: Demo) -> None:
    number = add_secret(demo, HiddenPart.HEADINGS)
    agenda = f"{MEETING}/tagesordnung/bearbeiten"

    def move(item: str, way: str, steps: str) -> None:
        answer = post(
            demo.client(OFFICE),
            f"{MEETING}/top/{item}/verschieben",
            {"richtung": way, "schritte": steps},
            at=agenda,
        )
        assert answer.status_code == 303

    move("6", "hoch", "4")
    assert number_of(demo, "Priorisierung der Themen für 2027") == "2"
    move("2", "runter", "99")
    assert number_of(demo, "Priorisierung der Themen für 2027") == "10"
    move(number, "hoch", "5")
    assert number_of(demo, SECRET) == "11"
