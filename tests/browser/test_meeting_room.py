"""A meeting on three screens in real browsers: one leads, one takes part on a phone, one hangs on the wall."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.meetings.walk import MEETING, run
from tests.support.chromium import PHONE, Visitor
from tests.support.demo import Demo
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]


def test_one_leads_and_everybody_sees_it(demo: Demo, demo_url: str, chromium: Browser, tmp_path: Path) -> None:
    run(demo)
    with Server(demo_url, tmp_path / "server") as server:
        office = Visitor(chromium, server.url).sign_in("Svenja Albers").go(f"{MEETING}/leiten")
        phone = Visitor(chromium, server.url, width=PHONE).sign_in("Mariama Diallo").go(f"{MEETING}/dabei")
        wall = Visitor(chromium, server.url).sign_in("Svenja Albers").go(f"{MEETING}/beamer")
        screens = (office.page, phone.page, wall.page)

        office.page.get_by_label("Wortlaut").fill("Der Vorsitz begrüßt")
        office.page.get_by_role("button", name="Ersten Punkt aufrufen").click()
        for page in screens:
            expect(page.get_by_text("TOP 1", exact=True)).to_be_visible()
        expect(office.page.get_by_role("button", name="Punkt beenden")).to_be_visible()

        phone.page.get_by_role("button", name="Ich bin anwesend").click()
        expect(phone.page.get_by_text("Sie sind für Stadt Brückfeld anwesend")).to_be_visible()
        for page in screens:
            expect(page.get_by_text("1 von 16 Stimmberechtigten anwesend")).to_be_visible()

        phone.page.get_by_role("button", name="Zu Wort melden").click()
        office.page.get_by_role("button", name="hat das Wort (Mariama Diallo)").click()
        expect(phone.page.get_by_role("button", name="Rede beenden")).to_be_visible()
        expect(wall.page.locator("#room-speakers")).to_contain_text("Mariama Diallo")

        for number in ("2", "3"):
            office.page.get_by_role("button", name="Nächster Punkt", exact=True).click()
            expect(wall.page.get_by_text(f"TOP {number}", exact=True)).to_be_visible()
        expect(office.page.get_by_label("Wortlaut")).to_have_value("Der Vorsitz begrüßt")

        phone.context.set_offline(True)
        office.page.get_by_role("button", name="Nächster Punkt", exact=True).click()
        expect(wall.page.get_by_text("TOP 4", exact=True)).to_be_visible()
        phone.context.set_offline(False)
        expect(phone.page.get_by_text("TOP 4", exact=True)).to_be_visible(timeout=15_000)

        for screen in (office, phone, wall):
            assert screen.foreign == []
            assert [each for each in screen.complaints if "ERR_INTERNET_DISCONNECTED" not in each] == []
