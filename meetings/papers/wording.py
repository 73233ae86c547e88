"""Papers in words."""

from app.core.i18n import _, lazy
from meetings.agenda.states import DecisionKind, ItemResult
from meetings.agenda.wording import result_words
from meetings.papers.queries import Stop
from meetings.papers.states import PaperKind, PaperState, Recommendation, Standing, StationRole

KINDS = {
    PaperKind.DECISION: lazy("Beschlussvorlage"),
    PaperKind.INFORMATION: lazy("Mitteilungsvorlage"),
    PaperKind.REPORT: lazy("Bericht"),
    PaperKind.INQUIRY: lazy("Anfrage"),
}
STANDINGS = {
    Standing.DRAFT: lazy("Entwurf"),
    Standing.SUBMITTED: lazy("eingereicht"),
    Standing.PERMITTED: lazy("zugelassen"),
    Standing.SCHEDULED: lazy("auf der Tagesordnung"),
    Standing.DECIDED: lazy("beraten und entschieden"),
    Standing.WITHDRAWN: lazy("zurückgezogen"),
}
TONES = {
    Standing.SUBMITTED: "warning",
    Standing.PERMITTED: "info",
    Standing.SCHEDULED: "info",
    Standing.DECIDED: "success",
    Standing.WITHDRAWN: "danger",
}
ROLES = {
    StationRole.HEARING: lazy("Anhörung"),
    StationRole.PRELIMINARY: lazy("Vorberatung"),
    StationRole.NOTING: lazy("Kenntnisnahme"),
    StationRole.DECISION: lazy("Entscheidung"),
}
ADVICE = {
    Recommendation.ADOPT: lazy("empfiehlt, so zu beschließen"),
    Recommendation.ADOPT_AMENDED: lazy("empfiehlt, geändert zu beschließen"),
    Recommendation.REJECT: lazy("empfiehlt, abzulehnen"),
    Recommendation.NONE: lazy("gibt keine Empfehlung"),
}
TEXTS = {
    "title": lazy("Titel"),
    "legal_basis": lazy("Rechtsgrundlage"),
    "situation": lazy("Ausgangslage"),
    "proposal": lazy("Beschlussvorschlag"),
    "effects": lazy("Auswirkungen"),
    "costs": lazy("Kosten"),
}
REFUSALS = {
    "too_large": lazy("Die Datei ist größer als 15 MB. Bitte verkleinern oder teilen Sie sie."),
    "empty": lazy("Die Datei ist leer."),
    "broken": lazy("Die Datei lässt sich nicht lesen; vielleicht wurde sie unvollständig übertragen."),
    "macros": lazy("Die Datei enthält Makros. Bitte speichern Sie sie ohne Makros."),
    "old_office": lazy("Das ist ein altes Office-Format. Bitte speichern Sie die Datei als DOCX, XLSX, PPTX oder PDF."),
    "markup": lazy("Webseiten und SVG-Dateien werden nicht angenommen. Bitte speichern Sie sie als PDF."),
    "unknown_kind": lazy(
        "Der Inhalt dieser Datei ist keine Art, die angenommen wird. "
        "Es gehen PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG, JPEG und Text."
    ),
}
STEPS = {
    PaperState.SUBMITTED: lazy("Einreichen"),
    PaperState.PERMITTED: lazy("Zulassen"),
    PaperState.DRAFT: lazy("Zurückgeben"),
    PaperState.WITHDRAWN: lazy("Zurückziehen"),
}


def standing_badge(standing: Standing) -> tuple[str, str]:
    """Where a paper stands, in words and with a tone."""
    return str(STANDINGS[standing]), TONES.get(standing, "neutral")


def outcome_words(stop: Stop) -> str:
    """What came of a step of the route."""
    if stop.decision is not None:
        return _decided(stop)
    if stop.item is None:
        return _("beraten") if stop.settled else _("steht noch aus")
    if stop.item.result is not None:
        return result_words(ItemResult(stop.item.result))
    return _("behandelt") if stop.settled else _("auf der Tagesordnung")


def _decided(stop: Stop) -> str:
    decision = stop.decision
    if decision is None or decision.kind == DecisionKind.DEFER:
        return _("vertagt")
    if decision.accepted is None:
        return _("zur Kenntnis genommen")
    return _("beschlossen") if decision.accepted else _("abgelehnt")


def size_words(size: int) -> str:
    """Bytes as people say them."""
    if size < 1024 * 1024:
        return _("%(number)s KB", number=max(1, round(size / 1024)))
    return _("%(number)s MB", number=f"{size / 1024 / 1024:.1f}".replace(".", ","))
