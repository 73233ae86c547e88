"""What the kinds of nodes are called, and nodes as the thread macro of the pages takes them."""

from collections.abc import Iterable
from typing import Any

from app.core.i18n import _, lazy, show_date
from knowledge.trace.rules import Node

KINDS = {
    "report": lazy("Meldung"),
    "case": lazy("Rekonstruierter Fall"),
    "workshop": lazy("Workshop"),
    "station": lazy("Station"),
    "finding": lazy("Befund"),
    "gap": lazy("Fehlstelle"),
    "topic": lazy("Thema"),
    "solution": lazy("Lösung"),
    "agenda_item": lazy("Tagesordnungspunkt"),
    "meeting": lazy("Sitzung"),
    "poll": lazy("Abstimmung"),
    "decision": lazy("Beschluss"),
    "mandate": lazy("Auftrag"),
    "agreement": lazy("Zielvereinbarung"),
    "obligation": lazy("Verpflichtung"),
    "consent": lazy("Zustimmung"),
    "measure": lazy("Maßnahme"),
    "indicator": lazy("Kennzahl"),
    "reading": lazy("Messwert"),
    "effect_review": lazy("Wirkungsprüfung"),
    "minutes": lazy("Niederschrift"),
}


def kind_label(kind: str) -> str:
    """The word for a kind of node."""
    return str(KINDS[kind]) if kind in KINDS else _(kind)


def entries(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    """Nodes as `ui.thread` takes them."""
    return [
        {
            "kind": node.id.kind,
            "kind_label": kind_label(node.id.kind),
            "title": node.title,
            "url": node.url,
            "date": show_date(node.date) if node.date else None,
            "detail": node.detail or None,
        }
        for node in nodes
    ]
