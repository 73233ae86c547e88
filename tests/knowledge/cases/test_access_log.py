"""Who opened a case is written down without a word of it, shown to two roles, and forgotten after a year (DP-15)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from knowledge.cases.actions import forget_accesses
from knowledge.cases.models import Case, CaseAccessEntry
from tests.support.demo import Demo
from tests.support.time import NOW


def entries(demo: Demo) -> int:
    with demo.session() as session:
        return session.exec(select(func.count(col(CaseAccessEntry.id)))).one()


def test_opening_a_case_is_written_down_once_a_visit(demo: Demo) -> None:
    client = demo.client("p-albers")
    client.get("/faelle/ahorn")
    client.get("/faelle/ahorn")
    assert entries(demo) == 1
    client.get("/faelle/birke")
    demo.client("p-terhorst").get("/faelle/ahorn")
    assert entries(demo) == 3
    page = client.get("/faelle/ahorn/zugriffe").get_data(as_text=True)
    assert "Lars Terhorst" in page
    assert "sechs Wochen ohne Geld" not in page
    everything = client.get("/faelle/zugriffe").get_data(as_text=True)
    assert everything.index("/faelle/ahorn/zugriffe") < everything.index("/faelle/erle/zugriffe")


def test_a_case_that_was_not_shown_was_not_opened(demo: Demo) -> None:
    assert demo.client("p-brandes").get("/faelle/birke").status_code == 404
    assert entries(demo) == 0


@pytest.mark.parametrize(("person", "status"), [("p-albers", 200), ("p-terhorst", 404), ("p-brandes", 404)])
def test_the_log_is_for_coordination_and_data_protection(demo: Demo, person: str, status: int) -> None:
    client = demo.client(person)
    assert client.get("/faelle/ahorn/zugriffe").status_code == status
    assert client.get("/faelle/gibt-es-nicht/zugriffe").status_code == 404
    everything = client.get("/faelle/zugriffe")
    assert everything.status_code == (200 if status == 200 else 403)
    assert "Familie Ahorn" not in everything.get_data(as_text=True)


def test_entries_are_forgotten_after_a_year(demo: Demo) -> None:
    def write(work: Any) -> None:
        case = work.session.exec(select(Case).where(col(Case.key) == "ahorn")).one()
        for days in (1, 364, 366, 800):
            at = NOW - timedelta(days=days)
            work.session.add(CaseAccessEntry(case_id=case.id, person_id=work.actor.person_id, at=at))
        work.record("case.read", case)

    demo.perform("p-albers", write)
    forget_accesses(demo.app.extensions["lueckenlos"], NOW)
    assert entries(demo) == 2


def test_a_wrong_page_of_the_log_is_the_first_or_an_empty_one(demo: Demo) -> None:
    client = demo.client("p-albers")
    for typed in ("0", "-1", "x", "99999", "9" * 30):
        assert client.get(f"/faelle/ahorn/zugriffe?seite={typed}").status_code == 200
