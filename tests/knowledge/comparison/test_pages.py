"""The comparison as a page: what is in it for whom, its filters, and what it costs."""

import pytest

from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def text(demo: Demo, person: str, address: str = "/fallvergleich") -> str:
    """The page."""
    return demo.client(person).get(address).get_data(as_text=True)


def test_the_coordination_compares_all_cases(demo: Demo) -> None:
    page = text(demo, "p-albers")
    assert "7 Fälle" in page
    assert "1 Brücke, 2 Brüche" in page, "AsylbLG → SGB II, the sentence that a steering group needs"
    assert "Bruch" in page
    assert "F-2026-01" in page


@SQLITE
@pytest.mark.parametrize("axis", ["fehlstellen", "lebensbereiche", "rechtskreise", "unsinn"])
def test_columns_may_be_gaps_or_domains(demo: Demo, axis: str) -> None:
    page = text(demo, "p-albers", f"/fallvergleich?spalten={axis}")
    assert "7 Fälle" in page
    assert ("Wohnen" in page) == (axis == "lebensbereiche")


@SQLITE
def test_filters_narrow_and_stand_in_the_address(demo: Demo) -> None:
    page = text(demo, "p-albers", "/fallvergleich?spalten=rechtskreise&rechtskreis=asylblg")
    assert "Filter entfernen" in page
    assert "7 Fälle" not in page
    assert "Kein Fall passt auf alle Filter" in text(demo, "p-albers", "/fallvergleich?gruppe=niemand")
    assert "Art der Kommune" in page


@SQLITE
@pytest.mark.parametrize("person", ["p-brandes", "p-wieland", "p-oezer"])
def test_who_may_read_no_case_compares_none(demo: Demo, person: str) -> None:
    page = text(demo, person)
    assert "Für Sie gibt es nichts zu vergleichen" in page
    assert "Ahorn" not in page
    assert "Brücke" not in page.replace("Brückfeld", "")


@SQLITE
def test_a_case_giver_compares_the_own_cases_and_small_numbers_are_not_told(demo: Demo) -> None:
    page = text(demo, "p-terhorst")
    assert "Familie Ahorn" in page
    assert "weniger als 3" in page
    assert "Art der Kommune" not in page
    assert "Birke" not in page
    assert text(demo, "p-terhorst", "/fallvergleich?kommunentyp=community").count("fall-") == page.count("fall-")


@SQLITE
def test_it_costs_the_same_whatever_is_compared(demo: Demo) -> None:
    one = demo.statements("p-terhorst", "/fallvergleich")
    assert demo.statements("p-albers", "/fallvergleich") <= one + 1
    assert demo.statements("p-albers", "/fallvergleich?gruppe=recognised") == demo.statements(
        "p-albers", "/fallvergleich"
    )
