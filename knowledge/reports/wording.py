"""What the states and frequencies of reports are called, and which colour they have."""

from app.core.i18n import lazy
from knowledge.reports.states import Frequency, ReportFacetName, ReportState

STATES = {
    ReportState.HELD: lazy("zurückgehalten"),
    ReportState.RECEIVED: lazy("eingegangen"),
    ReportState.IN_REVIEW: lazy("wird geprüft"),
    ReportState.ACCEPTED: lazy("angenommen"),
    ReportState.DECLINED: lazy("nicht weiterverfolgt"),
    ReportState.WITHDRAWN: lazy("zurückgezogen"),
}
TONES = {
    ReportState.HELD: "warning",
    ReportState.RECEIVED: "info",
    ReportState.IN_REVIEW: "info",
    ReportState.ACCEPTED: "success",
    ReportState.DECLINED: "neutral",
    ReportState.WITHDRAWN: "neutral",
}
PLAIN = {
    ReportState.RECEIVED: lazy("Ihre Meldung ist angekommen. Noch hat sie niemand gelesen."),
    ReportState.IN_REVIEW: lazy(
        "Die Koordination liest Ihre Meldung und vergleicht sie mit dem, was schon bekannt ist."
    ),
    ReportState.ACCEPTED: lazy(
        "Ihre Meldung zählt als unabhängiger Hinweis auf eine Lücke im System. Ob und wie sie geschlossen wird, "
        "beraten die zuständigen Stellen."
    ),
    ReportState.DECLINED: lazy("Die Koordination verfolgt Ihre Meldung nicht weiter. Der Grund steht unten."),
    ReportState.WITHDRAWN: lazy("Die Meldung ist zurückgezogen. Ihr Text ist gelöscht."),
}
FREQUENCIES = {
    Frequency.ONCE: lazy("einmal"),
    Frequency.SEVERAL: lazy("mehrmals im Jahr"),
    Frequency.MONTHLY: lazy("etwa jeden Monat"),
    Frequency.WEEKLY: lazy("jede Woche oder fast immer"),
    Frequency.UNKNOWN: lazy("weiß ich nicht"),
}
LISTS = {
    ReportFacetName.LIFE_DOMAIN: "life_domains",
    ReportFacetName.TRANSITION: "transitions",
    ReportFacetName.INTERFACE: "agency_types",
}
"""Which list of the taxonomy a facet's codes are from."""

QUESTIONS = (
    lazy("Wie viele Tage hat eine Woche?"),
    lazy("Welche Zahl kommt nach neun?"),
    lazy("Was ist drei plus zwei?"),
    lazy("Wie viele Beine hat ein Hund?"),
    lazy("Wie viele Monate hat ein Jahr?"),
    lazy("Was ist sechs minus vier?"),
    lazy("Was ist die Hälfte von zwölf?"),
    lazy("Welche Zahl steht zwischen sieben und neun?"),
)
"""What a person without JavaScript is asked; the answers stand in `robots.ANSWERS`, in the same order."""
