"""Planning a workshop in a real browser, by keyboard and without JavaScript; its pages on a screen and on a phone."""

import pytest
from playwright.sync_api import Browser, expect

from tests.knowledge.workshops.planned import free_cases, planned
from tests.support.chromium import PHONE, Visitor
from tests.support.demo import Demo
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]


@pytest.fixture(autouse=True)
def open_cases(demo: Demo) -> None:
    """Three cases are free before the server starts."""
    free_cases(demo)


def test_a_workshop_is_planned_and_invited_to_without_javascript(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, javascript=False).sign_in("Svenja Albers").go("/workshops/neu")
    page = visitor.page
    page.get_by_label("Titel").fill("Fallrekonstruktion im Mai")
    page.get_by_label("Tag").fill("2027-05-11")
    page.get_by_label("Beginn").fill("09:00")
    page.get_by_label("Ende", exact=True).fill("08:00")
    page.get_by_role("checkbox", name="Ehepaar Weide").check()
    page.get_by_role("checkbox", name="Jobcenter Kreis Sonderau").check()
    page.get_by_role("checkbox", name="Caritasverband").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", name="Bitte prüfen Sie Ihre Angaben")).to_be_visible()
    expect(page.get_by_label("Titel")).to_have_value("Fallrekonstruktion im Mai")
    page.get_by_label("Ende", exact=True).fill("12:00")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", level=1, name="Wer an welchem Fall teilnimmt")).to_be_visible()
    expect(page.get_by_text("Die Einwilligung gilt nur im Kreis der Beratungsstellen.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Jobcenter Kreis Sonderau, Ehepaar Weide")).to_have_count(0)
    page.get_by_role("checkbox", name="Caritasverband").check()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="Jetzt verschicken").click()
    expect(page.get_by_text("Alle Eingeladenen kennen den jetzigen Stand.")).to_be_visible()
    visitor.leave()


def test_the_grid_is_ticked_by_keyboard(demo: Demo, server: Server, chromium: Browser) -> None:
    key = planned(demo)
    visitor = Visitor(chromium, server.url).sign_in("Svenja Albers").go(f"/workshops/{key}/teilnahme")
    box = visitor.page.get_by_role("checkbox", name="AWO Kreisverband Sonderau, Familie Erle")
    box.focus()
    visitor.page.keyboard.press("Space")
    expect(box).to_be_checked()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("heading", level=1, name="Fallrekonstruktion Frühjahr 2027")).to_be_visible()
    expect(visitor.page.get_by_role("cell", name="nimmt teil")).to_have_count(1)
    visitor.leave()


def test_pages_of_a_planned_workshop_have_no_barrier(demo: Demo, server: Server, chromium: Browser) -> None:
    key = planned(demo)
    problems: dict[str, list[str]] = {}
    visitor = Visitor(chromium, server.url, width=PHONE).sign_in("Svenja Albers")
    ends = ("", "/bearbeiten", "/teilnahme", "/absagen", "/papier/karten", "/papier/anwesenheit")
    for address in [*(f"/workshops/{key}{end}" for end in ends), "/fallvergleich", "/workshops"]:
        visitor.go(address)
        found = visitor.violations() + (["scrolls sideways"] if visitor.scrolls_sideways() else [])
        if found:
            problems[address] = found
    assert problems == {}
    assert (visitor.complaints, visitor.foreign) == ([], [])
    visitor.leave()
