"""The whole thread once through: from one case to a decision and back, as the people of the county walk it.

Four browsers: the coordination and three voting seats. Once with JavaScript and live pages on both databases,
once without JavaScript.
"""

import io
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import PHONE, Visitor
from tests.support.server import Server

pytestmark = pytest.mark.browser

TOPICS = {
    "T-03": "Bleiberecht sichern: von § 104c zu §§ 25a und 25b",
    "T-04": "Erwachsen werden zwischen Jugendhilfe und Jobcenter",
    "T-05": "Verständigung sichern – Sprachmittlung im Kreis",
}
VOTERS = {
    "Mariama Diallo": {"T-03": 2, "T-05": 1},
    "Bernd Kessler": {"T-03": 2, "T-04": 1},
    "Regina Marx": {"T-03": 1, "T-05": 2},
}
WITHIN_A_SECOND = 1000.0


def test_the_thread_with_live_pages(server: Server, chromium: Browser, tmp_path: Path) -> None:
    walk(server, chromium, tmp_path, javascript=True)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_the_thread_without_javascript(server: Server, chromium: Browser, tmp_path: Path) -> None:
    walk(server, chromium, tmp_path, javascript=False)


def walk(server: Server, chromium: Browser, tmp_path: Path, *, javascript: bool) -> None:
    """The story, chapter by chapter."""
    office = Visitor(chromium, server.url, javascript=javascript).sign_in("Svenja Albers")
    from_the_case_to_the_gap(office.page)
    find_the_gap_by_search(office)
    from_the_gap_to_the_agenda(office.page)
    hold_the_meeting(office)
    poll = open_the_poll(office)
    voters = [Visitor(chromium, server.url, javascript=javascript, width=PHONE).sign_in(name) for name in VOTERS]
    office.go(poll)
    for number, (voter, (name, dots)) in enumerate(zip(voters, VOTERS.items(), strict=True), 1):
        cast(voter, poll, dots)
        sees_turnout(office, f"{number} von 16", javascript=javascript)
        assert name
    close_and_rank(office, poll)
    sees_the_result(voters[0], poll, javascript=javascript)
    record_the_decision(office)
    has_it_in_the_minutes(office, tmp_path)
    shows_what_came_of_it(office)
    for visitor in (office, *voters):
        assert visitor.foreign == []
        assert [said for said in visitor.complaints if "Content Security" in said] == []
        visitor.leave()


