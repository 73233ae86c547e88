"""Markdown is safe whatever was typed."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.markdown import to_html

ATTACKS = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '<img src=x onerror="alert(1)">',
    "![x](https://outside.example/pixel.png)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "<svg/onload=alert(1)>",
    "<iframe src=//outside.example></iframe>",
    '<a href="x" style="position:fixed">x</a>',
]


class Reader(HTMLParser):
    """Collects the elements and attributes that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update((name, value or "") for name, value in attrs)


def seen_by_a_browser(text: str) -> Reader:
    reader = Reader()
    reader.feed(str(to_html(text)))
    return reader


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_stays_text(attack: str) -> None:
    seen = seen_by_a_browser(attack)
    assert seen.elements <= {"p", "a"}
    assert seen.attributes.keys() <= {"href", "title", "rel"}
    assert not seen.attributes.get("href", "").lower().startswith(("javascript", "data"))


@given(st.text())
def test_any_text_leaves_only_harmless_attributes(text: str) -> None:
    assert seen_by_a_browser(text).attributes.keys() <= {"href", "title", "rel", "start"}


def test_headings_begin_below_the_headings_of_the_page() -> None:
    assert str(to_html("# Anlass")) == "<h3>Anlass</h3>\n"


def test_tables_and_lists_keep_their_structure() -> None:
    html = str(to_html("| A | B |\n|---|---|\n| 1 | 2 |\n\n3. drei\n4. vier\n"))
    assert "<th>A</th>" in html
    assert '<ol start="3">' in html
