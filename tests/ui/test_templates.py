"""Every macro of the kit and every page of the frame: valid HTML, house rules, wiring, words."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask.testing import FlaskClient
from jinja2 import nodes

from tests.support.house_rules import check
from tests.ui.kitchen import ROOT, make_app

KIT = ROOT / "app/ui/templates/ui/kit"
PAGES = ("/sink", "/sink-errors", "/", "/sign-in", "/confirm", "/error/404", "/error/500")
LINES_PER_FILE = 400


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A browser without scripts."""
    return make_app().test_client()


def tree(client: FlaskClient, address: str) -> Element:
    """The page as a tree of elements."""
    return html5lib.parse(client.get(address).get_data(as_text=True), namespaceHTMLElements=False)


def by_id(root: Element, name: str) -> Element:
    """The element with this id."""
    return next(element for element in root.iter() if element.get("id") == name)


def text(element: Element) -> str:
    """All words inside."""
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("address", PAGES)
def test_every_page_keeps_the_house_rules(client: FlaskClient, address: str) -> None:
    check(client.get(address).get_data(as_text=True))


def test_an_error_fragment_keeps_them_too(client: FlaskClient) -> None:
    check(client.get("/error-fragment/409").get_data(as_text=True))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_parses_without_a_single_complaint(client: FlaskClient, address: str) -> None:
    html5lib.HTMLParser(strict=True).parse(client.get(address).get_data(as_text=True))


def test_the_sample_page_uses_every_macro_of_the_kit() -> None:
    environment = make_app().jinja_env
    facade = environment.parse((KIT.parent / "kit.html").read_text(encoding="utf-8"))
    offered = {node.target.name for node in facade.find_all(nodes.Assign)}
    templates = [
        Path(__file__).parent / "templates/kitchen_sink.html",
        ROOT / "app/people/templates/people/sign_in.html",
    ]
    used = {name for path in templates for name in re.findall(r"\bui\.(\w+)", path.read_text(encoding="utf-8"))}
    inside_others = {"active_filters", "hidden_fields", "error_summary", "symbol"}
    assert offered - used <= inside_others


def test_every_public_macro_says_what_it_is_for() -> None:
    for path in KIT.glob("*.html"):
        source = path.read_text(encoding="utf-8")
        documented = " ".join(re.findall(r"\{#-(.*?)-#\}", source, re.DOTALL))
        for name in re.findall(r"macro ([a-z]\w*)\(", source):
            assert name == "cell" or name in documented, f"{path.name}: {name} is not documented"


def test_templates_and_styles_stay_small() -> None:
    files = [*ROOT.glob("app/ui/templates/**/*.html"), *ROOT.glob("app/ui/static/css/*.css")]
    assert files
    for path in files:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_PER_FILE, path


def test_scripts_stay_under_150_lines() -> None:
    for path in ROOT.glob("app/ui/static/js/*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 150, path


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in (ROOT / "app/ui").rglob("*"):
        if path.suffix in {".css", ".html", ".js", ".svg"}:
            source = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"(?:src|href|url\(|import)\W{0,3}(?:https?:)?//\w", source), path


def test_every_own_file_that_the_frame_names_exists(client: FlaskClient) -> None:
    named = set(re.findall(r"/static/((?:css|js|img)/[\w./-]+)", client.get("/sign-in").get_data(as_text=True)))
    assert "css/site.css" in named
    assert [name for name in named if not (ROOT / "app/ui/static" / name).is_file()] == []


def test_the_current_place_is_marked_once_per_navigation(client: FlaskClient) -> None:
    root = tree(client, "/sink")
    current = [a for a in root.iter("a") if a.get("aria-current") == "page" and a.get("href") == "/ort/2"]
    assert [text(a) for a in current] == ["Fehlstellen", "Fehlstellen"]


def test_a_visitor_sees_no_navigation(client: FlaskClient) -> None:
    assert "Hauptnavigation" not in client.get("/sign-in").get_data(as_text=True)


def test_a_field_names_its_hint_and_its_error(client: FlaskClient) -> None:
    root = tree(client, "/sink-errors")
    title = by_id(root, "title")
    assert title.get("aria-describedby") == "title-error title-hint"
    assert title.get("aria-invalid") == "true"
    assert text(by_id(root, "title-error")).endswith("Bitte geben Sie einen Titel ein.")


def test_a_good_field_claims_no_error(client: FlaskClient) -> None:
    title = by_id(tree(client, "/sink"), "title")
    assert (title.get("aria-describedby"), title.get("aria-invalid")) == ("title-hint", None)


def test_the_error_summary_takes_the_focus_and_leads_to_each_field(client: FlaskClient) -> None:
    root = tree(client, "/sink-errors")
    summary = by_id(root, "sink-errors")
    targets = [(a.get("href") or "").removeprefix("#") for a in summary.iter("a")]
    assert (summary.get("tabindex"), summary.get("autofocus")) == ("-1", "")
    assert {"title", "vote-0", "names-0", "points"} <= set(targets)
    assert all(by_id(root, target) is not None for target in targets)


