"""Every page as people see it: axe-core finds nothing, wide and at 360 px, and nothing scrolls sideways."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import DESKTOP, PHONE, Visitor
from tests.support.crawl import addresses
from tests.support.demo import Demo
from tests.support.server import Server

pytestmark = pytest.mark.browser

PEOPLE = {"p-albers": "Svenja Albers", "p-diallo": "Mariama Diallo"}
NOT_PAGES = ("/live/", "/healthz", "/readyz", ".docx", ".pdf", "/stand")


def pages_of(demo: Demo, person: str, half: int) -> Iterator[str]:
    """Every second of the addresses that answer this person with a page."""
    client = demo.client(person)
    for address in sorted(set(addresses(demo, "GET").values()))[half::2]:
        if any(part in address for part in NOT_PAGES):
            continue
        answer = client.get(address)
        if answer.status_code == 200 and answer.data.lstrip().startswith(b"<!doctype html>"):
            yield address


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("person", "widths", "half"),
    [
        ("p-albers", [DESKTOP, PHONE], 0),
        ("p-albers", [DESKTOP, PHONE], 1),
        ("p-diallo", [PHONE], 0),
        ("p-diallo", [PHONE], 1),
    ],
    ids=["office-1", "office-2", "member-1", "member-2"],
)
def test_no_page_has_a_barrier(
    demo: Demo, server: Server, chromium: Browser, person: str, widths: list[dict[str, int]], half: int
) -> None:
    visitor = Visitor(chromium, server.url, width=widths[0]).sign_in(PEOPLE[person])
    problems: dict[str, list[str]] = {}
    for address in [*pages_of(demo, person, half), "/gibt-es-nicht"]:
        visitor.look_at(widths[0]).go(address)
        for width in widths:
            visitor.look_at(width)
            found = visitor.violations() + (["scrolls sideways"] if visitor.scrolls_sideways() else [])
            if found:
                problems[f"{address} at {width['width']} px"] = found
    visitor.leave()
    assert problems == {}
    assert visitor.foreign == []


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_sign_in_page_has_no_barrier(server: Server, chromium: Browser, width: dict[str, int]) -> None:
    visitor = Visitor(chromium, server.url, width=width).go("/anmelden")
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    visitor.leave()
