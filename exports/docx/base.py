"""A county's own document while it is being written into: where our content goes, how wide its text is, its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from docx.oxml.ns import nsmap, qn
from docx.section import Section, _BaseHeaderFooter

from exports.base_document.archive import in_language
from exports.base_document.filling import CONTENT_MARK, filled
from exports.docx.letterhead import Letterhead
from exports.docx.xml import Element, word


def opened_base(letterhead: Letterhead, language: str) -> WordDocument:
    """The county's document with its placeholders filled, ready to be written into."""
    return Document(BytesIO(filled(in_language(letterhead.package, language), letterhead.filling)))


def content_place(body: Element) -> Element | None:
    """The paragraph of a template that our content replaces; None if the template says everything itself."""
    marks = (each for each in body.iter(word("bookmarkStart")) if each.get(word("name")) == CONTENT_MARK)
    mark = next(marks, None)
    return None if mark is None else mark.getparent()


def text_width(section: Element) -> float:
    """Millimetres between the margins of a section."""
    size, margins = section.find(word("pgSz")), section.find(word("pgMar"))
    sides = sum(float(margins.get(word(side), "0")) for side in ("left", "right", "gutter"))
    return (float(size.get(word("w"), "0")) - sides) * 25.4 / 1440


class Slot:
    """Where our blocks go: `content` takes them while they are written, `fill` puts them into their place."""

    def __init__(self, body: Element, place: Element | None, has_text: bool) -> None:
        self._body, self._place = body, place
        self._has_text = has_text
        self.section: Element = _section_of(body, place)
        if self._has_text:
            self.content: Element = body.makeelement(
                word("body"), nsmap={prefix: nsmap[prefix] for prefix in ("w", "r")}
            )
        else:
            body.remove(self.section)  # comes back as the last element, so that blocks can simply be appended
            self.content = body

    def fill(self) -> None:
        """Put what was written into its place. A template without one says everything itself."""
        if not self._has_text:
            self._body.append(self.section)
        elif self._place is not None:
            for block in list(self.content):
                self._place.addprevious(block)
            self._body.remove(self._place)


def _section_of(body: Element, place: Element | None) -> Element:
    """The properties that hold where the content goes: of the section that ends next after it."""
    following = [] if place is None else place.itersiblings()
    found = (section for each in following for section in each.iter(word("sectPr")))
    return next(found, body.findall(word("sectPr"))[-1])


@dataclass(frozen=True)
class PageEdge:
    """A header or footer of one kind of page ("first", "default", "even"); `part` may be empty."""

    kind: str
    part: XmlPart


class CountyPages:
    """The headers and footers of a county's document, one for every kind of page that it knows."""

    def __init__(self, document: WordDocument) -> None:
        self._sections = list(document.sections)
        self._has_even = document.settings.odd_and_even_pages_header_footer
        self._styles = document.styles.element
        self.width = text_width(document.element.body.findall(qn("w:sectPr"))[-1])

    def tab_stops(self, style_name: str) -> list[int]:
        """Where the county's style of this id sets its tabs, in twips; ours must not stop there."""
        styles = (each for each in self._styles.iter(word("style")) if each.get(word("styleId")) == style_name)
        stops = (stop for style in styles for stop in style.iter(word("tab")))
        return [int(stop.get(word("pos"), "0")) for stop in stops if stop.get(word("val")) != "clear"]

    def headers(self) -> Iterator[PageEdge]:
        """Every header that is printed, made where it was missing."""
        yield from self._parts("header")

    def footers(self) -> Iterator[PageEdge]:
        """Every footer that is printed, made where it was missing."""
        yield from self._parts("footer")

    def _parts(self, side: str) -> Iterator[PageEdge]:
        for kind, edge in self._edges(side):
            yield PageEdge(kind, edge.part)

    def _edges(self, side: str) -> Iterator[tuple[str, _BaseHeaderFooter]]:
        for place, section in enumerate(self._sections):
            for kind, edge in self._of(section, side):
                if not place or not edge.is_linked_to_previous:
                    yield kind, edge

    def _of(self, section: Section, side: str) -> Iterator[tuple[str, _BaseHeaderFooter]]:
        yield "default", getattr(section, side)
        if section.different_first_page_header_footer:
            yield "first", getattr(section, f"first_page_{side}")
        if self._has_even:
            yield "even", getattr(section, f"even_page_{side}")

    @property
    def has_edge(self) -> bool:
        """Whether the document has any header or footer at all."""
        edges = [*self._edges("header"), *self._edges("footer")]
        return any(not edge.is_linked_to_previous for _kind, edge in edges)


def county_pages(document: WordDocument, is_template: bool) -> CountyPages | None:
    """The pages of a county's document; None where it has styles alone, and our own head is written."""
    pages = CountyPages(document)
    return pages if is_template or pages.has_edge else None