def test_without_errors_there_is_no_summary(client: FlaskClient) -> None:
    assert "Bitte prüfen Sie Ihre Angaben" not in client.get("/sink").get_data(as_text=True)


def test_only_what_may_stay_empty_is_marked(client: FlaskClient) -> None:
    labels = {label.get("for"): text(label) for label in tree(client, "/sink").iter("label")}
    assert (labels["title"], labels["due"]) == ("Titel der Fehlstelle", "Frist (freiwillig)")


def test_every_changing_form_has_one_token_and_one_key(client: FlaskClient) -> None:
    for form in tree(client, "/sink").iter("form"):
        if (
            form.get("method") == "post"
            and "sprache" not in (form.get("action") or "")
            and form.get("action") != "/abmelden"
        ):
            names = [field.get("name") for field in form.iter("input")]
            assert (names.count("csrf_token"), names.count("once")) == (1, 1), form.get("action")


def test_the_switch_of_language_returns_to_this_page(client: FlaskClient) -> None:
    forms = [form for form in tree(client, "/sink").iter("form") if form.get("action") == "/sprache"]
    fields = {field.get("name"): field.get("value") for field in forms[0].iter("input")}
    buttons = [(b.get("name"), b.get("value"), b.get("lang")) for b in forms[0].iter("button")]
    assert (fields["next"], buttons) == ("/fehlstellen/F-12?q=a", [("language", "en", "en")])


def test_a_table_names_its_rows_and_each_value(client: FlaskClient) -> None:
    row = by_id(tree(client, "/sink"), "thing-1")
    heads = [cell for cell in row if cell.tag == "th"]
    labels = [cell.get("data-label") for cell in row if cell.tag == "td"]
    assert [cell.get("scope") for cell in heads] == ["row"]
    assert labels == ["Fälle", "Organisationen", "Stand", "Geändert", ""]


def test_an_empty_table_says_so(client: FlaskClient) -> None:
    assert "Es liegt noch nichts vor." in client.get("/sink").get_data(as_text=True)


def test_the_thread_reads_from_its_sources_through_here_to_what_came_of_it(client: FlaskClient) -> None:
    words = text(by_id(tree(client, "/sink"), "thread"))
    places = [
        words.index(part)
        for part in ("Woher?", "Fallrekonstruktion", "Sie sind hier", "Wohin?", "Projektgruppe einsetzen")
    ]
    assert places == sorted(places)


def test_what_the_reader_may_not_open_is_no_link(client: FlaskClient) -> None:
    links = {text(a) for a in by_id(tree(client, "/sink"), "thread").iter("a")}
    assert "Zwei Monate ohne Krankenversicherung" not in links
    assert "Mietschulden nach der Anerkennung" in links


def test_an_open_thread_says_that_nothing_followed_yet(client: FlaskClient) -> None:
    assert "Noch nichts. Der Faden ist hier offen." in text(by_id(tree(client, "/sink"), "open"))


def test_a_break_and_a_bridge_are_named_in_words(client: FlaskClient) -> None:
    words = client.get("/sink").get_data(as_text=True)
    assert ">Bruch<" in words
    assert ">Brücke<" in words


def test_poll_bars_give_count_share_and_the_right_word(client: FlaskClient) -> None:
    words = text(by_id(tree(client, "/sink"), "poll")).replace("\u202f", " ")
    assert "8 Stimmen · 73 %" in words
    assert "1 Stimme · 9 %" in words


def test_pages_far_away_are_left_out(client: FlaskClient) -> None:
    nav = next(nav for nav in tree(client, "/sink").iter("nav") if nav.get("aria-label") == "Seiten")
    numbers = [text(item) for item in nav.iter("li")]
    assert numbers == ["Seite 1", "…", "Seite 3", "Seite 4", "Seite 5", "…", "Seite 9"]


def test_the_desk_counts_what_waits_and_shows_what_does_not(client: FlaskClient) -> None:
    words = text(by_id(tree(client, "/"), "inhalt"))
    assert "6 Aufgaben warten auf Sie." in words
    assert "3 weitere" in words
    assert words.index("überfällig") < words.index("bald fällig") < words.index("Hier wartet nichts")


def test_each_demo_account_appears_once_in_the_first_role_that_fits(client: FlaskClient) -> None:
    root = tree(client, "/sign-in")
    actions = [form.get("action") or "" for form in root.iter("form") if "/demo/" in (form.get("action") or "")]
    assert len(actions) == len(set(actions)) == 12
    coordination = next(section for section in root.iter("section") if section.get("aria-labelledby") == "demo-role-1")
    assert "Als Svenja Albers anmelden" in text(coordination)


def test_the_error_page_names_the_way_on_and_the_number(client: FlaskClient) -> None:
    words = text(by_id(tree(client, "/error/500"), "inhalt"))
    assert "Da ist uns ein Fehler passiert" in words
    assert "8f3c-21ab" in words
    assert "Zur Startseite" in words
