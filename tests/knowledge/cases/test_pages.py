"""Cases as pages: who gets which, and what stands on them."""

import pytest

from tests.support.demo import Demo

ALL = {"ahorn", "birke", "eiche", "erle", "linde", "weide", "laerche"}


def listed(demo: Demo, person: str) -> set[str]:
    page = demo.client(person).get("/faelle").get_data(as_text=True)
    return {key for key in ALL if f'/faelle/{key}"' in page}


@pytest.mark.parametrize(
    ("person", "cases"),
    [
        ("p-albers", ALL),
        ("p-kaya", ALL),
        ("p-terhorst", {"ahorn"}),
        ("p-steffens", {"birke"}),
        ("p-brandes", set()),
        ("p-wieland", set()),
        ("p-ebert", set()),
    ],
)
def test_after_the_window_only_giver_and_coordination_read_cases(demo: Demo, person: str, cases: set[str]) -> None:
    assert listed(demo, person) >= cases
    if person not in {"p-albers", "p-kaya"}:
        assert listed(demo, person) == cases | given_by(person)


def given_by(person: str) -> set[str]:
    return {"p-steffens": {"birke"}, "p-terhorst": {"ahorn"}}.get(person, set())


def test_a_case_shows_its_timeline_as_picture_and_as_list(demo: Demo) -> None:
    page = demo.client("p-albers").get("/faelle/ahorn").get_data(as_text=True)
    assert "<svg" in page
    assert page.count('class="ll-station ') == 10
    assert "Ende der Leistungen nach dem AsylbLG" in page
    assert "Was geholfen hat:" in page


def test_a_finding_leads_to_the_gap_it_feeds(demo: Demo) -> None:
    page = demo.client("p-albers").get("/faelle/ahorn").get_data(as_text=True)
    assert 'href="/fehlstellen/F-2026-01"' in page
    assert "speist die Fehlstelle" in page


def test_the_municipality_is_for_the_coordination_alone(demo: Demo) -> None:
    assert "Stadt Brückfeld" in demo.client("p-albers").get("/faelle/ahorn").get_data(as_text=True)
    assert "Brückfeld" not in demo.client("p-terhorst").get("/faelle/ahorn").get_data(as_text=True)


@pytest.mark.parametrize("person", ["p-brandes", "p-oezer", "p-diallo", "p-wieland", "p-ebert", "p-marx"])
def test_a_case_of_others_does_not_exist(demo: Demo, person: str) -> None:
    assert demo.client(person).get("/faelle/birke").status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_cases(demo: Demo) -> None:
    assert demo.statements("p-albers", "/faelle") == demo.statements("p-terhorst", "/faelle")
    assert demo.statements("p-albers", "/faelle/ahorn") == demo.statements("p-albers", "/faelle/weide")
