"""The search by keyboard in a real browser: the shortcut, the suggestions, and the same without scripts."""

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import PHONE, Visitor
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]


def test_the_search_is_reached_and_used_by_keyboard_alone(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url).sign_in("Simone Vogt").go("/sitzungen")
    page = visitor.page
    page.keyboard.press("Alt+s")
    field = page.get_by_role("combobox", name="Wonach suchen Sie?")
    expect(field).to_be_focused()
    page.keyboard.type("kin")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator("#announcement")).to_have_text("5 Vorschläge")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Kinderbetreuung")
    assert visitor.violations() == []
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("kin")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Treffer")).to_be_visible()
    expect(field).to_have_value("Kinderbetreuung")
    page.keyboard.press("Alt+s")
    expect(field).to_be_focused()
    assert (visitor.complaints, visitor.foreign) == ([], [])
    visitor.leave()


def test_enter_without_a_choice_searches_for_what_was_typed(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, width=PHONE).sign_in("Simone Vogt").go("/suche")
    visitor.page.get_by_role("combobox").fill("Wartezeit")
    expect(visitor.page.get_by_role("option").first).to_be_visible()
    assert not visitor.scrolls_sideways()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("heading", name="Treffer")).to_be_visible()
    assert "q=Wartezeit" in visitor.page.url
    visitor.leave()


def test_without_scripts_the_search_is_a_plain_form(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, javascript=False).sign_in("Simone Vogt").go("/suche")
    visitor.page.get_by_role("searchbox", name="Wonach suchen Sie?").fill("Sprachkurs")
    visitor.page.get_by_role("button", name="Suchen").click()
    expect(visitor.page.get_by_role("heading", name="Treffer")).to_be_visible()
    visitor.page.get_by_role("link", name="Lösung").first.click()
    expect(visitor.page.get_by_role("link", name="Filter entfernen: Art: Lösung")).to_be_visible()
    visitor.page.get_by_role("link", name="Neueste zuerst").click()
    assert "sortierung=neu" in visitor.page.url
    visitor.leave()
