"""How colours, standings and numbers of this room read."""

from fractions import Fraction

from app.core.i18n import _, lazy, show_number
from knowledge.coding.anchoring import Found
from knowledge.coding.models import CodingRound
from knowledge.coding.rows import CodingRow
from knowledge.coding.states import CategoryState, CodingState, Colour, RoundState

COLOURS = {
    Colour.BLUE: lazy("Blau"),
    Colour.GREEN: lazy("Grün"),
    Colour.ORANGE: lazy("Orange"),
    Colour.PURPLE: lazy("Violett"),
    Colour.RED: lazy("Rot"),
    Colour.TEAL: lazy("Türkis"),
    Colour.YELLOW: lazy("Gelb"),
    Colour.GREY: lazy("Grau"),
}
CODING_STATES = {
    CodingState.PROPOSED: lazy("noch nicht geprüft"),
    CodingState.CONFIRMED: lazy("bestätigt"),
    CodingState.CHANGED: lazy("anders gesehen"),
}
CATEGORY_STATES = {
    CategoryState.ACTIVE: lazy("in Gebrauch"),
    CategoryState.MERGED: lazy("aufgegangen"),
    CategoryState.RETIRED: lazy("ruht"),
}
PLACES = {
    Found.SIMILAR: lazy("Der Text hat sich geändert: bitte prüfen, ob diese Stelle noch gemeint ist."),
    Found.LOST: lazy("Diese Worte stehen nicht mehr im Text."),
}
_SHORT = 60
RELIABLE, TENTATIVE = Fraction(4, 5), Fraction(2, 3)
"""Krippendorff (2004): from 0.8 on reliable, from 2/3 on for tentative conclusions."""


def opening(text: str) -> str:
    """The first words of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[:_SHORT].rsplit(" ", 1)[0] + " …"


def alpha_words(alpha: Fraction | None) -> str:
    """The coefficient with what it means."""
    if alpha is None:
        return _("nicht zu bestimmen: alle Sätze wurden gleich beurteilt")
    number = show_number(round(float(alpha), 2))
    if alpha >= RELIABLE:
        return _("%(number)s – verlässlich", number=number)
    if alpha >= TENTATIVE:
        return _("%(number)s – trägt vorläufige Schlüsse", number=number)
    if alpha > 0:
        return _("%(number)s – zu unsicher, um sich darauf zu stützen", number=number)
    return _("%(number)s – nicht besser als Zufall", number=number)


def target_words(row: CodingRow) -> str:
    """To what a coding attaches its passage. A gap that the reader may not read has no name."""
    if row.category is not None:
        return row.category.name
    if row.finding is not None:
        return _("Befund: %(words)s", words=opening(row.finding.text))
    return _("Fehlstelle %(key)s", key=row.gap.key) if row.gap else _("Fehlstelle (für Sie nicht lesbar)")


def look(row: CodingRow) -> tuple[str, str]:
    """Colour and sign of a coding: those of its category; gaps and findings have their own."""
    if row.category is not None:
        return row.category.colour.value, row.category.symbol
    return ("gap", "▲") if row.coding.gap_id else ("finding", "●")


def is_open(its_round: CodingRound | None) -> bool:
    """Whether a round goes on."""
    return its_round is not None and its_round.state == RoundState.OPEN
