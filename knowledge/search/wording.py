"""What the search page says: the names of kinds and facet values, and the facets, chips and orders as links."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from sqlmodel import Session, col, select

from app.core.i18n import _, lazy
from app.people.models import Municipality
from knowledge.search.backend import Results
from knowledge.search.choice import PARAMETERS, Choice
from knowledge.search.documents import Kind
from knowledge.search.glossary import searchable
from knowledge.search.query import INDEX_FIELDS, Field, parse, without_field
from knowledge.search.vocabulary import LISTS
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label

KINDS = {
    Kind.GAP: lazy("Fehlstelle"),
    Kind.TOPIC: lazy("Thema"),
    Kind.SOLUTION: lazy("Lösung"),
    Kind.DECISION: lazy("Beschluss"),
    Kind.AGREEMENT: lazy("Zielvereinbarung"),
    Kind.MEETING: lazy("Sitzung"),
    Kind.DOCUMENT: lazy("Dokument"),
    Kind.PAPER: lazy("Vorlage"),
}
TITLES = {
    "kind": lazy("Art"),
    "status": lazy("Status"),
    "life_domain": lazy("Lebensbereich"),
    "transition": lazy("Wechsel"),
    "interface": lazy("Schnittstelle"),
    "municipality": lazy("Kommune"),
    "year": lazy("Jahr"),
    "effect": lazy("Wirkung"),
    "title": lazy("Titel"),
    "key": lazy("Kennung"),
}
OPEN_AT_FIRST = {"kind", "status", "life_domain"}
SHOWN_AT_FIRST = 6


def town_names(session: Session) -> dict[str, str]:
    """Key and name of every municipality. One statement."""
    statement = select(Municipality.key, Municipality.name).order_by(col(Municipality.name))
    return dict(session.exec(statement).all())


def value_label(facet: str, value: str, towns: Mapping[str, str]) -> str:
    """What a value of a facet is called; one that nothing is called by stands as it was typed."""
    if facet == "kind":
        return str(KINDS[Kind(value)]) if value in set(Kind) else value
    if facet == "municipality":
        return towns.get(value, value)
    for list_name in LISTS.get(facet, ()):
        if value in lists.keys(list_name):
            return label(list_name, value)
    return value


def address(choice: Choice) -> str:
    """Where this search stands."""
    parameters: dict[str, Any] = choice.parameters()
    return url_for("search.index", **parameters)


def facet_groups(results: Results, choice: Choice, towns: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each facet with the values that occur among the hits, and those that are chosen."""
    groups = [_group(facet, results.facets.get(facet, {}), choice, towns) for facet in PARAMETERS.values()]
    return [group for group in groups if group["items"]]


def _group(facet: str, counts: Mapping[str, int], choice: Choice, towns: Mapping[str, str]) -> dict[str, Any]:
    chosen = choice.values.get(facet, ())
    values = sorted({*counts, *chosen}, key=lambda value: (value not in chosen, -counts.get(value, 0), value))
    if facet == "year":
        values.sort(reverse=True)
    return {
        "title": TITLES[facet],
        "open": facet in OPEN_AT_FIRST or bool(chosen),
        "shown": max(SHOWN_AT_FIRST, len(chosen)),
        "items": [
            {
                "label": value_label(facet, value, towns),
                "count": counts.get(value, 0),
                "active": value in chosen,
                "url": address(choice.toggled(facet, value)),
            }
            for value in values
        ],
    }


def chips(choice: Choice, towns: Mapping[str, str]) -> list[dict[str, str]]:
    """What narrows the search now, filters and fields of the query, each with the address without it."""
    filters = [
        {
            "label": f"{TITLES[facet]}: {value_label(facet, value, towns)}",
            "url": address(choice.toggled(facet, value)),
        }
        for facet, values in choice.values.items()
        for value in values
    ]
    query = parse(choice.query)
    fields = [
        {
            "label": _("%(field)s nicht: %(value)s", field=TITLES[field.name], value=_called(field, towns))
            if field.excluded
            else f"{TITLES[field.name]}: {_called(field, towns)}",
            "url": address(choice.asking(without_field(query, field))),
        }
        for field in query.fields
    ]
    return filters + fields


def _called(field: Field, towns: Mapping[str, str]) -> str:
    """What a value in the query is called if it was typed as a key; else as it was typed."""
    return field.value if field.name in INDEX_FIELDS else value_label(field.name, field.value, towns)


def understood(choice: Choice) -> str:
    """What of the query is more than words, in words: what must occur, and what must not; empty if nothing is."""
    query = parse(choice.query)
    wanted = [_("mit %(words)s", words=_one_of(group)) for group in query.required if any(group)]
    unwanted = [_("ohne %(words)s", words=_quoted(text)) for text in query.excluded if text]
    return ", ".join([*wanted, *unwanted])


def _one_of(group: Iterable[str]) -> str:
    return f" {_('oder')} ".join(_quoted(text) for text in group if text)


def _quoted(text: str) -> str:
    return _("„%(text)s“", text=text)


def is_wordless(choice: Choice) -> bool:
    """Whether what was typed holds nothing to look for: only signs, stop words, or words that must not occur."""
    query = parse(choice.query)
    return bool(choice.query) and not query.fields and not searchable([query.plain])


def order_tabs(choice: Choice) -> list[dict[str, Any]]:
    """The two orders of the hits."""
    return [
        {"label": words, "url": address(_ordered(choice, newest)), "current": choice.newest == newest}
        for words, newest in ((_("Beste Treffer zuerst"), False), (_("Neueste zuerst"), True))
    ]


def _ordered(choice: Choice, newest: bool) -> Choice:
    return Choice(choice.query, choice.values, newest, choice.literal)
