"""Two clerks write one block, one of them without a network for a while: both texts survive, one button joins them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import Visitor
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]
PAGE = "/sitzungen/LG-09/niederschrift/top/3"
FIELD = "Beratung und Ergebnis"


def test_one_without_a_network_and_one_with_lose_nothing(demo_url: str, chromium: Browser, tmp_path: Path) -> None:
    with Server(demo_url, tmp_path / "server") as server:
        first = Visitor(chromium, server.url).sign_in("Deniz Kaya-Brandt").go(PAGE).page
        second = Visitor(chromium, server.url).sign_in("Svenja Albers").go(PAGE).page
        second.context.set_offline(True)
        second.get_by_label(FIELD).fill("Svenja, unterwegs.")
        expect(second.get_by_text("Keine Verbindung.")).to_be_visible()
        first.get_by_label(FIELD).fill("Deniz, im Büro.")
        expect(first.get_by_text("Gespeichert um")).to_be_visible()

        second.context.set_offline(False)
        join = second.get_by_role("button", name="Beide Texte zusammenführen")
        expect(join).to_be_visible(timeout=10_000)
        expect(second.get_by_label(FIELD)).to_have_value("Svenja, unterwegs.")
        join.click()
        expect(second.get_by_label(FIELD)).to_have_value("Deniz, im Büro.\n\nSvenja, unterwegs.")
        expect(second.get_by_text("Gespeichert um")).to_be_visible()
        first.reload()
        expect(first.get_by_label(FIELD)).to_have_value("Deniz, im Büro.\n\nSvenja, unterwegs.")
