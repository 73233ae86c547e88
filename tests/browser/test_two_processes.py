"""On PostgreSQL several server processes serve one county: what happens at one is seen at the other within a second."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from meetings.agenda import actions as agenda
from meetings.room import actions as room
from tests.browser.test_the_thread import WITHIN_A_SECOND, cast, open_the_poll
from tests.support.chromium import Visitor
from tests.support.demo import Demo
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.postgres]


@pytest.mark.parametrize("demo_url", ["postgresql"], indirect=True)
def test_a_ballot_cast_at_one_process_is_counted_on_the_page_of_the_other(
    demo: Demo, demo_url: str, chromium: Browser, tmp_path: Path
) -> None:
    hold_the_meeting(demo)
    with Server(demo_url, tmp_path / "one") as one, Server(demo_url, tmp_path / "two") as two:
        office = Visitor(chromium, one.url).sign_in("Svenja Albers")
        poll = open_the_poll(office)
        office.go(poll)
        expect(office.page.get_by_text("0 von 16").first).to_be_visible()
        voter = Visitor(chromium, two.url).sign_in("Mariama Diallo")
        cast(voter, poll, {"T-03": 2})
        expect(office.page.get_by_text("1 von 16").first).to_be_visible(timeout=WITHIN_A_SECOND)
        office.leave()
        voter.leave()


def hold_the_meeting(demo: Demo) -> None:
    """Bring the meeting to the point where polls can be opened, by the same actions as the buttons."""
    for target in ("scheduled", "invited", "running"):
        demo.perform("p-albers", agenda.move_meeting, "LG-09", target, None)
    demo.perform("p-albers", room.record_everyone, "LG-09")
