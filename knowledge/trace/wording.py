"""What the kinds of nodes are called, and nodes as the thread macro of the pages takes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.core.i18n import _, lazy, show_date
from knowledge.cases.lettering import wrap
from knowledge.trace.picture import RAIL
from knowledge.trace.rules import Node, Thread

KINDS = {
    "report": lazy("Meldung"),
    "case": lazy("Rekonstruierter Fall"),
    "workshop": lazy("Workshop"),
    "station": lazy("Station"),
    "finding": lazy("Befund"),
    "gap": lazy("Fehlstelle"),
    "topic": lazy("Thema"),
    "solution": lazy("Lösung"),
    "paper": lazy("Vorlage"),
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
    "document": lazy("Dokument"),
}


def kind_label(kind: str) -> str:
    """The word for a kind of node."""
    return str(KINDS[kind]) if kind in KINDS else _(kind)


def entries(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    """Nodes as `ui.thread` takes them; of many of a kind in a row all but the first are folded away."""
    found: list[dict[str, Any]] = []
    for kind, run in groupby(nodes, key=lambda node: node.id.kind):
        of_kind = [_entry(node) for node in run]
        rest = of_kind[SHOWN_AT_FIRST:] if len(of_kind) > SHOWN_AT_FIRST + 1 else []
        for each in rest:
            each["folded"] = _("%(num)s weitere %(things)s", num=len(rest), things=kinds_label(kind, len(rest)))
        found += of_kind
    return found


def _entry(node: Node) -> dict[str, Any]:
    return {
        "kind": node.id.kind,
        "kind_label": kind_label(node.id.kind),
        "title": node.title,
        "url": node.url,
        "date": show_date(node.date) if node.date else None,
        "detail": node.detail or None,
        "folded": "",
    }


SHOWN_AT_FIRST = 5
SEVERAL = {
    "report": lazy("Meldungen"),
    "case": lazy("Rekonstruierte Fälle"),
    "workshop": lazy("Workshops"),
    "station": lazy("Stationen"),
    "finding": lazy("Befunde"),
    "gap": lazy("Fehlstellen"),
    "topic": lazy("Themen"),
    "solution": lazy("Lösungen"),
    "paper": lazy("Vorlagen"),
    "agenda_item": lazy("Tagesordnungspunkte"),
    "meeting": lazy("Sitzungen"),
    "poll": lazy("Abstimmungen"),
    "decision": lazy("Beschlüsse"),
    "mandate": lazy("Aufträge"),
    "agreement": lazy("Zielvereinbarungen"),
    "obligation": lazy("Verpflichtungen"),
    "consent": lazy("Zustimmungen"),
    "measure": lazy("Maßnahmen"),
    "indicator": lazy("Kennzahlen"),
    "reading": lazy("Messwerte"),
    "effect_review": lazy("Wirkungsprüfungen"),
    "minutes": lazy("Niederschriften"),
    "document": lazy("Dokumente"),
}


def kinds_label(kind: str, number: int) -> str:
    """The word for so many things of a kind."""
    return str(SEVERAL[kind]) if number != 1 and kind in SEVERAL else kind_label(kind)


def question(kind: str) -> str:
    """What the page of a thread answers, by the kind of thing that it starts from."""
    if kind == "decision":
        return _("Welche Fälle haben zu diesem Beschluss geführt, und was ist daraus geworden?")
    return _("Woher kommt das, und was ist daraus geworden?")


@dataclass(frozen=True)
class Group:
    """The things of one kind on one side of the thread."""

    kind: str
    title: str
    nodes: list[dict[str, Any]]


def groups(nodes: Iterable[Node]) -> list[Group]:
    """Nodes in their order, kind by kind."""
    by_kind = groupby(nodes, key=lambda node: node.id.kind)
    return [Group(kind, kind_label(kind), entries(of_kind)) for kind, of_kind in by_kind]


def kind_lines(kind: str) -> Sequence[str]:
    """The name of a band, in lines that fit beside it."""
    return wrap(kind_label(kind), RAIL - 12, 14)


def small_print(node: Node) -> str:
    """What stands above a title in the picture: key and day."""
    key = "" if node.id.kind == "agenda_item" else node.key
    return " · ".join(part for part in (key, show_date(node.date) if node.date else "") if part)


def described(thread: Thread) -> str:
    """The picture in two sentences for people who do not see it; the lists follow on the page."""
    before, after = (_counted(nodes) for nodes in (thread.sources, thread.consequences))
    return _("Davor: %(before)s. Danach: %(after)s.", before=before or _("nichts"), after=after or _("nichts"))


def _counted(nodes: Iterable[Node]) -> str:
    return ", ".join(f"{group.title} {len(group.nodes)}" for group in groups(nodes))
