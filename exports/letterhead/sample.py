"""Made-up content for previews and starter files: nobody in it exists, nothing of the county's data is shown."""

from io import BytesIO

from app.core import clock
from app.core.i18n import _, language, show_date
from exports.base_document.placeholders import CONTENT
from exports.document import Document, Fact, Section, Table
from exports.docx.content import (
    AgendaItem,
    AttendanceGroup,
    Attendee,
    DecisionBox,
    Facts,
    ItemRecord,
    MinutesDocument,
    MinutesStatus,
    Task,
)
from exports.docx.letterhead import Filling
from exports.docx.manuscript import Manuscript
from exports.docx.package import Properties
from exports.docx.styles import TEXT_WIDTH
from exports.docx.tables import Column, write_table
from exports.docx.wording import ENGLISH, GERMAN, Wording
from exports.letterhead.states import Purpose
from exports.letterhead.values import minutes_filling
from exports.letterhead.vocabulary import Block, wordlist

REPEATS = 3


def sample_document(purpose: Purpose, county: str) -> Document | MinutesDocument:
    """What a preview shows: minutes, or a short document of the kind."""
    if purpose in (Purpose.LETTERHEAD, Purpose.MINUTES):
        return _minutes(county)
    return _short(purpose, county)


def sample_filling(purpose: Purpose, document: Document | MinutesDocument) -> Filling:
    """Examples for every placeholder; for minutes what the sample itself says."""
    if isinstance(document, MinutesDocument):
        return minutes_filling(document)
    words = wordlist(purpose)
    texts = {each.name: each.example for each in words.texts}
    blocks = {block.name: ({each.name: each.example for each in block.fields},) * REPEATS for block in words.blocks}
    return Filling(texts, blocks)


def _minutes(county: str) -> MinutesDocument:
    item = _("Muster: Zielvereinbarung „Nahtloser Übergang“")
    text = _(
        "Frau Beispiel stellt den Entwurf vor. In der Aussprache wird gefragt:\n\n1. Wer ist wann zuständig?\n"
        "2. Was geschieht, wenn ein Bescheid fehlt?\n\n- Ein Punkt ohne Nummer.\n\n| Stelle | Tage |\n|---|--:|\n"
        "| Muster-Jobcenter | 14 |\n| Muster-Sozialamt | 9 |"
    )
    return MinutesDocument(
        county=county,
        programme=_("Kommunales Integrationsmanagement"),
        body=_("Mustergremium"),
        number="MUSTER-01",
        title=_("1. Sitzung des Mustergremiums"),
        date=show_date(clock.today(), "long"),
        status=MinutesStatus.DRAFT,
        facts=Facts(
            _("Musterhaus, Raum 1"),
            "14:00",
            "15:30",
            "Erika Beispiel",
            "Max Muster",
            "",
            "",
            _("Beschlussfähig: 3 von 4 Stimmberechtigten sind anwesend."),
        ),
        attendance=(
            AttendanceGroup(
                _("Stimmberechtigte Mitglieder"),
                (
                    Attendee("Muster-Jobcenter", "Erika Beispiel"),
                    Attendee("Muster-Sozialamt", "Max Muster", remark=_("bis %(time)s Uhr", time="15:00")),
                    Attendee("Musterstadt", "Toni Vorlage", substitute_for="Uli Vorlage"),
                ),
            ),
        ),
        agenda=(AgendaItem("1", _("Begrüßung"), _("Formalie")), AgendaItem("2", item, _("Beschluss"))),
        records=(
            ItemRecord("1", _("Begrüßung"), text=_("Die Vorsitzende begrüßt alle.")),
            ItemRecord(
                "2",
                item,
                text=text,
                decisions=(
                    DecisionBox(
                        "B-MUSTER-01",
                        _("Das Mustergremium stimmt der Vereinbarung zu."),
                        _("einstimmig angenommen"),
                        _("Ja: %(yes)s, Nein: %(no)s, Enthaltungen: %(abstained)s", yes=3, no=0, abstained=0),
                    ),
                ),
            ),
        ),
        tasks=(Task(_("Vereinbarung unterschreiben lassen"), "Muster-Jobcenter", "31.01.", "B-MUSTER-01"),),
        classification=_("Muster – ohne echte Daten"),
        version="1",
        language=_language(),
        wording=_wording(),
        issued_at=clock.now(),
    )


def _short(purpose: Purpose, county: str) -> Document:
    kinds = {
        Purpose.INVITATION: _("Einladung"),
        Purpose.EXTRACT: _("Beschlussauszug"),
        Purpose.COVER_LETTER: _("Anschreiben"),
    }
    rows = (("1", _("Begrüßung"), _("Formalie")), ("2", _("Zielvereinbarung"), _("Beschluss")))
    table = Table(_("Punkte der Mustersitzung"), (_("Nr."), _("Gegenstand"), _("Art")), rows)
    return Document(
        owner=county,
        programme=_("Kommunales Integrationsmanagement"),
        kind=kinds[purpose],
        number="MUSTER-01",
        title=_("1. Sitzung des Mustergremiums"),
        classification=_("Muster – ohne echte Daten"),
        date=show_date(clock.today(), "long"),
        sections=(Section(_("Mustertext"), _("Dieser Text ist ein Muster."), table=table),),
        issued_at=clock.now(),
        lead=Fact(_("Wann und wo"), _("Musterhaus, Raum 1")),
        language=_language(),
        wording=_wording(),
    )


def _language() -> str:
    return "en-GB" if language() == "en" else "de-DE"


def _wording() -> Wording:
    return ENGLISH if language() == "en" else GERMAN


# The starter


def starter(purpose: Purpose, county: str) -> bytes:
    """A template to begin with: every placeholder of the purpose once, each block as a table with a repeated row."""
    words = wordlist(purpose)
    manuscript = Manuscript(_language())
    first, others = manuscript.headers()
    first.paragraph("Letterhead", county)
    others.paragraph("RunningHead", "{{ dokument.art }} {{ dokument.nummer }}")
    for footer in manuscript.footers():
        footer.paragraph("Footer", "{{ kreis.name }}")
    body = manuscript.body
    body.paragraph("Title", "{{ dokument.art }}")
    body.paragraph("Subtitle", "{{ dokument.titel }}")
    for name in words.texts:
        body.paragraph("Fact", f"{name.meaning}\t{{{{ {name.name} }}}}")
    for block in words.blocks:
        _write_block(manuscript, block)
    if words.content is not None:
        body.paragraph("Heading1", _("Text des Programms"))
        body.paragraph("", f"{{{{ {CONTENT} }}}}")
    stream = BytesIO()
    manuscript.save(stream, Properties(title=_("Muster einer Vorlage"), creator=county, language=_language()))
    return stream.getvalue()


def _write_block(manuscript: Manuscript, block: Block) -> None:
    manuscript.body.paragraph("Heading1", block.title)
    cells = [f"{{{{ {each.name} }}}}" for each in block.fields]
    cells[0] = f"{{{{#{block.name}}}}}{cells[0]}"
    cells[-1] += f"{{{{/{block.name}}}}}"
    columns = [Column(each.meaning, TEXT_WIDTH / len(block.fields)) for each in block.fields]
    write_table(manuscript.body, columns, [cells], summary=block.meaning)
