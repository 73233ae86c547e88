"""The shipped lists of codes, read once from `kim.yaml`. Pure: what a tenant renames is the terms' business.

Keys are text, also those of the scales: "1" to "4".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).with_name("kim.yaml")


@dataclass(frozen=True)
class Entry:
    """One code: its label, what anchors it on a scale, its default weight, and for transitions where from and to.

    `seeds` are the words that counties use for it, by county.
    """

    key: str
    label: str
    anchor: str = ""
    weight: int | None = None
    source: str | None = None
    target: str | None = None
    seeds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GapMove:
    """A shipped row of the gap's life: from `source` to `target`, by these roles, if `requires` holds."""

    source: str
    target: str
    by: tuple[str, ...]
    requires: str | None = None


@dataclass(frozen=True)
class Taxonomy:
    """All lists by name, in their shipped order."""

    lists: Mapping[str, Mapping[str, Entry]]
    gap_moves: tuple[GapMove, ...]


@cache
def shipped() -> Taxonomy:
    """The lists as they ship."""
    raw: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    rows = raw.pop("gap_transitions")
    lists = {name: _entries(given) for name, given in raw.items() if isinstance(given, list)}
    return Taxonomy(lists, tuple(_move(row) for row in rows))


def names() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(shipped().lists)


def entries(list_name: str) -> tuple[Entry, ...]:
    """The codes of a list in their order; KeyError for an unknown list."""
    return tuple(shipped().lists[list_name].values())


def keys(list_name: str) -> tuple[str, ...]:
    """The keys of a list in their order; KeyError for an unknown list."""
    return tuple(shipped().lists[list_name])


def entry(list_name: str, key: str | int) -> Entry:
    """One code; KeyError for an unknown list or key."""
    return shipped().lists[list_name][str(key)]


def label(list_name: str, key: str | int) -> str:
    """The German label of a code; KeyError for an unknown list or key."""
    return entry(list_name, key).label


def gap_transitions() -> tuple[GapMove, ...]:
    """The life of a gap as it ships."""
    return shipped().gap_moves


def _entries(given: list[dict[str, Any]]) -> dict[str, Entry]:
    return {str(row["key"]): _entry(row) for row in given}


def _entry(row: dict[str, Any]) -> Entry:
    anchor = row.get("anchor") or row.get("rule") or ""
    return Entry(
        str(row["key"]), row["label"], anchor, row.get("weight"), row.get("from"), row.get("to"), row.get("seeds", {})
    )


def _move(row: dict[str, Any]) -> GapMove:
    return GapMove(row["from"], row["to"], tuple(row["by"]), row.get("requires"))
