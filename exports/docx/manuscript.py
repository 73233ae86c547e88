"""A Word document while it is being written: its stories, lists, footnotes and bookmarks under one roof."""

from docx.opc.part import XmlPart

from exports.docx.fields import Bookmarks
from exports.docx.footnotes import Footnotes
from exports.docx.numbering import Numbering
from exports.docx.package import Properties, Target, open_blank, save_package
from exports.docx.story import Links, Story


class Manuscript:
    """Write into `body` and the headers and footers, then `save` once."""

    def __init__(self, language: str = "de-DE") -> None:
        self._document = open_blank(language)
        part = self._document.part
        element = self._document.element.body
        self._section = self._document.sections[0]
        self._section_end = element.sectPr
        element.remove(self._section_end)  # comes back as the last element, so that blocks can simply be appended
        self.body = Story(element, Links(part))
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
        self.body.end()
        self.body.element.append(self._section_end)
        save_package(self._document, target, properties)


def _story_in(part: XmlPart) -> Story:
    for child in list(part.element):
        part.element.remove(child)
    return Story(part.element, Links(part))
