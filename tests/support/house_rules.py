"""The rules that every page keeps, checked on each page that any test loads."""

import re
from collections import Counter
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_STRAIGHT_QUOTE = re.compile(r'(?<![=\w])"[^"<>]{2,}"')
_LABELLED = {"input", "select", "textarea"}
_UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
_ONE_TIME = re.compile(r'(?<=value=")[^"]{20,}(?=")')
_good: set[int] = set()
"""Pages that were found good, by their text without one-time values: the same page need not be read again."""


def names(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def words(element: Element) -> str:
    """All text inside, with single blanks."""
    return " ".join("".join(element.itertext()).split())


def check(html: str) -> None:
    """Assert every rule on one page or fragment."""
    seen = hash(_ONE_TIME.sub("", html))
    if seen not in _good:
        _check(html)
        _good.add(seen)


def _check(html: str) -> None:
    page = html.lstrip().startswith("<!doctype")
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(html) if page else parser.parseFragment(html)
    problems = [error for error in parser.errors if error[1] not in {"expected-doctype-but-got-chars"}]
    assert problems == [], f"not valid HTML: {problems[:3]}"
    elements = list(tree.iter())
    _check_ids(elements)
    _check_no_inline_code(elements)
    _check_labels(elements)
    _check_forms(elements)
    if page:
        _check_page(elements)


def _check_ids(elements: list[Element]) -> None:
    ids = Counter(element.get("id") for element in elements if isinstance(element.tag, str) and element.get("id"))
    twice = [name for name, count in ids.items() if count > 1]
    assert twice == [], f"ids used twice: {twice}"
    for element in elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in (element.get(name) or "").split() if isinstance(element.tag, str) else ():
                assert target in ids, f"{name} points to {target}, which is not there"


def _check_no_inline_code(elements: list[Element]) -> None:
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        assert names(element) != "style", "inline style element"
        assert names(element) != "script" or element.get("src"), "inline script"
        bad = [name for name in element.attrib if str(name) == "style" or str(name).startswith(("on", "hx-on"))]
        assert bad == [], f"inline code: {bad} on {names(element)}"
        for name in ("src", "action"):
            assert "//" not in (element.get(name) or ""), f"foreign address in {name}"


def _check_labels(elements: list[Element]) -> None:
    labels = {element.get("for") for element in elements if names(element) == "label"}
    for element in elements:
        if names(element) not in _LABELLED or element.get("type") in _UNLABELLED_TYPES:
            continue
        labelled = element.get("id") in labels or element.get("aria-label") or element.get("aria-labelledby")
        assert labelled, f"no label for {element.get('name')}"


def _check_forms(elements: list[Element]) -> None:
    for form in (element for element in elements if names(element) == "form"):
        fields = {element.get("name") for element in form.iter() if names(element) == "input"}
        assert form.get("action") is not None, "form without an action"
        if (form.get("method") or "get").lower() == "post":
            assert "csrf_token" in fields, f"no CSRF token in the form to {form.get('action')}"


def _check_page(elements: list[Element]) -> None:
    html = next(element for element in elements if names(element) == "html")
    assert html.get("lang") in {"de", "en"}, "page without a language"
    headings = [element for element in elements if names(element) == "h1"]
    assert len(headings) == 1, f"{len(headings)} h1 on the page"
    title = next(words(element) for element in elements if names(element) == "title")
    assert title.removesuffix(" – Lückenlos") == words(headings[0]), f"title {title!r} is not h1 {words(headings[0])!r}"
    levels = [int(names(element)[1]) for element in elements if re.fullmatch(r"h[1-6]", names(element))]
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert jumps == [], f"headings jump: {jumps}"
    main = next(element for element in elements if names(element) == "main")
    assert not _STRAIGHT_QUOTE.search(words(main)), "straight quotes in the text"


class HouseClient(FlaskClient):
    """A test client that checks each HTML answer."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        """Send the request and check what comes back."""
        response = super().open(*args, **kwargs)  # type: ignore[arg-type]
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308) and response.data:
            check(response.get_data(as_text=True))
        return response
