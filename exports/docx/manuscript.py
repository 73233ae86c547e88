"""A Word document while it is being written: its stories, lists, footnotes and bookmarks under one roof."""

from docx.opc.part import XmlPart

from exports.docx.base import Slot, content_place, county_pages, opened_base, text_width
from exports.docx.fields import Bookmarks
from exports.docx.footnotes import Footnotes
from exports.docx.letterhead import HOUSE, Letterhead
from exports.docx.numbering import Numbering
from exports.docx.package import Properties, Target, open_blank, save_package
from exports.docx.story import Links, Story
from exports.docx.styles import TEXT_WIDTH


class Manuscript:
    """Write into `body` and the headers and footers, then `save` once."""

    def __init__(self, language: str = "de-DE", letterhead: Letterhead = HOUSE) -> None:
        is_own = not letterhead.package
        self._document = open_blank(language) if is_own else opened_base(letterhead, language)
        part = self._document.part
        element = self._document.element.body
        self._section = self._document.sections[0]
        self.county = None if is_own else county_pages(self._document, letterhead.is_template)
        if self.county is None:
            self._section.different_first_page_header_footer = True
        place = content_place(element) if letterhead.is_template else None
        self._slot = Slot(element, place, letterhead.is_template)
        width = TEXT_WIDTH if is_own else text_width(self._slot.section)
        self.body = Story(self._slot.content, Links(part), width, is_long=True)
        self.bookmarks = Bookmarks()
        self.numbering = Numbering(part.numbering_part.element)
        self.footnotes = Footnotes(part, self.bookmarks)

    def headers(self) -> tuple[Story, Story]:
        """The empty headers of the first page and of all others."""
        return _story_in(self._section.first_page_header.part), _story_in(self._section.header.part)

    def footers(self) -> tuple[Story, Story]:
        """The empty footers of the first page and of all others."""
        return _story_in(self._section.first_page_footer.part), _story_in(self._section.footer.part)

    def save(self, target: Target, properties: Properties) -> None:
        """Close the body and write the file to a path or a binary stream."""
        content = self.body.close()
        self._slot.fill()
        save_package(self._document, target, properties, content)


def _story_in(part: XmlPart) -> Story:
    for child in list(part.element):
        part.element.remove(child)
    return Story(part.element, Links(part))
