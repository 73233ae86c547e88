"""The page of a thread."""

import pytest
from sqlmodel import col, select

from knowledge.cases.models import Case
from knowledge.gaps.models import Gap
from meetings.decisions.models import Decision
from tests.knowledge.gaps.rows import a_case, a_giver, support
from tests.support.demo import Demo


def gap_id(demo: Demo, key: str) -> int:
    with demo.session() as session:
        return session.exec(select(Gap.id).where(col(Gap.key) == key)).one() or 0


def test_a_thread_can_be_read_in_both_directions(demo: Demo) -> None:
    page = demo.client("p-albers").get(f"/faden/gap/{gap_id(demo, 'F-2026-01')}").get_data(as_text=True)
    assert "Woher?" in page
    assert "Wohin?" in page
    assert "Sie sind hier" in page
    assert "/themen/T-01" in page


@pytest.mark.parametrize(("person", "status"), [("p-albers", 200), ("p-brandes", 404), ("p-fricke", 404)])
def test_a_thread_starts_only_where_the_reader_may_stand(demo: Demo, person: str, status: int) -> None:
    assert demo.client(person).get(f"/faden/gap/{gap_id(demo, 'F-2026-11')}").status_code == status


@pytest.mark.parametrize(("person", "status"), [("p-terhorst", 200), ("p-albers", 200), ("p-brandes", 404)])
def test_a_case_is_a_start_for_its_readers_alone(demo: Demo, person: str, status: int) -> None:
    with demo.session() as session:
        case_id = session.exec(select(Case.id).where(col(Case.key) == "ahorn")).one()
    assert demo.client(person).get(f"/faden/case/{case_id}").status_code == status


def test_what_is_no_kind_or_no_thing_has_no_thread(demo: Demo) -> None:
    client = demo.client("p-albers")
    assert client.get("/faden/nonsense/1").status_code == 404
    assert client.get("/faden/gap/999999").status_code == 404


def decision_id(demo: Demo, key: str) -> int:
    with demo.session() as session:
        return session.exec(select(Decision.id).where(col(Decision.key) == key)).one() or 0


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_the_page_of_a_decision_says_which_cases_led_to_it_and_what_came_of_it(demo: Demo) -> None:
    address = f"/faden/decision/{decision_id(demo, 'D-08-3')}"
    mine = demo.client("p-albers").get(address).get_data(as_text=True)
    assert "Welche Fälle haben zu diesem Beschluss geführt, und was ist daraus geworden?" in mine
    assert "Belegt durch 3 Fallrekonstruktionen aus 3 Stellen." in mine
    assert 'href="#wohin-measure"' in mine
    assert 'id="wohin-measure"' in mine


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("person", ["p-brandes", "p-ebert", "p-wieland"])
def test_outside_the_coordination_no_case_shows_and_no_number_of_them_can_be_computed(demo: Demo, person: str) -> None:
    theirs = demo.client(person).get(f"/faden/decision/{decision_id(demo, 'D-08-3')}").get_data(as_text=True)
    assert "Belegt durch mindestens 3 Fallrekonstruktionen." in theirs
    assert "Fall Ahorn" not in theirs
    assert "Befund" not in theirs


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_what_is_hidden_leaves_no_mark_in_the_picture(demo: Demo) -> None:
    """Two threads that differ in hidden nodes only look the same: here, with and without ten more findings."""
    address = f"/faden/gap/{gap_id(demo, 'F-2026-01')}"
    before = picture(demo, address)
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        gap = session.exec(select(Gap).where(col(Gap.key) == "F-2026-01")).one()
        giver = a_giver(session)
        for _ in range(10):
            support(session, gap, a_case(session, giver))
        session.commit()
    assert picture(demo, address) == before


def picture(demo: Demo, address: str) -> str:
    html = demo.client("p-ebert").get(address).get_data(as_text=True)
    return html[html.index('<figure class="ll-faden"') : html.index("</figure>")]
