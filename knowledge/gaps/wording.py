"""How counts and refusals of the catalogue read. The numbers and the guards come from `rules.py`."""

from collections.abc import Collection

from app.core.i18n import _, lazy, show_number
from knowledge.gaps.rules import INCOMPLETE, is_suppressed

MISSING = {
    "life_domain": lazy("Lebensbereich"),
    "legal_domain": lazy("Rechtskreis"),
    "interface": lazy("Schnittstelle (mindestens zwei Stellen)"),
    "affected_group": lazy("Betroffene Gruppen"),
    "kind": lazy("Art der Ursache"),
}


def shown_count(number: int, min_cell: int, in_coordination: bool) -> str:
    """The count as this reader may see it: „7“, or „weniger als 3“ below the tenant's smallest cell (DP-11)."""
    if is_suppressed(number, min_cell, in_coordination):
        return _("weniger als %(num)s", num=min_cell)
    return show_number(number)


def refusal(reason: str, missing: Collection[str]) -> str:
    """A guard's sentence for people; where fields are missing, it names them."""
    if reason != INCOMPLETE or not missing:
        return _(reason)
    return _("Für den Themenspeicher fehlt noch: %(names)s.", names=", ".join(str(MISSING[name]) for name in missing))
