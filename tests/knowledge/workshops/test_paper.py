"""Paper: cards with nothing on them, a list to sign for those who lead, a wall timeline for who may read the case."""

import pytest
from sqlmodel import col, func, select

from app.core.records import AuditEntry
from tests.knowledge.workshops.planned import planned
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(("asked", "sheets"), [("", 3), ("?blaetter=1", 1), ("?blaetter=9999", 20), ("?blaetter=x", 3)])
def test_eight_cards_are_on_a_sheet(demo: Demo, asked: str, sheets: int) -> None:
    page = demo.client("p-brandes").get(f"/workshops/W-2026-1/papier/karten{asked}").get_data(as_text=True)
    assert page.count('class="ll-paper-card"') == 8 * sheets
    assert "Ahorn" not in page


def test_the_list_to_sign_names_who_is_expected_and_no_case(demo: Demo) -> None:
    key = planned(demo)
    page = demo.client("p-albers").get(f"/workshops/{key}/papier/anwesenheit").get_data(as_text=True)
    assert "Holger Brandes" in page
    assert "Mit meiner Unterschrift erkläre ich" in page
    assert "Erle" not in page
    assert demo.client("p-brandes").get(f"/workshops/{key}/papier/anwesenheit").status_code == 404


def test_the_wall_timeline_is_for_readers_of_the_case_and_is_noted(demo: Demo) -> None:
    assert "A5" in demo.client("p-albers").get("/faelle/ahorn/zeitstrahl-papier").get_data(as_text=True)
    for person in ("p-brandes", "p-steffens", "p-oezer"):
        assert demo.client(person).get("/faelle/ahorn/zeitstrahl-papier").status_code == 404
    with demo.session() as session:
        read = select(func.count()).where(col(AuditEntry.action) == "case.read", col(AuditEntry.object_key) == "ahorn")
        assert session.scalar(read) == 1
