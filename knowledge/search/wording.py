"""What the kinds of hits are called, and their facet with links."""

from collections.abc import Collection
from typing import Any

from flask import url_for

from app.core.i18n import lazy
from knowledge.search.backend import Results
from knowledge.search.documents import Kind

KINDS = {
    Kind.GAP: lazy("Fehlstelle"),
    Kind.TOPIC: lazy("Thema"),
    Kind.SOLUTION: lazy("Lösung"),
    Kind.DECISION: lazy("Beschluss"),
    Kind.AGREEMENT: lazy("Zielvereinbarung"),
    Kind.MEETING: lazy("Sitzung"),
    Kind.DOCUMENT: lazy("Dokument"),
}


def kind_facet(results: Results | None, query: str, chosen: Collection[Kind]) -> list[dict[str, Any]]:
    """The kinds with their counts; each link adds its kind to the filter or takes it away."""
    counts = results.facets.get("kind", {}) if results else {}
    return [
        {
            "label": KINDS[kind],
            "count": counts.get(kind.value, 0),
            "active": kind in chosen,
            "url": url_for("search.index", q=query, art=_toggled(kind, chosen)),
        }
        for kind in Kind
        if counts.get(kind.value) or kind in chosen
    ]


def _toggled(kind: Kind, chosen: Collection[Kind]) -> list[str]:
    return [other.value for other in Kind if (other in chosen) != (other is kind)]
