"""Pictures as people use them: by keyboard, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import PHONE, Visitor
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]


def test_a_field_of_the_map_is_reached_and_opened_by_keyboard(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url).sign_in("Svenja Albers").go("/bilder/luecken")
    visitor.page.get_by_role("region", name=re.compile("Landkarte der Lücken")).focus()
    field = visitor.page.get_by_role("link", name=re.compile("^2 Fehlstellen: Gesundheit")).first
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if field.evaluate("element => element === document.activeElement"):
            break
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/fehlstellen?**")
    expect(visitor.page.get_by_role("heading", level=2, name="2 Fehlstellen")).to_be_visible()
    visitor.leave()


def test_the_choice_works_without_scripts(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, javascript=False).sign_in("Svenja Albers").go("/bilder/weg")
    visitor.page.get_by_text("Bild eingrenzen", exact=True).first.click()
    visitor.page.get_by_label("Lebensbereich").select_option(label="Gesundheit")
    visitor.page.get_by_role("button", name="Filtern").click()
    expect(visitor.page.get_by_role("link", name=re.compile("Lebensbereich: Gesundheit"))).to_be_visible()
    visitor.leave()


def test_on_a_phone_the_list_of_a_thread_comes_before_its_picture(server: Server, chromium: Browser) -> None:
    visitor = Visitor(chromium, server.url, width=PHONE).sign_in("Svenja Albers").go("/faden/gap/1")
    before = visitor.page.get_by_role("heading", name="Wohin?").bounding_box()
    picture = visitor.page.get_by_role("region", name=re.compile("Bild, seitlich verschiebbar")).bounding_box()
    assert before is not None
    assert picture is not None
    assert before["y"] < picture["y"]
    assert not visitor.scrolls_sideways()
    visitor.leave()
