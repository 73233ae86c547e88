"""What the pictures are called and say in words."""

from app.core.i18n import _, lazy, ngettext, show_number
from knowledge.pictures.bars import DAYS_PER_MONTH

KINDS = ("luecken", "stellen", "weg", "dauer")
"""The pictures, by their name in the address."""

TITLES = {
    "luecken": lazy("Landkarte der Lücken"),
    "stellen": lazy("Wo es zwischen Stellen hakt"),
    "weg": lazy("Der Weg der Fehlstellen"),
    "dauer": lazy("Wie lange Fehlstellen warten"),
}
LEADS = {
    "luecken": lazy("In welchem Lebensbereich und bei welchem Rechtskreiswechsel Fehlstellen liegen."),
    "stellen": lazy("Zwischen welchen Arten von Stellen Fehlstellen liegen, und zwischen welchen mehrere."),
    "weg": lazy("Wie viele Fehlstellen an welcher Stelle ihres Weges von der Meldung bis zur Behebung stehen."),
    "dauer": lazy("Wie lange die Fehlstellen schon in ihrem heutigen Stand stehen."),
}
READING = {
    "luecken": lazy(
        "Je dunkler ein Feld, desto mehr Fehlstellen; die Zahl steht darin. Eine Fehlstelle mit mehreren Bereichen "
        "oder Wechseln steht in mehreren Feldern, die Summe der Felder ist deshalb größer als die Zahl der Fehlstellen."
    ),
    "stellen": lazy(
        "Jede Linie verbindet zwei Arten von Stellen, die an denselben Fehlstellen beteiligt sind. Je breiter die "
        "Linie, desto mehr Fehlstellen; ab zwei steht die Zahl daran. Die Linie sagt nicht, wer von beiden es "
        "verursacht."
    ),
    "weg": lazy(
        "Oben der gerade Weg, darunter gestreift, was von ihm abzweigt. Der Balken sagt, wie viele Fehlstellen heute "
        "dort stehen, nicht, wie viele je dort waren."
    ),
    "dauer": lazy(
        "Der Kasten umfasst die mittlere Hälfte der Fehlstellen eines Standes, der dicke Strich ist der Median, die "
        "dünne Linie reicht von der kürzesten bis zur längsten Zeit. Bis zu drei Fehlstellen stehen als Punkte. "
        "Gezählt wird ab dem letzten Schritt, sonst ab der ersten Meldung."
    ),
}


def gaps(number: int) -> str:
    """„3 Fehlstellen“."""
    return ngettext("%(num)s Fehlstelle", "%(num)s Fehlstellen", number)


def duration(days: float) -> str:
    """A time as people say it: days up to two months, then months."""
    if days < 61:
        return ngettext("%(num)s Tag", "%(num)s Tage", round(days))
    return ngettext("%(num)s Monat", "%(num)s Monate", round(days / DAYS_PER_MONTH))


def months(number: int) -> str:
    """A mark on the axis of time."""
    return _("%(num)s Mon.", num=show_number(number))
