"""The kit in a real browser: accessibility, reflow, the strict policy, and what scripts add to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from app.ui.assets import Assets
from tests.ui.kitchen import ROOT, make_app
from tools import collect_assets

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """tags => axe.run(document, {runOnly: tags}).then(result => ({
    checked: result.passes.length,
    broken: result.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 120))])}))"""
PAGES = ("/", "/sink", "/sink-errors", "/sign-in", "/confirm", "/error/404")

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The kitchen, served with the collected files."""
    folder = tmp_path_factory.mktemp("static")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collect_assets, "TARGET", folder)
        collect_assets.collect_house()
    server = make_server("127.0.0.1", 0, make_app(Assets(folder)), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def show(chromium: Browser, site: str) -> Iterator[Open]:
    """Opens a page in a window of its own; what it breaks of the policy is kept in `window.broken`."""
    contexts = []

    def open_page(address: str, width: int = 1280, **settings: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="de-DE", **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(
            "window.broken = []; addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective))"
        )
        page.goto(f"{site}{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(show: Open, address: str, width: int, scheme: str) -> None:
    page = show(address, width, color_scheme=scheme)
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    result = page.evaluate(RUN_AXE, RULES)
    assert result["broken"] == []
    assert result["checked"] > 20


@pytest.mark.parametrize("address", PAGES)
def test_nothing_runs_off_a_screen_of_320_pixels(show: Open, address: str) -> None:
    page = show(address, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", ["/", "/sink", "/sign-in"])
def test_the_strict_policy_holds(show: Open, address: str) -> None:
    assert show(address).evaluate("window.broken") == []


def test_a_refused_change_is_told_in_the_servers_words_and_the_focus_stays(show: Open) -> None:
    page = show("/sink")
    save = page.get_by_role("button", name="Speichern")
    save.click()
    message = page.get_by_role("alert").filter(has_text="Die Abstimmung ist schon geschlossen.")
    expect(message).to_be_visible()
    expect(save).to_be_focused()
    page.keyboard.press("Escape")
    expect(message).to_be_hidden()
    expect(save).to_be_focused()


def test_without_a_connection_it_says_so_and_keeps_the_input(show: Open) -> None:
    page = show("/sink")
    page.get_by_label("Titel der Fehlstelle").fill("Noch nicht gespeichert")
    page.context.set_offline(True)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert").filter(has_text="Keine Verbindung zum Server.")).to_be_visible()
    expect(page.get_by_label("Titel der Fehlstelle")).to_have_value("Noch nicht gespeichert")


def test_the_error_summary_has_the_focus_when_the_page_comes_back(show: Open) -> None:
    page = show("/sink-errors")
    expect(page.get_by_role("alert").filter(has_text="Bitte prüfen Sie Ihre Angaben")).to_be_focused()


def test_the_menu_of_small_screens_opens_without_any_script(show: Open) -> None:
    page = show("/sink", 360, java_script_enabled=False)
    place = page.get_by_role("link", name="Sitzungen", exact=True)
    expect(place).to_be_hidden()
    page.get_by_text("Menü", exact=True).click()
    expect(place).to_be_visible()


def test_escape_closes_the_menu_and_gives_the_focus_back(show: Open) -> None:
    page = show("/sink", 360)
    page.get_by_text("Menü", exact=True).click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Sitzungen", exact=True)).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Menü"


def test_less_and_more_stop_at_the_limits(show: Open) -> None:
    page = show("/sink")
    more = page.get_by_role("button", name="Punkte: eins mehr")
    for _ in range(12):
        more.click()
    expect(page.get_by_label("Punkte", exact=True)).to_have_value("10")


def test_without_scripts_nothing_stands_about_that_does_nothing(show: Open) -> None:
    page = show("/sink", java_script_enabled=False)
    expect(page.get_by_role("button", name="Punkte: eins mehr")).to_be_hidden()
    expect(page.get_by_role("button", name="Drucken")).to_be_hidden()


def test_a_filter_sends_itself(show: Open) -> None:
    page = show("/sink")
    page.get_by_role("form", name="Filter").get_by_label("Ebene").select_option("l")
    page.wait_for_url("**/fehlstellen?level=l")


def test_paper_shows_the_sender_and_no_navigation(show: Open) -> None:
    page = show("/sink")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Sitzungen", exact=True)).to_be_hidden()
    expect(page.get_by_text("Fehlstelle F-12 · Zeichen: KIM-F-12")).to_be_visible()


def test_the_first_key_leads_to_the_content(show: Open) -> None:
    page = show("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"
