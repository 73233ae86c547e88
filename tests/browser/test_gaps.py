"""The form of a gap in a real browser: a folded list says what is ticked in it; a key stays in one line."""

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import PHONE, Visitor
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]


def test_a_folded_list_says_what_was_ticked_in_it(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, width=PHONE).sign_in("Svenja Albers").go("/fehlstellen/neu")
    line = visitor.page.get_by_text("Lebensbereich: nichts gewählt")
    line.click()
    visitor.page.get_by_role("checkbox", name="Existenzsicherung und Leistungen").check()
    expect(visitor.page.get_by_text("Lebensbereich: Existenzsicherung und Leistungen")).to_be_visible()
    visitor.page.get_by_role("checkbox", name="Existenzsicherung und Leistungen").uncheck()
    expect(line).to_be_visible()
    assert (visitor.complaints, visitor.foreign, visitor.scrolls_sideways()) == ([], [], False)
    visitor.go("/fehlstellen/F-2026-11/zusammenfuehren?ziel=F-2026-01")
    keys = visitor.page.get_by_role("heading", level=1).locator(".ll-key")
    assert [len(keys.nth(place).evaluate("each => [...each.getClientRects()]")) for place in (0, 1)] == [1, 1]
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    visitor.leave()
