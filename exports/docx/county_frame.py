"""What stands around the text where the county's own document has the say: its headers and footers stay, and get what
every page must tell: which document it is, who may read it, that it is a draft, its number.
"""

from dataclasses import dataclass

from docx.oxml.ns import qn

from exports.base_document.checking import instructions
from exports.docx.base import CountyPages, PageEdge
from exports.docx.fields import add_field, add_run
from exports.docx.formats import Align, ParagraphFormat
from exports.docx.story import Links, Story
from exports.docx.watermark import add_watermark
from exports.docx.wording import Wording
from exports.docx.xml import Element, word

ONE_LINE = 130.0  # mm: where less is, reference and classification stand below each other


@dataclass(frozen=True)
class Marks:
    """What every page must tell. `reference` names the document, `aside` is its date or version."""

    reference: str
    classification: str
    date: str
    aside: str = ""
    draft: bool = False


def write_county_frame(pages: CountyPages, marks: Marks, wording: Wording) -> None:
    """Add our lines to every header, and page numbers to footers that have none."""
    numbered = any("NUMPAGES" in told or "PAGE" in told for told in _told_by(pages))
    for number, edge in enumerate(pages.headers(), 1):
        story = Story(edge.part.element, Links(edge.part), pages.width)
        style = ParagraphFormat("RunningHead", tabs=(("right", pages.width),))
        paragraph = story.paragraph(style, _line(edge, marks, pages.width))
        _clear_stops(paragraph, pages.tab_stops("Header"))
        if marks.draft:
            add_watermark(paragraph, wording.draft.upper(), number)
    for edge in pages.footers():
        has_text = any(True for _run in edge.part.element.iter(qn("w:t"), qn("w:drawing"), qn("w:pict")))
        if not numbered or not has_text:
            _write_number(edge, pages, marks, wording)


def _told_by(pages: CountyPages) -> list[str]:
    edges = [*pages.headers(), *pages.footers()]
    return [told.strip().upper() for edge in edges for told in instructions(edge.part.element)]


def _line(edge: PageEdge, marks: Marks, width: float) -> str:
    """What their header does not say itself, by placeholders."""
    reference = "" if marks.reference in _words_of(edge) else marks.reference
    if edge.kind == "first" and width >= ONE_LINE:
        return f"{reference}\t{marks.classification}"
    return "\n".join(filter(None, (f"{reference}\t{marks.date}", marks.classification)))


def _words_of(edge: PageEdge) -> str:
    return " ".join("".join(told.text or "" for told in edge.part.element.iter(qn("w:t"))).split())


def _write_number(edge: PageEdge, pages: CountyPages, marks: Marks, wording: Wording) -> None:
    story = Story(edge.part.element, Links(edge.part), pages.width)
    stops: tuple[tuple[Align, float], ...] = (("center", pages.width / 2), ("right", pages.width))
    if not any(True for _run in edge.part.element.iter(qn("w:t"), qn("w:drawing"), qn("w:pict"))):
        for child in list(edge.part.element):
            edge.part.element.remove(child)
    told = f"{marks.reference}\t{marks.aside}\t{wording.page} "
    paragraph = story.paragraph(ParagraphFormat("Footer", tabs=stops), told)
    _clear_stops(paragraph, pages.tab_stops("Footer"))
    add_field(paragraph, "PAGE", "1")
    add_run(paragraph, f" {wording.page_of} ")
    add_field(paragraph, "NUMPAGES", "1")


def _clear_stops(paragraph: Element, places: list[int]) -> None:
    """Take the stops of the county's style away, except where ours is the same."""
    stops = paragraph.find(f"{word('pPr')}/{word('tabs')}")
    own = {int(stop.get(word("pos"), "0")) for stop in stops}
    for place in places:
        if place not in own:
            stop = stops.makeelement(word("tab"), {word("val"): "clear", word("pos"): str(place)})
            stops.insert(0, stop)
