"""Workshops as pages: who knows of them, and who sees the grid of attendance."""

import pytest

from tests.support.demo import Demo


def test_the_grid_shows_what_the_consent_locks(demo: Demo) -> None:
    page = demo.client("p-albers").get("/workshops/W-2026-1").get_data(as_text=True)
    assert "Wer an welchem Fall teilnimmt" in page
    assert "gesperrt" in page
    assert "nimmt teil" in page


def test_an_invited_organisation_sees_the_workshop_without_the_grid(demo: Demo) -> None:
    page = demo.client("p-brandes").get("/workshops/W-2026-1").get_data(as_text=True)
    assert "Fallrekonstruktion Frühjahr 2026" in page
    assert "gesperrt" not in page
    assert "Birke" not in page


@pytest.mark.parametrize(
    ("person", "status"), [("p-albers", 200), ("p-brandes", 200), ("p-oezer", 404), ("p-pohl", 404)]
)
def test_who_is_not_invited_learns_nothing(demo: Demo, person: str, status: int) -> None:
    assert demo.client(person).get("/workshops/W-2026-1").status_code == status
