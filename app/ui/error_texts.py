"""What error pages say: for each status a title, what happened, and what the person can do now.

Only words; `app.core.errors_web` decides which status is shown.
"""

from dataclasses import dataclass
from typing import Any

from app.core.i18n import lazy


@dataclass(frozen=True)
class ErrorText:
    """The words for one status; translated when they are shown."""

    title: Any
    text: Any
    advice: Any


ERROR_TEXTS: dict[int, ErrorText] = {
    400: ErrorText(
        lazy("Die Anfrage war nicht vollständig"),
        lazy("Der Server konnte mit der Anfrage nichts anfangen. Es wurde nichts geändert."),
        lazy("Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal."),
    ),
    403: ErrorText(
        lazy("Das ist Ihnen nicht erlaubt"),
        lazy("Für diese Seite oder diesen Schritt fehlt Ihnen die Berechtigung."),
        lazy("Wenn Sie den Zugang für Ihre Aufgabe brauchen, wenden Sie sich an die koordinierende Stelle."),
    ),
    404: ErrorText(
        lazy("Diese Seite gibt es nicht"),
        lazy("Unter dieser Adresse ist nichts zu finden, oder es ist nicht für Sie bestimmt."),
        lazy("Prüfen Sie die Adresse oder beginnen Sie auf der Startseite."),
    ),
    405: ErrorText(
        lazy("So geht es hier nicht"),
        lazy("Diese Adresse lässt sich nicht auf diese Weise aufrufen. Es wurde nichts geändert."),
        lazy("Öffnen Sie die Seite über das Menü und benutzen Sie die Schaltflächen dort."),
    ),
    409: ErrorText(
        lazy("Das geht im Augenblick nicht"),
        lazy("Der Stand hat sich inzwischen geändert, oder eine Regel lässt diesen Schritt noch nicht zu."),
        lazy("Gehen Sie zurück und laden Sie die Seite neu, um den aktuellen Stand zu sehen."),
    ),
    413: ErrorText(
        lazy("Die Datei ist zu groß"),
        lazy("Was Sie senden wollten, ist größer als erlaubt. Es wurde nichts gespeichert."),
        lazy("Verkleinern Sie die Datei oder teilen Sie sie auf."),
    ),
    422: ErrorText(
        lazy("Bitte prüfen Sie Ihre Angaben"),
        lazy("Eine Angabe fehlt oder passt nicht. Es wurde nichts gespeichert."),
        lazy("Gehen Sie zurück zum Formular und ergänzen Sie Ihre Angaben."),
    ),
    429: ErrorText(
        lazy("Zu viele Versuche"),
        lazy("Von hier kamen in kurzer Zeit sehr viele Anfragen."),
        lazy("Warten Sie einige Minuten und versuchen Sie es dann noch einmal."),
    ),
    500: ErrorText(
        lazy("Da ist uns ein Fehler passiert"),
        lazy("Der Schritt wurde abgebrochen, und es wurde nichts geändert. Der Fehler ist festgehalten."),
        lazy("Versuchen Sie es noch einmal. Wenn es wieder geschieht, nennen Sie der Betreuung die Vorgangsnummer."),
    ),
    503: ErrorText(
        lazy("Lückenlos ist gerade nicht erreichbar"),
        lazy("Der Dienst ist ausgelastet oder wird gewartet. Es wurde nichts geändert."),
        lazy("Versuchen Sie es in einer Minute noch einmal."),
    ),
}


def describe(code: int) -> dict[str, str]:
    """The words for an HTTP status as template variables `code`, `title`, `text`, `advice`.

    A status without words of its own reads like 400 (the reader's side, below 500) or 500 (ours).
    """
    words = ERROR_TEXTS.get(code) or ERROR_TEXTS[400 if code < 500 else 500]
    return {"code": str(code), "title": str(words.title), "text": str(words.text), "advice": str(words.advice)}
