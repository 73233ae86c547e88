"""A person without an account reports a gap in a real browser: with JavaScript, and without it on a phone."""

import pytest
from playwright.sync_api import Browser, expect

from knowledge.reports import robots
from tests.support.chromium import PHONE, Visitor
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]
TEXT = "Nach der Anerkennung endet die alte Leistung sofort, die neue kommt Wochen später. Frau Yilmaz sagt das auch."
BUS = "Der Bus fährt nach dem Kurs nicht mehr."
SLOWLY = robots.SHORTEST_TIME.total_seconds() * 1000 + 500
"""Milliseconds that a person types; whoever is faster than that is taken for a program."""


def test_the_browser_works_the_check_marks_and_the_link_leads_to_the_report(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url).go("/melden")
    page = visitor.page
    assert visitor.violations() == []
    expect(page.locator("form[data-proved]")).to_have_count(1)
    stamp, number = page.locator("input[name=once]").first, page.locator("input[name=proof]")
    assert robots.proof_holds(stamp.input_value(), number.input_value())
    text = page.get_by_label("Was passiert immer wieder, und warum?")
    text.press_sequentially(TEXT, delay=SLOWLY / len(TEXT))
    expect(page.locator("#look").get_by_text("Frau Yilmaz")).to_be_visible()
    page.get_by_label("etwa jeden Monat").check()
    page.get_by_role("button", name="Meldung senden").click()
    expect(page.get_by_text("Eine Stelle könnte jemanden verraten").first).to_be_visible()
    assert visitor.violations() == []
    expect(text).to_have_value(TEXT)
    text.fill(TEXT.replace("Frau Yilmaz sagt", "Viele sagen"))
    page.get_by_role("button", name="Meldung senden").click()
    expect(page.get_by_role("heading", name="Danke, Ihre Meldung ist da")).to_be_visible()
    page.get_by_role("link", name="Seite der Meldung öffnen").click()
    expect(page.get_by_text("Noch hat sie niemand gelesen.")).to_be_visible()
    assert visitor.violations() == []
    assert visitor.foreign == []
    visitor.leave()


def test_without_javascript_a_question_is_answered_or_the_report_waits(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, javascript=False, width=PHONE).go("/melden")
    page = visitor.page
    page.get_by_label("Was passiert immer wieder, und warum?").press_sequentially(BUS, delay=SLOWLY / len(BUS))
    page.get_by_label("einmal", exact=True).check()
    expect(page.get_by_label("Dieses Feld bitte leer lassen")).not_to_be_in_viewport()
    page.get_by_role("button", name="Meldung senden").click()
    expect(page.get_by_text("Bitte beantworten Sie die Frage.").first).to_be_visible()
    page.get_by_role("button", name="Meldung senden").click()
    expect(page.get_by_role("heading", name="Danke, Ihre Meldung ist da")).to_be_visible()
    visitor.leave()
