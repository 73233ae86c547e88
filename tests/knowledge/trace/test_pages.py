"""The page of a thread."""

import pytest
from sqlmodel import col, select

from knowledge.cases.models import Case
from knowledge.gaps.models import Gap
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
