"""Coding a case text in a real browser: marking with the mouse, overlapping others, and by lists alone."""

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import select

from knowledge.coding.models import Passage
from tests.knowledge.coding.coded import CASE, category, coded, texts, uncoded
from tests.support.chromium import DESKTOP, PHONE, Visitor
from tests.support.demo import Demo
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)]


@pytest.fixture
def demo(demo: Demo) -> Demo:
    """The county before anybody coded."""
    return uncoded(demo)


PAGE = f"/faelle/{CASE}/auswertung"
SELECT = """([number, from, to]) => {
  const pieces = [...document.querySelectorAll(`#absatz-${number} [data-start]`)];
  const at = (place) => {
    for (const piece of pieces) {
      const letters = Array.from(piece.textContent), start = Number(piece.dataset.start);
      if (place <= start + letters.length) return [piece.firstChild, letters.slice(0, place - start).join("").length];
    }
  };
  const [first, last] = [at(from), at(to)];
  document.getSelection().setBaseAndExtent(first[0], first[1], last[0], last[1]);
}"""


def test_marking_fills_the_form_and_the_very_words_are_kept(demo: Demo, server: Server, chromium: Browser) -> None:
    made = category(demo)
    coded(demo, "p-terhorst", made, source=1, words=3)
    text = texts(demo)[1].text
    start, end = text.index(" ") + 1, len(" ".join(text.split()[:5]))
    visitor = Visitor(chromium, server.url).sign_in("Svenja Albers").go(PAGE)
    page = visitor.page
    expect(page.get_by_role("button", name="Auswahl zuordnen")).to_be_hidden()
    page.evaluate(SELECT, [2, start, end])
    page.get_by_role("button", name="Auswahl zuordnen").click()
    expect(page.get_by_text(f"Markiert: „{text[start:end]}“")).to_be_visible()
    page.get_by_label("Kategorie").select_option(str(made.id))
    page.get_by_role("button", name="Zuordnen", exact=True).click()
    expect(page.get_by_role("heading", name="Kodierungen 2")).to_be_visible()
    with demo.session() as session:
        passages = session.exec(select(Passage)).all()
    assert {text[start:end]} <= {passage.quote for passage in passages}
    assert (visitor.violations(), visitor.complaints, visitor.foreign) == ([], [], [])
    visitor.leave()


@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_have_no_barrier(demo: Demo, server: Server, chromium: Browser, width: dict[str, int]) -> None:
    made = category(demo)
    coded(demo, "p-terhorst", made, words=6)
    coded(demo, "p-kaya", made, words=9)
    coded(demo, "p-kaya", made, key="birke")
    visitor = Visitor(chromium, server.url, width=width).sign_in("Svenja Albers")
    problems = {}
    for address in (
        PAGE,
        f"{PAGE}/1",
        f"{PAGE}/uebereinstimmung",
        "/kategorien",
        f"/kategorien/{made.key}",
        f"/kategorien/{made.key}/bearbeiten",
        f"/kategorien/{made.key}/zusammenfuehren",
        f"/auswertung/export?fall={CASE}",
    ):
        visitor.go(address)
        found = visitor.violations() + (["scrolls sideways"] if visitor.scrolls_sideways() else [])
        if found:
            problems[address] = found
    visitor.leave()
    assert problems == {}


def test_everything_works_without_javascript(demo: Demo, server: Server, chromium: Browser) -> None:
    made = category(demo)
    visitor = Visitor(chromium, server.url, javascript=False).sign_in("Svenja Albers").go(PAGE)
    page = visitor.page
    page.get_by_label("Von").select_option(index=2)
    page.get_by_label("Kategorie").select_option(str(made.id))
    page.get_by_role("button", name="Zuordnen", exact=True).click()
    expect(page.get_by_role("heading", name="Kodierungen 1")).to_be_visible()
    page.get_by_role("button", name="Entfernen").click()
    page.get_by_role("button", name="Zurückholen").click()
    expect(page.get_by_role("heading", name="Kodierungen 1")).to_be_visible()
    visitor.leave()
