"""Target agreements bind each organisation from its own consent, and nobody consents for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from meetings.agreements.models import Measure
from meetings.agreements.rules import ANSWERS, PENDING, answer_problem, count_consents
from tests.support.demo import Demo, post

PAGE = "/vereinbarungen/ZV-2026-01"


@given(st.lists(st.sampled_from([*ANSWERS, PENDING])))
def test_every_answer_is_counted_once(states: list[str]) -> None:
    count = count_consents(states)
    assert count.total == len(states)
    assert count.is_complete == all(state in ("given", "given_with_reservation") for state in states)


@pytest.mark.parametrize(
    ("answer", "reservation", "is_problem"),
    [
        ("given", "", False),
        ("given", "aber nur, wenn …", True),
        ("given_with_reservation", "", True),
        ("given_with_reservation", "vorbehaltlich M1", False),
        ("refused", "", False),
        ("pending", "", True),
    ],
)
def test_a_reservation_is_written_down(answer: str, reservation: str, is_problem: bool) -> None:
    assert (answer_problem(answer, reservation) is not None) == is_problem


@pytest.mark.parametrize(
    ("person", "status"),
    [("p-albers", 200), ("p-pohl", 200), ("p-lohmann", 200), ("p-wieland", 200), ("p-fricke", 404)],
)
def test_bodies_and_obligated_organisations_read_it(demo: Demo, person: str, status: int) -> None:
    assert demo.client(person).get(PAGE).status_code == status


def test_the_page_counts_consents(demo: Demo) -> None:
    page = demo.client("p-albers").get(PAGE).get_data(as_text=True)
    assert "7 von 11 Organisationen haben zugestimmt" in page
    assert "vorbehaltlich des Ergebnisses der rechtlichen Prüfung (M1)" in page


def test_an_organisation_consents_for_itself(demo: Demo) -> None:
    client = demo.client("p-hartung")
    answer = post(client, f"{PAGE}/zustimmung", {"answer": "given", "reservation": ""}, at=PAGE)
    assert answer.status_code == 303
    assert "8 von 11 Organisationen haben zugestimmt" in client.get(PAGE).get_data(as_text=True)


def test_a_consent_with_reservation_needs_its_words_and_keeps_what_was_typed(demo: Demo) -> None:
    client = demo.client("p-hartung")
    empty = post(client, f"{PAGE}/zustimmung", {"answer": "given_with_reservation", "reservation": " "}, at=PAGE)
    assert empty.status_code == 422
    both = post(client, f"{PAGE}/zustimmung", {"answer": "given", "reservation": "nur mit Mitteln"}, at=PAGE)
    assert both.status_code == 422
    assert "nur mit Mitteln" in both.get_data(as_text=True)


@pytest.mark.parametrize("person", ["p-marx", "p-rehm"])
def test_who_is_not_obligated_cannot_answer(demo: Demo, person: str) -> None:
    client = demo.client(person)
    answer = post(client, f"{PAGE}/zustimmung", {"answer": "given", "reservation": ""}, at="/")
    assert answer.status_code == 403


def test_a_deputy_votes_but_does_not_bind(demo: Demo) -> None:
    client = demo.client("p-vogt")
    assert "Antwort Ihrer Organisation" not in client.get(PAGE).get_data(as_text=True)
    assert post(client, f"{PAGE}/zustimmung", {"answer": "refused", "reservation": ""}, at="/").status_code == 403


def test_the_number_of_statements_is_fixed(demo: Demo) -> None:
    before = demo.statements("p-albers", PAGE)
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        first = session.exec(select(Measure)).first()
        assert first is not None
        for number in range(20):
            values = first.model_dump(exclude={"id", "key"})
            session.add(Measure(**values, key=f"N{number}"))
        session.commit()
    assert demo.statements("p-albers", PAGE) == before
