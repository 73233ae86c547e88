"""A short document (`exports.document`) as a Word document."""

from exports.document import Document, Entry, Fact, Section, Table
from exports.docx.county_frame import Marks, write_county_frame
from exports.docx.fields import add_run
from exports.docx.formats import ParagraphFormat, RunFormat
from exports.docx.frame import write_page_numbers
from exports.docx.manuscript import Manuscript
from exports.docx.markdown import MarkdownWriter
from exports.docx.package import Properties, Target
from exports.docx.tables import Column, snug_widths, write_table
from exports.docx.watermark import add_watermark

BOLD = RunFormat(bold=True)
DOT = "  ·  "
SECTION_LEVEL = 1
LEAD = ParagraphFormat("Note", before=8, after=8)
SECTION_TITLE = ParagraphFormat("Heading1", before=8)
TITLE = ParagraphFormat("Title", before=8)
TITLE_SIZE = RunFormat(size=18)
CLOSING = ParagraphFormat("ItemFacts", before=10)
ROOM_TO_SIGN = 44.0  # points between the greeting and the name
SIGNED = ParagraphFormat(before=ROOM_TO_SIGN, after=0, keep_lines=True)


def write_document(document: Document, target: Target) -> None:
    """Write the document as DOCX to a path or a binary stream. Equal content gives equal bytes."""
    manuscript = Manuscript(document.language, document.letterhead)
    _write_frame(manuscript, document)
    manuscript.body.paragraph(TITLE, document.title, TITLE_SIZE)
    if document.lead is not None:
        paragraph = manuscript.body.paragraph(LEAD, f"{document.lead.label}: ", BOLD)
        add_run(paragraph, document.lead.text)
    for section in document.sections:
        _write_section(manuscript, section)
    _write_closing(manuscript, document.facts)
    properties = Properties(
        title=f"{document.kind} {document.number}: {document.title}",
        subject=document.programme,
        creator=document.owner,
        language=document.language,
        issued_at=document.issued_at,
    )
    manuscript.save(target, properties)


def _write_frame(manuscript: Manuscript, document: Document) -> None:
    if manuscript.county is not None:
        reference = f"{document.kind} {document.number}"
        marks = Marks(reference, document.classification, document.date, document.date, document.is_draft)
        write_county_frame(manuscript.county, marks, document.wording)
        return
    first, others = manuscript.headers()
    first.paragraph("Letterhead", document.owner)
    first.paragraph("LetterheadLine", DOT.join((document.programme, f"{document.kind} {document.number}")))
    first.paragraph("Classification", document.classification)
    head = f"{document.owner}\t{document.kind} {document.number}\n{document.classification}\t{document.date}"
    running = others.paragraph("RunningHead", head)
    if document.is_draft:
        add_watermark(first.element[0], document.wording.draft.upper(), 1)
        add_watermark(running, document.wording.draft.upper(), 2)
    write_page_numbers(manuscript, f"{document.kind} {document.number}", document.wording, document.date)


def _write_section(manuscript: Manuscript, section: Section) -> None:
    if section.title:
        manuscript.body.paragraph(SECTION_TITLE, section.title)
    MarkdownWriter(manuscript, below=SECTION_LEVEL).write(section.text)
    _write_facts(manuscript, section.facts)
    if section.table is not None:
        _write_table(manuscript, section.table)
    _write_entries(manuscript, section.entries)
    if section.signed_by:
        manuscript.body.paragraph(SIGNED, "\n".join(section.signed_by))


def _write_facts(manuscript: Manuscript, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        paragraph = manuscript.body.paragraph("Fact", fact.label, RunFormat(style="FactLabel"))
        add_run(paragraph, f"\t{fact.text}")


def _write_closing(manuscript: Manuscript, facts: tuple[Fact, ...]) -> None:
    """The facts at the end in one line, where it is long enough."""
    if not facts:
        return
    paragraph = manuscript.body.paragraph(CLOSING)
    for place, fact in enumerate(facts):
        add_run(paragraph, f"{DOT if place else ''}{fact.label}: ", BOLD)
        add_run(paragraph, fact.text)


def _write_table(manuscript: Manuscript, table: Table) -> None:
    widths = snug_widths(table.columns, table.rows, manuscript.body.width)
    columns = [
        Column(title, width, "right" if place in table.numbers else "left")
        for place, (title, width) in enumerate(zip(table.columns, widths, strict=True))
    ]
    manuscript.body.paragraph("Caption", table.caption)
    write_table(manuscript.body, columns, table.rows, summary=table.caption)


def _write_entries(manuscript: Manuscript, entries: tuple[Entry, ...]) -> None:
    if not entries:
        return
    number = manuscript.numbering.new_list("bullet")
    for entry in entries:
        shape = ParagraphFormat("ListParagraph", list_level=(number, 0))
        paragraph = manuscript.body.paragraph(shape, entry.title, BOLD)
        if entry.detail:
            add_run(paragraph, f" – {entry.detail}")
