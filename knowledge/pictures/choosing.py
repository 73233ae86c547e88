"""What a picture shows only part of: the catalogue's choice in the address of a picture, and links back to the list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import url_for
from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import Actor
from knowledge.gaps import panel
from knowledge.gaps.catalogue import SORTS, Choice, offered
from knowledge.gaps.evidence import graded
from knowledge.gaps.facets import COUNTY_WIDE, MUNICIPALITY, WITHOUT
from knowledge.taxonomy import lists


def narrowed(choice: Choice, **values: str) -> str:
    """The catalogue with this choice, narrowed to one value of each of these facets."""
    return panel.address(with_values(choice, **values))


def with_values(choice: Choice, **values: str) -> Choice:
    """The choice with one value of each of these facets, from its first page."""
    return replace(choice, values={**choice.values, **{name: (value,) for name, value in values.items()}}, page=1)


def picture_address(kind: str, choice: Choice) -> str:
    """A picture of this choice; the order of the list means nothing to it."""
    return url_for("pictures.show", kind=kind, **replace(choice, sort=SORTS[0]).parameters())


def chips(kind: str, choice: Choice, municipalities: Mapping[str, str]) -> list[dict[str, str]]:
    """What is chosen now, each with the address of the picture without it."""
    words = {"label": _("Text: %(words)s", words=choice.words), "url": picture_address(kind, replace(choice, words=""))}
    return [words] * bool(choice.words) + [
        {
            "label": f"{panel.TITLES[name]}: {panel.value_label(name, value, municipalities)}",
            "url": picture_address(kind, choice.toggled(name, value)),
        }
        for name, values in choice.values.items()
        for value in values
    ]


def kept(choice: Choice) -> list[tuple[str, str]]:
    """The chosen values as hidden fields of the form that adds one more."""
    words = [("text", choice.words)] if choice.words else []
    return words + [(name, value) for name, values in choice.values.items() for value in values]


def selects(actor: Actor, choice: Choice, municipalities: Mapping[str, str]) -> list[dict[str, Any]]:
    """A select for every facet of this reader in which nothing is chosen yet."""
    names = [facet.name for facet in offered(actor, graded()) if not choice.values.get(facet.name)]
    return [
        {"name": name, "title": panel.TITLES[name], "options": _options(name, municipalities)}
        for name in names
        if name in panel.LISTS or name == MUNICIPALITY.name
    ]


def _options(name: str, municipalities: Mapping[str, str]) -> list[tuple[str, str]]:
    if name == MUNICIPALITY.name:
        return [*municipalities.items(), (COUNTY_WIDE, _("kreisweit"))]
    values = [*lists.keys(panel.LISTS[name]), *([WITHOUT] if name == "wechsel" else [])]
    return [(value, panel.value_label(name, value, municipalities)) for value in values]


def municipalities_of(session: Session) -> dict[str, str]:
    """Key and name of every municipality. One statement."""
    return panel.municipality_names(session)
