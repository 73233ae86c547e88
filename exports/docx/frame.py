"""What stands around the text on every page: letterhead, running head, footer with page numbers, watermark."""

from exports.docx.content import MinutesDocument
from exports.docx.county_frame import Marks, write_county_frame
from exports.docx.fields import add_field, add_run
from exports.docx.manuscript import Manuscript
from exports.docx.story import Story
from exports.docx.watermark import add_watermark
from exports.docx.wording import Wording

DOT = "  ·  "


def write_page_numbers(manuscript: Manuscript, left: str, wording: Wording, middle: str = "") -> None:
    """The same footer on all pages: a reference on the left, "Seite X von Y" on the right."""
    for footer in manuscript.footers():
        paragraph = footer.paragraph("Footer", f"{left}\t{middle}\t{wording.page} ")
        add_field(paragraph, "PAGE", "1")
        add_run(paragraph, f" {wording.page_of} ")
        add_field(paragraph, "NUMPAGES", "1")


def write_frame(manuscript: Manuscript, minutes: MinutesDocument) -> None:
    """Letterhead on the first page, running head on the others, footer everywhere, watermark while a draft."""
    wording = minutes.wording
    aside = wording.version.format(version=minutes.version) if minutes.version else ""
    if manuscript.county is not None:
        reference = f"{minutes.headline} {minutes.number}"
        marks = Marks(reference, minutes.classification, minutes.date, aside, minutes.is_draft)
        write_county_frame(manuscript.county, marks, wording)
        return
    first, others = manuscript.headers()
    _write_letterhead(first, minutes)
    running = others.paragraph("RunningHead", _running_head(minutes))
    if minutes.is_draft:
        add_watermark(first.element[0], wording.draft.upper(), 1)
        add_watermark(running, wording.draft.upper(), 2)
    write_page_numbers(manuscript, f"{minutes.headline} {minutes.number}", wording, aside)


def _write_letterhead(header: Story, minutes: MinutesDocument) -> None:
    header.paragraph("Letterhead", minutes.county)
    header.paragraph("LetterheadLine", _joined(minutes.programme, minutes.body))
    if minutes.classification:
        header.paragraph("Classification", minutes.classification)


def _running_head(minutes: MinutesDocument) -> str:
    """Two lines: whose minutes these are, and who may read them; long names have room beside nothing but a date."""
    wording = minutes.wording
    marks = _joined(minutes.classification, wording.draft if minutes.is_draft else "") or minutes.programme
    owner = _joined(minutes.county, minutes.body)
    return f"{owner}\t{minutes.headline} {minutes.number}\n{marks}\t{minutes.date}"


def _joined(*parts: str) -> str:
    return DOT.join(filter(None, parts))
