"""Footnotes: their own part of the package, created with the first one."""

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from exports.docx.fields import Bookmarks, add_field
from exports.docx.formats import RunFormat
from exports.docx.story import Links, Story
from exports.docx.xml import Element, add

MARK = RunFormat(style="FootnoteReference")
SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class Footnotes:
    """The footnotes of one document, numbered by Word in the order of their marks."""

    def __init__(self, document_part: Part, bookmarks: Bookmarks) -> None:
        self._document_part = document_part
        self._bookmarks = bookmarks
        self._root: Element | None = None
        self._links: Links | None = None
        self._count = 0

    def new(self, paragraph: Element) -> "Footnote":
        """Set a mark at the end of the paragraph; returns the note whose story can be filled now or later."""
        root, links = self._part()
        self._count += 1
        bookmark = self._bookmarks.name(f"Fussnote_{self._count}")
        begun = self._bookmarks.open(paragraph, bookmark)
        run = add(paragraph, "r")
        MARK.write(run)
        add(run, "footnoteReference", id=self._count)
        self._bookmarks.close(paragraph, begun)
        return Footnote(self._count, bookmark, Story(add(root, "footnote", id=self._count), links))

    def _part(self) -> tuple[Element, Links]:
        if self._root is None or self._links is None:
            root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
            for name, identifier in SEPARATORS:
                separator = add(root, "footnote", type=name, id=identifier)
                add(add(add(separator, "p"), "r"), name)
            package = self._document_part.package
            part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, package)
            self._document_part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
            self._root, self._links = root, Links(part)
        return self._root, self._links


class Footnote:
    """One footnote: its number, the bookmark around its mark, and the story of its text."""

    def __init__(self, number: int, bookmark: str, story: Story) -> None:
        self.number = number
        self.story = story
        self._bookmark = bookmark

    def refer_again(self, paragraph: Element) -> None:
        """A second mark for the same note; Word allows only a reference to the first one."""
        add_field(paragraph, f"NOTEREF {self._bookmark} \\f \\h", str(self.number), MARK)

    @staticmethod
    def write_mark(paragraph: Element) -> None:
        """The number in front of the note's own text."""
        run = add(paragraph, "r")
        MARK.write(run)
        add(run, "footnoteRef")
