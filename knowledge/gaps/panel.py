"""The catalogue's facets, chips and tabs as links: labels and addresses around the counts of `catalogue.py`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import g, url_for
from sqlmodel import Session, col, select

from app.core.i18n import _, lazy
from app.people.models import Municipality
from knowledge.gaps.catalogue import SORTS, Catalogue, Choice
from knowledge.gaps.facets import COUNTY_WIDE, WITHOUT
from knowledge.gaps.pairs import PAIR, agencies_of
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label

TITLES = {
    "status": lazy("Stand"),
    "lebensbereich": lazy("Lebensbereich"),
    "wechsel": lazy("Rechtskreiswechsel"),
    "schnittstelle": lazy("Schnittstelle"),
    "ebene": lazy("Ebene der Lösung"),
    "kommune": lazy("Kommune"),
    "jahr": lazy("Jahr der ersten Meldung"),
    "evidenz": lazy("Evidenz"),
    PAIR.name: lazy("Schnittstelle zwischen"),
}
LISTS = {
    "status": "gap_states",
    "lebensbereich": "life_domains",
    "wechsel": "transitions",
    "schnittstelle": "agency_types",
    "ebene": "solvable_at",
    "evidenz": "evidence_strength",
}
IN_LIST_ORDER = {"status", "ebene", "evidenz"}
OPEN_AT_FIRST = {"status", "lebensbereich", "wechsel"}
SHOWN_AT_FIRST = 8
SORT_WORDS = {
    "dringlichkeit": lazy("Schwere und Häufigkeit"),
    "beleg": lazy("Letzter Beleg"),
    "stand": lazy("Am längsten unverändert"),
    "schluessel": lazy("Schlüssel"),
}


def municipality_names(session: Session) -> dict[str, str]:
    """Key and name of every municipality. One statement."""
    statement = select(Municipality.key, Municipality.name).order_by(col(Municipality.name))
    return dict(session.exec(statement).all())


def address(choice: Choice, page: int = 1) -> str:
    """Where this choice stands. A page has more than a hundred of them, so only the path is asked of the router."""
    parameters = {**choice.parameters(), **({"seite": page} if page > 1 else {})}
    path = _path()
    return f"{path}?{urlencode(parameters, doseq=True)}" if parameters else path


def _path() -> str:
    if "catalogue_path" not in g:
        g.catalogue_path = url_for("gaps.index")
    path: str = g.catalogue_path
    return path


def facet_groups(found: Catalogue, municipalities: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each facet with its values: those that occur, and those that are chosen; the chosen first, then by number."""
    groups = [_group(found, name, municipalities) for name in found.counts]
    return [group for group in groups if group["items"]]


def _group(found: Catalogue, name: str, municipalities: Mapping[str, str]) -> dict[str, Any]:
    chosen = found.choice.values.get(name, ())
    counts = {_value(name, value): number for value, number in found.counts[name].items() if _value(name, value)}
    values = sorted({*counts, *chosen}, key=lambda value: _place(name, value, counts, chosen))
    return {
        "title": TITLES[name],
        "open": name in OPEN_AT_FIRST or bool(chosen),
        "shown": max(SHOWN_AT_FIRST, len(chosen)),
        "items": [
            {
                "label": value_label(name, value, municipalities),
                "count": counts.get(value, 0),
                "active": value in chosen,
                "url": address(found.choice.toggled(name, value)),
            }
            for value in values
        ],
    }


def _value(name: str, value: str) -> str:
    return COUNTY_WIDE if name == "kommune" and not value else value


def _place(name: str, value: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> tuple[Any, ...]:
    if name == "jahr":
        return (-int(value),)
    if name in IN_LIST_ORDER:
        return (lists.keys(LISTS[name]).index(value),)
    return (value not in chosen, -counts.get(value, 0), value)


def value_label(name: str, value: str, municipalities: Mapping[str, str]) -> str:
    """What a value of a facet is called."""
    if name == "kommune":
        return _("kreisweit") if value == COUNTY_WIDE else municipalities.get(value, value)
    if name == PAIR.name:
        return " – ".join(label("agency_types", agency) for agency in agencies_of(value))
    if value == WITHOUT:
        return _("ohne Angabe")
    if name not in LISTS or value not in lists.keys(LISTS[name]):
        return value
    words = label(LISTS[name], value)
    return f"{value} · {words}" if name == "evidenz" else words


def chips(choice: Choice, municipalities: Mapping[str, str]) -> list[dict[str, str]]:
    """What is chosen now, each with the address without it."""
    words = [{"label": _("Text: %(words)s", words=choice.words), "url": address(replace(choice, words="", page=1))}]
    return (words if choice.words else []) + [
        {
            "label": f"{TITLES[name]}: {value_label(name, value, municipalities)}",
            "url": address(choice.toggled(name, value)),
        }
        for name, values in choice.values.items()
        for value in values
    ]


def kept_beside_words(choice: Choice) -> list[tuple[str, str]]:
    """What a search within the list keeps, as parameters: everything that is chosen but its words."""
    kept = replace(choice, words="").parameters()
    return [(name, each) for name, value in kept.items() for each in (value if isinstance(value, list) else [value])]


def sort_tabs(choice: Choice) -> list[dict[str, Any]]:
    """The orders of the list."""
    return [
        {"label": SORT_WORDS[sort], "url": address(replace(choice, sort=sort, page=1)), "current": sort == choice.sort}
        for sort in SORTS
    ]
