"""What every page's frame shows: navigation, who is signed in, the tenant, languages, footer."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from flask import Flask, current_app, g, request, url_for

from app.core.i18n import LANGUAGES, _, language, lazy
from app.core.web import current_actor
from app.ui.error_texts import describe


@dataclass(frozen=True)
class Place:
    """One entry of the navigation: its words, its endpoint, and the paths that belong to it."""

    label: Any
    endpoint: str
    paths: tuple[str, ...]


PLACES = (
    Place(lazy("Meine Aufgaben"), "people.home", ()),
    Place(
        lazy("Fälle & Workshops"),
        "cases.index",
        ("/faelle", "/workshops", "/fallvergleich", "/kategorien", "/auswertung"),
    ),
    Place(
        lazy("Fehlstellen"),
        "gaps.index",
        (
            "/fehlstellen",
            "/themen",
            "/loesungen",
            "/dokumente",
            "/import",
            "/meldungen",
            "/melden",
            "/gespraech",
            "/fassungen",
            "/bilder",
        ),
    ),
    Place(
        lazy("Sitzungen"),
        "meetings.index",
        (
            "/sitzungen",
            "/abstimmungen",
            "/beschluesse",
            "/gremien",
            "/vorlagen",
            "/kalender",
            "/kreis/vorlagen",
            "/organisationen",
            "/beschlusskontrolle",
            "/pruefen",
        ),
    ),
    Place(lazy("Vereinbarungen"), "agreements.index", ("/vereinbarungen",)),
    Place(lazy("Suche"), "search.index", ("/suche",)),
)


def install(app: Flask) -> None:
    """The context of the base template and the words of error pages."""
    app.extensions["error_texts"] = describe
    app.extensions["product_version"] = version("lueckenlos")
    app.extensions["addresses"] = {}
    app.context_processor(frame)


def _address(endpoint: str) -> str:
    """The address of a page without places to fill, worked out once: every page shows a score of them."""
    known: dict[tuple[str, str], str] = current_app.extensions["addresses"]
    key = (request.script_root, endpoint)
    if key not in known:
        known[key] = url_for(endpoint)
    return known[key]


def frame() -> dict[str, Any]:
    """The variables that `ui/base.html` reads."""
    return {
        "actor": current_actor(),
        "tenant": g.get("tenant"),
        "navigation": navigation(),
        "locale": language(),
        "languages": [
            {"code": code, "label": label, "current": code == language()} for code, label in LANGUAGES.items()
        ],
        "language_url": _address("people.choose_language"),
        "sign_out_url": _address("people.leave"),
        "sign_in_url": _address("people.sign_in"),
        "home_url": _address("people.home"),
        "search_url": _address("search.index") if has_room("search.index") else None,
        "account_links": account_links(),
        "version": current_app.extensions["product_version"],
        "now_path": request.full_path.rstrip("?"),
        "footer_links": [
            {"label": _("Lücke melden"), "url": _address("reporting.choose")},
            {"label": _("Datei prüfen"), "url": _address("minutes_check.ask")},
            {"label": _("Barrierefreiheit"), "url": _address("about.accessibility")},
            {"label": _("Datenschutz"), "url": _address("about.privacy")},
        ],
    }


def navigation() -> list[dict[str, Any]]:
    """The places of a signed-in person; a visitor has none."""
    if current_actor() is None:
        return []
    return [
        {"label": place.label, "url": _address(place.endpoint), "current": _is_here(place)}
        for place in PLACES
        if has_room(place.endpoint)
    ]


OWN_PAGES = (
    (lazy("Neues"), "news.index"),
    (lazy("Was ich beobachte"), "news.watched"),
    (lazy("Benachrichtigungen"), "news.wish"),
)


def account_links() -> list[dict[str, Any]]:
    """The pages of a person's own, in the menu with their name."""
    return [{"label": label, "url": _address(endpoint)} for label, endpoint in OWN_PAGES if has_room(endpoint)]


def has_room(endpoint: str) -> bool:
    """Whether this house has the page: an installation may leave a feature out."""
    return endpoint in current_app.view_functions


def _is_here(place: Place) -> bool:
    return request.path == "/" if not place.paths else request.path.startswith(place.paths)
