"""A ballot on a phone that loses its network: nothing is lost, the page says that it is not in, and then it is in."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.meetings.walk import MEETING, open_dots, run_with_everyone
from tests.support.chromium import PHONE, Visitor
from tests.support.demo import Demo
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]


def test_a_ballot_waits_for_the_network(demo: Demo, demo_url: str, chromium: Browser, tmp_path: Path) -> None:
    run_with_everyone(demo)
    with Server(demo_url, tmp_path / "server") as server:
        phone = Visitor(chromium, server.url, width=PHONE).sign_in("Mariama Diallo").go(MEETING)
        said = phone.page.locator("#meeting-now-said")
        expect(said).to_be_empty()
        poll_id = open_dots(demo)
        expect(said).to_contain_text("Abstimmung eröffnet: Priorisierung der Themen", timeout=15_000)
        phone.go(f"/abstimmungen/{poll_id}")
        choice = phone.page.get_by_role("spinbutton").first
        choice.fill("2")
        phone.page.reload()
        expect(phone.page.get_by_text("Ihre Eingaben von vorhin sind noch da")).to_be_visible()
        expect(choice).to_have_value("2")
        expect(phone.page.get_by_text("Noch 1 von 3 Punkten")).to_be_visible()

        phone.context.set_offline(True)
        phone.page.get_by_role("button", name="Stimme abgeben").click()
        expect(phone.page.get_by_role("alert").filter(has_text="noch nicht abgegeben")).to_be_visible()
        phone.context.set_offline(False)
        expect(phone.page.get_by_text("Ihre Stimme für Stadt Brückfeld ist abgegeben")).to_be_visible(timeout=15_000)
        phone.page.wait_for_function("!Object.keys(sessionStorage).some((name) => name.startsWith('ballot:'))")
