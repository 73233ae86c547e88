"""Every placeholder that a template may use, what it stands for, and an example: the list that people see, and the list
that uploads are checked against. What is not here is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.i18n import _
from exports.base_document.placeholders import CONTENT
from exports.base_document.templates import Vocabulary
from exports.letterhead.states import Purpose


@dataclass(frozen=True)
class Name:
    """One placeholder: its name, what it stands for, how that looks."""

    name: str
    meaning: str
    example: str


@dataclass(frozen=True)
class Block:
    """A part that is repeated, and the placeholders of one repetition."""

    name: str
    title: str
    meaning: str
    fields: tuple[Name, ...]


@dataclass(frozen=True)
class Wordlist:
    """What the templates of one purpose may use. `needed`: it must use one of these."""

    texts: tuple[Name, ...]
    blocks: tuple[Block, ...] = ()
    content: Name | None = None
    needed: frozenset[str] = frozenset()

    def vocabulary(self) -> Vocabulary:
        """The names alone."""
        blocks = {block.name: frozenset(each.name for each in block.fields) for block in self.blocks}
        names = frozenset(each.name for each in self.texts)
        return Vocabulary(names, blocks, self.content is not None, self.needed)


def wordlist(purpose: Purpose) -> Wordlist:
    """The placeholders of a purpose, in the reader's language."""
    return _LISTS[purpose]()


def _of_every_document() -> tuple[Name, ...]:
    return (
        Name("kreis.name", _("Name des Kreises oder der Stadt"), "Kreis Sonderau"),
        Name("dokument.art", _("Was für ein Dokument es ist"), "Niederschrift"),
        Name("dokument.nummer", _("Nummer des Dokuments"), "LG-09"),
        Name("dokument.titel", _("Titel des Dokuments"), "9. Sitzung der Lenkungsgruppe KIM"),
        Name("dokument.datum", _("Datum oder Stand des Dokuments"), "10. Dezember 2026"),
        Name("dokument.einstufung", _("Wer es lesen darf"), "Nur für Mitglieder des Gremiums"),
    )


def _of_a_meeting() -> tuple[Name, ...]:
    return (
        *_of_every_document(),
        Name("gremium.name", _("Name des Gremiums"), "Lenkungsgruppe KIM"),
        Name("sitzung.titel", _("Titel der Sitzung"), "9. Sitzung"),
        Name("sitzung.nummer", _("Kürzel der Sitzung"), "LG-09"),
        Name("sitzung.datum", _("Tag der Sitzung"), "Donnerstag, 10. Dezember 2026"),
        Name("sitzung.beginn", _("Beginn"), "14:00"),
        Name("sitzung.ende", _("Ende"), "16:30"),
        Name("sitzung.ort", _("Ort"), "Kreishaus, Raum 2.01"),
        Name("sitzung.vorsitz", _("Vorsitz"), "Annegret Wieland"),
    )


def _agenda(*more: Name) -> Block:
    return Block(
        "tagesordnung",
        _("Tagesordnung"),
        _("einmal für jeden Tagesordnungspunkt"),
        (
            Name("punkt.nummer", _("Nummer des Punktes"), "4"),
            Name("punkt.titel", _("Gegenstand"), "Zielvereinbarung „Nahtloser Übergang“"),
            Name("punkt.art", _("Art der Behandlung"), "Beschluss"),
            *more,
        ),
    )


def _timed_agenda() -> Block:
    return _agenda(Name("punkt.zeit", _("geplante Zeit"), "30 Min."))


def _papers() -> Block:
    return Block(
        "unterlagen",
        _("Unterlagen"),
        _("einmal für jede Unterlage"),
        (
            Name("unterlage.nummer", _("Nummer der Vorlage"), "V-2026-014"),
            Name("unterlage.titel", _("Titel der Vorlage"), "Entwurf der Zielvereinbarung"),
        ),
    )


def _letterhead() -> Wordlist:
    return Wordlist(_of_every_document())


