"""The words of letterheads: what a purpose is called, why a file is refused and where, what was left out of it."""

from app.core.i18n import _
from exports.base_document.pictures import UNKNOWN_KIND
from exports.base_document.refusals import Fault, Note, Place, Problem
from exports.letterhead.states import Purpose


def purpose_words(purpose: Purpose) -> str:
    """What people call it."""
    return {
        Purpose.LETTERHEAD: _("Briefkopf"),
        Purpose.INVITATION: _("Vorlage der Einladung"),
        Purpose.MINUTES: _("Vorlage der Niederschrift"),
        Purpose.EXTRACT: _("Vorlage des Beschlussauszugs"),
        Purpose.COVER_LETTER: _("Vorlage des Anschreibens"),
    }[purpose]


def purpose_lead(purpose: Purpose) -> str:
    """What it is for."""
    letterhead = _(
        "Kopf- und Fußzeilen, Logo, Ränder und Formatvorlagen für alle Word-Dokumente. Der Textteil der Datei wird "
        "nicht übernommen."
    )
    template = _(
        "Ein Word-Dokument mit Platzhaltern wie {{ sitzung.datum }}. Es ersetzt für diese Dokumente den Briefkopf; "
        "Kopf- und Fußzeilen bringt es selbst mit."
    )
    return letterhead if purpose is Purpose.LETTERHEAD else template


def problem_words(problem: Problem) -> str:
    """The reason as a sentence."""
    return _file_words(problem) or _template_words(problem)


def _file_words(problem: Problem) -> str:
    about = problem.about
    return {
        Fault.EMPTY: _("Die Datei ist leer."),
        Fault.TOO_LARGE: _("Die Datei ist größer als 5 MB. Meist ist ein Bild zu groß."),
        Fault.PDF: _("Das ist eine PDF-Datei. Bitte laden Sie das Word-Dokument (DOCX) hoch, aus dem sie entstand."),
        Fault.OLD_WORD: _("Das ist ein altes Word-Format. Bitte speichern Sie die Datei in Word als DOCX."),
        Fault.OPEN_DOCUMENT: _("Das ist ein OpenDocument. Bitte speichern Sie die Datei in LibreOffice als DOCX."),
        Fault.NOT_WORD: _("Das ist kein Word-Dokument (DOCX), auch wenn der Name so endet."),
        Fault.BROKEN: _("Die Datei ist beschädigt. Bitte öffnen Sie sie in Word und speichern Sie sie neu."),
        Fault.ENCRYPTED: _("Die Datei ist verschlüsselt. Bitte speichern Sie sie ohne Kennwort."),
        Fault.BOMB: _("Die Datei wird beim Entpacken ungewöhnlich groß. Sie wird deshalb nicht geöffnet."),
        Fault.NESTED: _("In der Datei steckt eine andere gepackte Datei. Bitte nehmen Sie sie heraus."),
        Fault.MACROS: _("Die Datei enthält Makros. Bitte speichern Sie sie als „Word-Dokument (*.docx)“ ohne Makros."),
        Fault.EMBEDDED: _("Die Datei enthält ein eingebettetes Objekt oder Steuerelement. Bitte löschen Sie es."),
        Fault.EXTERNAL: _(
            "Die Datei lädt beim Öffnen etwas von „%(address)s“ nach, zum Beispiel ein verknüpftes Bild. Bitte fügen "
            "Sie das Bild fest ein.",
            address=about,
        ),
        Fault.REMOTE_TEMPLATE: _(
            "Die Datei hängt an der Dokumentvorlage „%(address)s“. Bitte hängen Sie in Word unter „Entwicklertools, "
            "Dokumentvorlage“ die Vorlage „Normal“ an und speichern Sie neu.",
            address=about,
        ),
        Fault.FOREIGN_TEXT: _("Die Datei bindet andere Dokumente ein. Bitte fügen Sie deren Text fest ein."),
        Fault.ENTITIES: _("Die Datei enthält XML-Deklarationen, die in Word-Dokumenten nicht vorkommen."),
        Fault.STRICT: _("Die Datei ist als „Strict Open XML“ gespeichert. Bitte speichern Sie sie als DOCX."),
        Fault.FIELD: _("Das Feld %(name)s lädt Inhalte nach oder führt etwas aus. Bitte löschen Sie es.", name=about),
        Fault.PICTURE_KIND: _picture_kind(about),
        Fault.PICTURE_BROKEN: _("Ein Bild ist beschädigt. Bitte fügen Sie es neu ein."),
        Fault.PICTURE_SIZE: _("Ein Bild hat %(size)s Bildpunkte. Bitte verkleinern Sie es.", size=about),
        Fault.LOGO_LARGE: _("Das Logo ist größer als 300 KB. Bitte speichern Sie es kleiner."),
        Fault.PAGE_NARROW: _(
            "Zwischen den Seitenrändern bleiben %(width)s mm für den Text. Unsere Tabellen brauchen mindestens 110 mm.",
            width=about,
        ),
        Fault.PAGE_LOW: _(
            "Zwischen oberem und unterem Rand bleiben %(height)s mm. Es müssen mindestens 100 mm sein.", height=about
        ),
        Fault.FOOTNOTES: _("Vorlagen können keine Fußnoten enthalten. Bitte löschen Sie sie."),
    }.get(problem.fault, "")


