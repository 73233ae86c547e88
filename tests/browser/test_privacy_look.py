"""While somebody writes about a case, what could point at a person is shown; one request at a time, in its body."""

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.support.chromium import PHONE, Visitor
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]
TEXT = "Rojda Xelîl kam 2024 nach Ostervelde."


def test_the_look_follows_the_text_without_touching_it(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, width=PHONE).sign_in("Svenja Albers").go("/faelle/neu")
    page = visitor.page
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/pruefung" in request.url else None)
    text = page.get_by_label("Sicht der Person")
    text.press_sequentially(TEXT)
    look = page.locator("#look")
    for passage in ("Rojda Xelîl", "2024", "Ostervelde"):
        expect(look.get_by_text(passage, exact=True)).to_be_visible()
    assert sum("Rojda" in (request.post_data or "") for request in asked) == 1, "not one for each letter"
    assert all("Rojda" not in request.url for request in asked)
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    expect(text).to_have_value(TEXT)
    expect(text).to_be_focused()
    text.fill("Eine Mutter kam im zweiten Jahr an.")
    expect(look).to_be_empty()
    visitor.leave()
