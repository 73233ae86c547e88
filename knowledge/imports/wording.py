"""What imports say: why something was left out, what the fields are called, how runs stand."""

from app.core.i18n import _, lazy
from knowledge.imports.states import ImportState, RowState, TargetKind

PROBLEMS = {
    "macros": lazy(
        "Die Datei enthält Makros oder ist dafür gemacht. Speichern Sie sie als DOCX oder XLSX ohne Makros."
    ),
    "old_office": lazy("Das alte Format kann nicht gelesen werden. Speichern Sie die Datei als DOCX, XLSX oder PDF."),
    "unknown_kind": lazy(
        "Diese Art von Datei kann nicht gelesen werden. Es gehen DOCX, ODT, PDF, MD, TXT, XLSX, CSV und JSONL."
    ),
    "too_large": lazy(
        "Die Datei ist zu groß: Es gehen höchstens 15 MB je Datei. Für größere gibt es einen Befehl auf dem Server."
    ),
    "empty": lazy("Die Datei enthält keinen Text."),
    "encrypted": lazy("Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort."),
    "not_what_it_says": lazy("Die Datei ist nicht das, was ihr Name sagt. Prüfen Sie, ob es die richtige ist."),
    "broken": lazy("Die Datei ist beschädigt und kann nicht gelesen werden."),
    "bomb": lazy("Die Datei entpackt sich auf ein Vielfaches ihrer Größe und wird deshalb nicht geöffnet."),
    "entities": lazy("Die Datei enthält Verweise nach außen (XML-Entitäten) und wird deshalb nicht geöffnet."),
    "too_big": lazy("Die Datei braucht beim Lesen zu viel Speicher. Teilen Sie sie auf."),
    "too_slow": lazy("Das Lesen hat zu lange gedauert und wurde beendet. Teilen Sie die Datei auf."),
    "too_many_rows": lazy("Die Tabelle hat mehr als 200.000 Zeilen. Teilen Sie sie auf."),
    "scan": lazy("Die PDF-Datei besteht nur aus Bildern. Lassen Sie sie zuerst mit Texterkennung bearbeiten."),
    "bad_json": lazy("kein gültiges JSON"),
    "bad_letters": lazy("enthält Zeichen, die es nicht gibt"),
    "more_sheets": lazy("Nur das erste Tabellenblatt wurde gelesen. Die Datei hat noch weitere mit Inhalt."),
    "no_object": lazy("kein JSON-Objekt mit Feldern"),
    "no_title": lazy("ohne Titel und ohne Text"),
    "no_text": lazy("ohne Text"),
    "known_content": lazy("derselbe Inhalt ist schon vorhanden"),
    "known_title": lazy("derselbe Titel ist schon vorhanden"),
    "known_key": lazy("diese Kennung ist schon vergeben"),
    "long_key": lazy("die Kennung ist länger als erlaubt"),
    "bad_key": lazy("die Kennung enthält Zeichen, die in einer Adresse nicht gehen"),
    "unknown_code": lazy("ein Feld enthält einen Wert, den es in der Liste nicht gibt"),
    "missing": lazy("die Datei ist nicht mehr da"),
    "not_chosen": lazy("nicht ausgewählt"),
    "passages": lazy("Stellen prüfen: kann auf Personen deuten"),
    "commented": lazy("es gibt einen Kommentar dazu"),
    "referred": lazy("es wird darauf verwiesen"),
    "edited": lazy("seit dem Import bearbeitet"),
}

TARGETS = {
    TargetKind.DOCUMENT: lazy("Dokument"),
    TargetKind.SOLUTION: lazy("Lösung"),
    TargetKind.GAP: lazy("Fehlstelle (als gemeldet)"),
}

FIELD_NAMES = {
    "key": lazy("Kennung"),
    "title": lazy("Titel"),
    "text": lazy("Text"),
    "dated": lazy("Datum des Papiers"),
    "paper": lazy("Art des Papiers"),
    "result": lazy("Ergebnis"),
    "transfer": lazy("Übertragbarkeit"),
    "lesson": lazy("Was gelernt wurde"),
    "effect": lazy("Wirkung"),
    "kind": lazy("Art der Lösung"),
    "begun": lazy("Beginn (Monat)"),
    "ended": lazy("Ende (Monat)"),
    "solvable_at": lazy("Lösbar auf Ebene"),
    "severity": lazy("Schwere (1–4)"),
    "frequency": lazy("Häufigkeit (1–4)"),
}

RUN_STATES = {
    ImportState.READING: (lazy("wird gelesen"), "info"),
    ImportState.PREVIEW: (lazy("zur Durchsicht"), "warning"),
    ImportState.UNREADABLE: (lazy("nicht lesbar"), "danger"),
    ImportState.TAKING: (lazy("wird übernommen"), "info"),
    ImportState.TAKEN: (lazy("übernommen"), "success"),
    ImportState.REMOVING: (lazy("wird zurückgenommen"), "info"),
    ImportState.REMOVED: (lazy("zurückgenommen"), "neutral"),
}

STOPPED = {
    ImportState.READING: (lazy("Lesen gescheitert"), "danger"),
    ImportState.TAKING: (lazy("Übernehmen angehalten"), "warning"),
    ImportState.REMOVING: (lazy("Zurücknehmen angehalten"), "warning"),
}
"""How a run stands whose job will not go on."""

ROW_STATES = {
    RowState.WAITING: lazy("wartet"),
    RowState.TAKEN: lazy("übernommen"),
    RowState.SKIPPED: lazy("ausgelassen"),
    RowState.REMOVED: lazy("zurückgenommen"),
}


def problem(code: str) -> str:
    """The sentence of a code."""
    return str(PROBLEMS[code]) if code in PROBLEMS else _("unbekannter Grund (%(code)s)", code=code)


def place_words(place: int) -> str:
    """„Zeile 17“; nothing for a file that is one text."""
    return _("Zeile %(number)s", number=place) if place else ""