def _content(meaning: str) -> Name:
    return Name(CONTENT, meaning, _("der ganze Text des Programms, mit Überschriften und Tabellen"))


def _invitation() -> Wordlist:
    content = _content(_("die ganze Einladung mit Tagesordnung; steht allein in einem Absatz"))
    return Wordlist(_of_a_meeting(), (_timed_agenda(), _papers()), content, frozenset((CONTENT, "tagesordnung")))


def _cover_letter() -> Wordlist:
    content = _content(_("der Brief des Programms; steht allein in einem Absatz"))
    return Wordlist(_of_a_meeting(), (_timed_agenda(), _papers()), content)


def _minutes() -> Wordlist:
    texts = (
        *_of_a_meeting(),
        Name("niederschrift.schriftfuehrung", _("Schriftführung"), "Deniz Kaya-Brandt"),
        Name("niederschrift.beschlussfaehigkeit", _("Satz zur Beschlussfähigkeit"), "Beschlussfähig: 14 von 16"),
        Name("niederschrift.stand", _("Entwurf oder unterzeichnet"), "unterzeichnet"),
        Name("niederschrift.fassung", _("Nummer der Fassung"), "3"),
    )
    people = Block(
        "teilnehmende",
        _("Teilnehmende"),
        _("einmal für jede Person, die da war"),
        (
            Name("person.organisation", _("Organisation"), "Jobcenter Kreis Sonderau"),
            Name("person.name", _("Name"), "Holger Brandes"),
            Name("person.bemerkung", _("Vertretung, später, früher"), "bis 15:20 Uhr"),
        ),
    )
    decisions = Block("beschluesse", _("Beschlüsse"), _("einmal für jeden Beschluss"), _decision_names())
    tasks = Block(
        "auftraege",
        _("Aufträge"),
        _("einmal für jeden Auftrag"),
        (
            Name("auftrag.text", _("Auftrag"), "Entwurf der Vereinbarung vorlegen"),
            Name("auftrag.verantwortlich", _("Wer ihn hat"), "Jobcenter Kreis Sonderau"),
            Name("auftrag.frist", _("Frist"), "31.01.2027"),
        ),
    )
    receivers = Block(
        "verteiler",
        _("Verteiler"),
        _("einmal für jeden Empfänger"),
        (Name("empfaenger.name", _("Empfänger"), "Mitglieder"),),
    )
    content = _content(_("die ganze Niederschrift; steht allein in einem Absatz"))
    return Wordlist(texts, (_agenda(), people, decisions, tasks, receivers), content, frozenset((CONTENT,)))


def _decision_names() -> tuple[Name, ...]:
    return (
        Name("beschluss.nummer", _("Nummer des Beschlusses"), "B-2026-07"),
        Name("beschluss.text", _("Wortlaut"), "Die Lenkungsgruppe stimmt der Vereinbarung zu."),
        Name("beschluss.ergebnis", _("Ergebnis in Worten"), "einstimmig angenommen"),
        Name("beschluss.stimmen", _("Stimmen"), "Ja: 16, Nein: 0, Enthaltungen: 0"),
    )


def _extract() -> Wordlist:
    item = (
        Name("punkt.nummer", _("Nummer des Punktes"), "4"),
        Name("punkt.titel", _("Gegenstand"), "Zielvereinbarung „Nahtloser Übergang“"),
    )
    content = _content(_("der ganze Beschlussauszug; steht allein in einem Absatz"))
    needed = frozenset((CONTENT, "beschluss.text"))
    return Wordlist((*_of_a_meeting(), *item, *_decision_names()), content=content, needed=needed)


_LISTS: Mapping[Purpose, Callable[[], Wordlist]] = {
    Purpose.LETTERHEAD: _letterhead,
    Purpose.INVITATION: _invitation,
    Purpose.COVER_LETTER: _cover_letter,
    Purpose.MINUTES: _minutes,
    Purpose.EXTRACT: _extract,
}