def _picture_kind(kind: str) -> str:
    if kind == UNKNOWN_KIND:
        return _("Das ist kein Bild, das wir kennen. Bitte nehmen Sie eine Datei im Format PNG oder JPEG.")
    return _("Ein Bild hat das Format %(kind)s. Bitte fügen Sie es als PNG oder JPEG ein.", kind=kind)


def _template_words(problem: Problem) -> str:
    name, hint = problem.about, problem.hint
    if problem.fault is Fault.UNKNOWN:
        return _unknown(name, hint)
    return {
        Fault.CONTROL: _("„%(sign)s“ gibt es hier nicht. Vorlagen kennen nur Platzhalter, keine Befehle.", sign=name),
        Fault.UNCLOSED: _("Hier beginnt ein Platzhalter mit {{ und endet nicht im selben Absatz mit }}."),
        Fault.STRAY_END: _("Hier steht }} ohne {{ davor."),
        Fault.UNKNOWN_BLOCK: _("Den Block {{#%(name)s}} gibt es nicht.", name=name)
        + (" " + _("Meinen Sie „%(hint)s“?", hint=hint) if hint else ""),
        Fault.OUTSIDE_BLOCK: _("{{ %(name)s }} geht nur im Block {{#%(block)s}}.", name=name, block=hint),
        Fault.BLOCK_OPEN: _("Der Block {{#%(name)s}} wird nicht mit {{/%(name)s}} beendet.", name=name),
        Fault.BLOCK_END: _("Hier endet der Block {{/%(name)s}}, der nicht begonnen hat.", name=name),
        Fault.BLOCK_NESTED: _("Der Block {{#%(name)s}} steht in einem anderen Block. Das geht nicht.", name=name),
        Fault.BLOCK_PLACE: _(
            "Anfang und Ende des Blocks %(name)s müssen im selben Absatz oder in derselben Tabellenzeile stehen oder "
            "jeweils allein in einem Absatz derselben Textspalte.",
            name=name,
        ),
        Fault.CONTENT_ALONE: _("{{ inhalt }} muss allein in einem Absatz stehen."),
        Fault.CONTENT_TWICE: _("{{ inhalt }} darf nur einmal vorkommen."),
        Fault.CONTENT_PLACE: _("{{ inhalt }} darf nicht in einer Tabelle, einem Block oder einer Kopfzeile stehen."),
        Fault.TOO_MANY: _("Die Vorlage hat mehr als 500 Platzhalter."),
        Fault.CONTENT_MISSING: _("In der Vorlage fehlt, was sie sagen soll. Nötig ist: %(names)s.", names=name),
    }[problem.fault]


def _unknown(name: str, hint: str) -> str:
    told = _("Den Platzhalter {{ %(name)s }} gibt es hier nicht.", name=name)
    return f"{told} " + _("Meinen Sie „%(hint)s“?", hint=hint) if hint else told


def place_words(place: Place) -> str:
    """Where it is: the part, the paragraph, the words around."""
    words = [_part_words(place.part)] if place.part else []
    if place.paragraph:
        words.append(_("Absatz %(number)s", number=place.paragraph))
    told = ", ".join(word for word in words if word)
    return f"{told}: „{place.around}“" if place.around else told


def _part_words(part: str) -> str:
    name = part.rpartition("/")[2]
    if name.startswith("header"):
        return _("Kopfzeile")
    if name.startswith("footer"):
        return _("Fußzeile")
    if name.startswith("document"):
        return _("Textteil")
    return _("Bild „%(name)s“", name=name) if "/media/" in part else _("Teil „%(name)s“", name=name)


def note_words(code: str) -> str:
    """What was changed or left out."""
    return {
        Note.BODY_LEFT_OUT: _("Der Text der Datei wurde nicht übernommen. Für Texte gibt es die Vorlagen."),
        Note.SECTIONS_LEFT_OUT: _("Die Datei hat mehrere Abschnitte. Übernommen wurde der erste."),
        Note.NOT_A4: _("Das Papier ist nicht DIN A4."),
        Note.HEADINGS_UNNUMBERED: _(
            "Die Nummern der Überschriften wurden entfernt: Die Tagesordnung nummeriert selbst."
        ),
        Note.NO_ALT_TEXT: _("Ein Bild hatte keinen Alternativtext. Es heißt jetzt „Logo“."),
        Note.CHANGES_ACCEPTED: _("Nachverfolgte Änderungen wurden angenommen."),
        Note.STYLES_ADDED: _("Formatvorlagen, die fehlten, wurden ergänzt, in der Farbe Ihrer ersten Überschrift."),
        Note.NO_HEAD: _("Die Datei hat weder Kopf- noch Fußzeile."),
        Note.FONTS_LEFT_OUT: _("Eingebettete Schriften wurden nicht übernommen."),
    }.get(Note(code), "")