def from_the_case_to_the_gap(page: Page) -> None:
    page.get_by_role("link", name="Fälle & Workshops").first.click()
    page.get_by_role("link", name=re.compile("Familie Ahorn")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Familie Ahorn")
    expect(page.get_by_role("img", name=re.compile("Zeitstrahl"))).to_be_visible()
    page.get_by_role("link", name="Leistungslücke beim Wechsel vom AsylbLG in das SGB II").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leistungslücke beim Wechsel vom AsylbLG in das SGB II")


def find_the_gap_by_search(office: Visitor) -> None:
    page = office.go("/suche").page
    box = page.get_by_role("searchbox").or_(page.get_by_label("Wonach suchen Sie?")).last
    box.fill("Fristen Bleiberecht 104c")
    box.press("Enter")
    hit = page.get_by_role("link", name=re.compile("Bleiberechte ohne gemeinsame Fristen")).first
    expect(hit).to_be_visible()
    hit.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bleiberechte ohne gemeinsame Fristen- und Prüfliste")


def from_the_gap_to_the_agenda(page: Page) -> None:
    page.get_by_role("link", name=TOPICS["T-03"]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TOPICS["T-03"])
    page.get_by_role("link", name=re.compile("Priorisierung der Themen für 2027")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Priorisierung der Themen für 2027")


def hold_the_meeting(office: Visitor) -> None:
    page = office.go("/sitzungen/LG-09").page
    page.get_by_role("button", name="Sitzung terminieren").click()
    page.get_by_role("button", name="Einladung als versandt festhalten").click()
    page.get_by_role("button", name="Sitzung eröffnen").click()
    page.get_by_role("link", name="Anwesenheit").first.click()
    page.get_by_role("button", name="Alle Stimmberechtigten anwesend").click()
    expect(page.get_by_text("16 von 16 Stimmberechtigten anwesend").first).to_be_visible()


def open_the_poll(office: Visitor) -> str:
    page = office.go("/sitzungen/LG-09/top/6").page
    page.get_by_role("link", name="Punktabfrage vorbereiten").click()
    page.get_by_role("button", name="Abstimmung eröffnen").click()
    page.wait_for_url(re.compile(r"/abstimmungen/\d+"))
    return page.url.removeprefix(office.base)


def cast(voter: Visitor, poll: str, dots: dict[str, int]) -> None:
    page = voter.go(poll).page
    has_no_barrier(voter)
    for key, points in dots.items():
        page.get_by_role("spinbutton", name=TOPICS[key]).fill(str(points))
    page.get_by_role("button", name="Stimme abgeben").click()
    expect(page.get_by_text(re.compile("Ihre Stimme für .* ist abgegeben"))).to_be_visible()


def has_no_barrier(visitor: Visitor) -> None:
    """axe-core needs JavaScript in the page, so the walk without it checks the width alone."""
    assert not visitor.scrolls_sideways()
    if visitor.javascript:
        assert visitor.violations() == []


def sees_turnout(office: Visitor, words: str, *, javascript: bool) -> None:
    if not javascript:
        office.page.reload()
    expect(office.page.get_by_text(words).first).to_be_visible(timeout=WITHIN_A_SECOND)


def close_and_rank(office: Visitor, poll: str) -> None:
    page = office.page
    expect(page.get_by_text("Rang 1")).to_have_count(0)
    page.get_by_role("link", name="Abstimmung schließen").click()
    page.get_by_role("button", name="Abstimmung schließen und auszählen").click()
    page.wait_for_url(office.base + poll)
    ranking = page.get_by_role("list", name="Rangfolge")
    expect(ranking.get_by_role("listitem").first).to_contain_text(TOPICS["T-03"])
    expect(ranking.get_by_role("listitem").first).to_contain_text("5 Punkte")
    has_no_barrier(office)


def sees_the_result(voter: Visitor, poll: str, *, javascript: bool) -> None:
    if not javascript:
        voter.go(poll)
    expect(voter.page.get_by_role("list", name="Rangfolge")).to_be_visible()


def record_the_decision(office: Visitor) -> None:
    page = office.page
    page.get_by_role("link", name="Beschluss festhalten").first.click()
    expect(page.get_by_role("spinbutton", name="Ja", exact=True)).to_be_visible()
    has_no_barrier(office)
    page.get_by_role("spinbutton", name="Ja", exact=True).fill("15")
    page.get_by_role("spinbutton", name="Nein", exact=True).fill("0")
    page.get_by_role("spinbutton", name=re.compile("^Enthaltung")).fill("1")
    page.get_by_role("button", name=re.compile("festhalten")).click()
    expect(page.get_by_text(re.compile("einstimmig bei 1 Enthaltung")).first).to_be_visible()


def has_it_in_the_minutes(office: Visitor, tmp_path: Path) -> None:
    page = office.go("/sitzungen/LG-09").page
    page.get_by_role("link", name="Niederschrift").first.click()
    expect(page.get_by_role("link", name="Als DOCX herunterladen")).to_be_visible()
    has_no_barrier(office)
    with page.expect_download() as download:
        page.get_by_role("link", name="Als DOCX herunterladen").click()
    file = tmp_path / "Niederschrift.docx"
    download.value.save_as(file)
    words = text_of(file.read_bytes()).replace("\N{NO-BREAK SPACE}", " ")
    for expected in (
        "Mariama Diallo",
        "Priorisierung der Themen für 2027",
        "einstimmig bei 1 Enthaltung",
        TOPICS["T-03"],
        "Ja: 15",
    ):
        assert expected in words, expected


def text_of(document: bytes) -> str:
    """All words of a document, in paragraphs and tables."""
    opened = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in opened.paragraphs] + cells)


def shows_what_came_of_it(office: Visitor) -> None:
    page = office.go("/fehlstellen/F-2026-09").page
    after = page.get_by_role("list", name=re.compile("Wohin"))
    expect(after.get_by_role("link", name=re.compile("Priorisierung"))).not_to_have_count(0)
    expect(after.get_by_text("Beschluss").first).to_be_visible()
