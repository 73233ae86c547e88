"""Talking to each other in two browsers: what one writes appears at the other, and nobody loses what they type."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import PHONE, Visitor
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]
GAP = "/fehlstellen/F-2026-01"
WITHIN_A_SECOND = 3_000.0


@pytest.fixture
def office(chromium: Browser, server: Server) -> Iterator[Visitor]:
    """The coordination's browser."""
    visitor = Visitor(chromium, server.url).sign_in("Svenja Albers")
    yield visitor
    visitor.leave()


@pytest.fixture
def clerk(chromium: Browser, server: Server) -> Iterator[Visitor]:
    """The Jobcenter's browser."""
    visitor = Visitor(chromium, server.url).sign_in("Holger Brandes")
    yield visitor
    visitor.leave()


def test_a_comment_appears_in_the_other_browser_and_leaves_what_is_typed_there_alone(
    office: Visitor, clerk: Visitor
) -> None:
    clerk.go(GAP)
    office.go(GAP)
    clerk.page.get_by_label("Ihr Kommentar").fill("Ich schreibe noch")
    office.page.get_by_label("Ihr Kommentar").fill("Gilt das auch in Brückfeld?")
    office.page.get_by_role("button", name="Kommentieren").click()
    expect(office.page.get_by_text("Gilt das auch in Brückfeld?")).to_be_visible()
    expect(clerk.page.get_by_text("Gilt das auch in Brückfeld?")).to_be_visible(timeout=WITHIN_A_SECOND)
    expect(clerk.page.get_by_label("Ihr Kommentar")).to_have_value("Ich schreibe noch")
    expect(clerk.page.get_by_text("1 neuer Kommentar")).to_be_visible()
    expect(office.page.get_by_label("Ihr Kommentar")).to_have_value("")
    assert office.complaints + clerk.complaints == []


def test_names_are_offered_while_one_types_and_chosen_by_keyboard(office: Visitor) -> None:
    office.go(GAP)
    box = office.page.get_by_label("Ihr Kommentar")
    box.press_sequentially("Bitte @Hol")
    expect(office.page.get_by_role("option", name=re.compile("Holger Brandes"))).to_be_visible()
    assert office.violations() == []
    box.press("Enter")
    expect(box).to_have_value("Bitte @Holger Brandes ")
    expect(office.page.get_by_role("option")).to_have_count(0)
    box.press_sequentially("und @Xyz")
    expect(office.page.get_by_role("option")).to_have_count(0)


def test_after_a_name_was_taken_the_keys_belong_to_the_text_again(office: Visitor) -> None:
    office.page.clock.install()
    office.go(GAP)
    box, asked = office.page.get_by_label("Ihr Kommentar"), list[str]()
    office.page.on("request", lambda request: asked.append(request.url))
    box.press_sequentially("Bitte @Hol")
    office.page.get_by_role("option", name=re.compile("Holger Brandes")).wait_for()
    box.press("Enter")
    office.page.clock.run_for(1_000)
    assert [address for address in asked if "q=Holger" in address] == []
    box.press("Enter")
    expect(box).to_have_value("Bitte @Holger Brandes \n")


def test_what_is_typed_outlives_a_reload_and_goes_once_it_is_saved(clerk: Visitor) -> None:
    clerk.go(GAP)
    box = clerk.page.get_by_label("Ihr Kommentar")
    box.fill("Ein langer Gedanke")
    clerk.go(GAP)
    expect(box).to_have_value("Ein langer Gedanke")
    expect(clerk.page.get_by_text("Ihr angefangener Text ist noch da.")).to_be_visible()
    clerk.page.get_by_role("button", name="Kommentieren").click()
    expect(clerk.page.get_by_role("article").get_by_text("Ein langer Gedanke")).to_be_visible()
    clerk.go(GAP)
    expect(box).to_have_value("")


def test_a_conversation_works_without_scripts(chromium: Browser, server: Server) -> None:
    visitor = Visitor(chromium, server.url, javascript=False, width=PHONE).sign_in("Holger Brandes")
    visitor.go(GAP)
    visitor.page.get_by_label("Ihr Kommentar").fill("Ohne Skripte, @Svenja Albers")
    visitor.page.get_by_role("button", name="Kommentieren").click()
    visitor.page.get_by_role("link", name="Antworten auf Holger Brandes").click()
    visitor.page.get_by_label("Ihr Kommentar").fill("Ich antworte mir.")
    visitor.page.get_by_role("button", name="Antworten").click()
    expect(visitor.page.get_by_text("Ich antworte mir.")).to_be_visible()
    assert not visitor.page.get_by_text("Nicht benachrichtigt").count()
    visitor.leave()


@pytest.mark.parametrize("width", [None, PHONE], ids=["wide", "phone"])
def test_pages_of_news_and_conversation_are_accessible(
    chromium: Browser, server: Server, width: dict[str, int] | None
) -> None:
    visitor = Visitor(chromium, server.url, **({"width": width} if width else {})).sign_in("Svenja Albers")
    visitor.go(GAP)
    visitor.page.get_by_label("Ihr Kommentar").fill("Für alle zu lesen.")
    visitor.page.get_by_role("button", name="Kommentieren").click()
    for address in (GAP, "/gespraech/gap/4", "/neues", "/beobachtet", "/benachrichtigungen", "/post"):
        visitor.go(address)
        assert visitor.violations() == [], address
        assert not visitor.scrolls_sideways(), address
    visitor.leave()
