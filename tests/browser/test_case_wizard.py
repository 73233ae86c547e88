"""Preparing a case in a real browser: with the keyboard alone, without JavaScript, on a phone, without barriers."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import PHONE, Visitor
from tests.support.demo import Demo
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]


def begin(page: Page) -> str:
    """Fill the frame in and go on; the key of the case."""
    page.get_by_label("Worum es geht, in wenigen Worten").fill("ein Kita-Platz, den es nicht gab")
    page.get_by_label("Erwachsene im Haushalt").select_option("1")
    page.get_by_label("Kinder im Haushalt").select_option("2")
    page.get_by_label("Ankerereignis").fill("Zuweisung in die Kommune")
    page.get_by_role("spinbutton", name="Zeitraum").fill("9")
    page.get_by_label("nein, sie ist abgeschlossen").check()
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Stationen:"))
    return page.url.split("/faelle/")[1].split("/")[0]


def add_station(page: Page, month: int, title: str) -> None:
    """One more station."""
    page.get_by_role("link", name="Station hinzufügen").or_(
        page.get_by_role("link", name="Erste Station")
    ).first.click()
    page.get_by_role("spinbutton", name="Monat nach dem Ankerereignis").fill(str(month))
    page.get_by_label("Was geschah?").fill(title)
    page.get_by_label("Rechtskreis", exact=True).select_option("kibiz")
    page.get_by_label("Lebensbereich").select_option("early_education")
    page.get_by_label("Bruch", exact=True).check()
    page.get_by_role("spinbutton", name="Tage ohne Leistung").fill("41")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_case_manager_prepares_a_case(demo: Demo, server: Server, chromium: Browser, javascript: bool) -> None:
    demo.index_now()
    visitor = Visitor(chromium, server.url, javascript=javascript).sign_in("Lars Terhorst").go("/faelle/neu")
    page = visitor.page
    key = begin(page)
    add_station(page, 3, "Absage der Kita")
    add_station(page, 3, "Anmeldung beim Jugendamt")

    up = page.get_by_role("button", name="nach oben")
    expect(up).to_have_count(1)
    up.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("list").get_by_role("heading", level=3).first).to_have_text("Anmeldung beim Jugendamt")
    page.get_by_role("button", name="Entfernen").first.click()
    expect(page.get_by_text("Die Station ist entfernt.")).to_be_visible()
    page.get_by_role("button", name="Rückgängig: Station zurückholen").click()
    expect(page.get_by_role("heading", name="Anmeldung beim Jugendamt")).to_be_visible()

    page.get_by_role("link", name="Weiter zu den Befunden").click()
    page.get_by_role("link", name=re.compile("^Befund hinzufügen zu")).first.click()
    page.get_by_label("Was zeigt die Station über das System?").fill("Unterlagen werden bei jeder Stelle neu verlangt.")
    if javascript:
        page.get_by_label("Im Katalog suchen").press_sequentially("F-2026-01")
    else:
        page.get_by_label("Im Katalog suchen").fill("F-2026-01")
        page.get_by_role("button", name="Fehlstellen suchen").click()
    page.get_by_label(re.compile("^F-2026-01")).check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("link", name=re.compile("Leistungslücke beim Wechsel"))).to_be_visible()

    visitor.go(f"/faelle/{key}/einwilligung")
    page.get_by_label("schriftlich").check()
    page.get_by_label("Monat der Einwilligung").fill("2026-09")
    page.get_by_label("ja", exact=True).check()
    page.get_by_label("Alle außer Behörden").check()
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_text("Das ist eine Prüfung, keine Anonymisierung")).to_be_visible()
    page.get_by_role("button", name="Zur Prüfung geben").click()
    expect(page.get_by_text("liegt zur Prüfung")).to_be_visible()
    assert visitor.foreign == []
    visitor.leave()


def test_the_wizard_has_no_barrier_on_a_phone(demo: Demo, server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, width=PHONE).sign_in("Svenja Albers").go("/faelle/neu")
    page = visitor.page
    problems = {"neu": visitor.violations()}
    key = begin(page)
    add_station(page, 3, "Absage der Kita, sagt Frau Yilmaz")
    for name in (
        "rahmen",
        "stationen",
        "stationen/neu",
        "befunde",
        "befunde/neu",
        "einwilligung",
        "pruefung",
        "zugriffe",
    ):
        visitor.go(f"/faelle/{key}/{name}")
        sideways = ["scrolls sideways"] if visitor.scrolls_sideways() else []
        problems[name] = visitor.violations() + sideways
    assert {name: found for name, found in problems.items() if found} == {}
    visitor.leave()
