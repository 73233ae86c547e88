"""What may not come in as a letterhead is refused with a reason; nothing that anybody uploads ends in an error page."""

import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.base_document import opening
from exports.base_document.base import check_letterhead, check_template
from exports.base_document.pictures import checked_picture
from exports.base_document.refusals import Fault, Refused
from tests.exports.letterhead.samples import changed, libreoffice, png, replaced, saved

RELS = "word/_rels/document.xml.rels"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GOOD = libreoffice()


def added_relation(kind: str, target: str, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    row = f'<Relationship Id="rX9" Type="{TYPE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return replaced(GOOD, RELS, "</Relationships>", row)


def in_body(xml: str) -> bytes:
    return replaced(GOOD, "word/document.xml", "<w:body>", f"<w:body>{xml}")


def with_part(name: str, content: bytes) -> bytes:
    return changed(GOOD, lambda parts: parts.update({name: content}))


def field(*instructions: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in instructions)
    begin, end = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return f"<w:p>{begin}{runs}{end}</w:p>"


def entities() -> bytes:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    return replaced(GOOD, "word/styles.xml", "<w:styles", f"{bomb}<w:styles")


def zip_bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", b"\0" * (45 * 1024 * 1024))
    return stream.getvalue()


def many_parts() -> bytes:
    return changed(GOOD, lambda parts: parts.update({f"word/x{number}.xml": b"<a/>" for number in range(500)}))


def narrow() -> bytes:
    document = Document()
    document.sections[0].page_width, document.sections[0].left_margin = Mm(210), Mm(90)
    return saved(document)


def huge_picture() -> bytes:
    picture = png(4, 4)
    vast = picture[:16] + (30_000).to_bytes(4, "big") * 2 + picture[24:]
    return changed(GOOD, lambda parts: parts.update({"word/media/image1.png": vast}))


def picture(content: bytes) -> bytes:
    return changed(GOOD, lambda parts: parts.update({"word/media/image1.png": content}))


def behind_a_text(content: bytes) -> bytes:
    """The picture with a text before its head, which says 8 × 8 where the head is looked for."""
    told = (8).to_bytes(4, "big") * 2
    chunk = struct.pack(">I", len(told)) + b"tEXt" + told + struct.pack(">I", zlib.crc32(b"tEXt" + told))
    return content[:8] + chunk + content[8:]


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xda\0\2" + bytes(20) + b"\xff\xd9"


def frame(width: int, height: int) -> bytes:
    return b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width) + bytes(10)


def skipped_frame() -> bytes:
    """A vast frame behind a marker that has no length; who takes one there looks at the small frame far behind."""
    return jpeg(b"\xff\x01", frame(60_000, 60_000).ljust(0xFFC0, b"\0"), frame(8, 8))


def renamed(part: str, name: str) -> bytes:
    """The part under another name that everything refers to, with a field that fetches."""

    def change(parts: dict[str, bytes]) -> None:
        told = field(" INCLUDE", "PICTURE http://boese.example/x").encode()
        parts[f"word/{name}"] = parts.pop(f"word/{part}").replace(b"<w:p>", told + b"<w:p>", 1)
        rows = parts.pop(f"word/_rels/{part}.rels", None)
        if rows is not None:
            parts[f"word/_rels/{name}.rels"] = rows
        for each in ("[Content_Types].xml", "_rels/.rels", RELS):
            parts.update({each: parts[each].replace(part.encode(), name.encode())} if each in parts else {})

    return changed(GOOD, change)


def content_type(old: str, new: str) -> bytes:
    return replaced(GOOD, "[Content_Types].xml", old, new)


MAIN = "wordprocessingml.document.main+xml"
CASES: dict[str, tuple[Callable[[], bytes], Fault]] = {
    "nothing": (lambda: b"", Fault.EMPTY),
    "a renamed PDF": (lambda: b"%PDF-1.7 ...", Fault.PDF),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), Fault.OLD_WORD),
    "with a password": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), Fault.ENCRYPTED),
    "a text": (lambda: b"Kopf", Fault.NOT_WORD),
    "too large": (lambda: b"PK" + bytes(6 * 1024 * 1024), Fault.TOO_LARGE),
    "half a file": (lambda: GOOD[:900], Fault.BROKEN),
    "a sheet": (lambda: content_type(MAIN, "spreadsheetml.sheet.main+xml"), Fault.NOT_WORD),
    "macros by type": (lambda: content_type(MAIN, "ms-word.document.macroEnabled.main+xml"), Fault.MACROS),
    "macros by part": (lambda: with_part("word/vbaProject.bin", b"\xd0\xcf"), Fault.MACROS),
    "a bomb": (zip_bomb, Fault.BOMB),
    "five hundred parts": (many_parts, Fault.BOMB),
    "an archive inside": (lambda: with_part("word/embeddings/a.bin", b"PK\x03\x04" + bytes(40)), Fault.NESTED),
    "an OLE object": (lambda: in_body("<w:p><w:r><w:object/></w:r></w:p>"), Fault.EMBEDDED),
    "ActiveX": (lambda: added_relation("control", "activeX/a.xml", external=False), Fault.EMBEDDED),
    "a linked picture": (lambda: added_relation("image", "https://boese.example/x.png"), Fault.EXTERNAL),
    "a link to a file": (lambda: added_relation("hyperlink", "file:///c:/x.exe"), Fault.EXTERNAL),
    "a remote template": (lambda: added_relation("attachedTemplate", "\\\\server\\x.dotm"), Fault.REMOTE_TEMPLATE),
    "another text": (lambda: in_body("<w:altChunk/>"), Fault.FOREIGN_TEXT),
    "entities": (entities, Fault.ENTITIES),
    "a field that fetches": (lambda: in_body(field(" INCLUDE", "PICTURE http://x")), Fault.FIELD),
    "a field that runs": (lambda: in_body('<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\x"/></w:p>'), Fault.FIELD),
    "a metafile": (
        lambda: changed(GOOD, lambda parts: parts.update({"word/media/image1.png": b"\x01\0\0\0" + bytes(90)})),
        Fault.PICTURE_KIND,
    ),
    "half a picture": (
        lambda: changed(GOOD, lambda parts: parts.update({"word/media/image1.png": png()[:60]})),
        Fault.PICTURE_BROKEN,
    ),
    "a picture of 900 megapixels": (huge_picture, Fault.PICTURE_SIZE),
    "a picture that hides its head": (lambda: picture(behind_a_text(png())), Fault.PICTURE_BROKEN),
    "a photograph with two frames": (lambda: picture(jpeg(frame(60_000, 60_000), frame(8, 8))), Fault.PICTURE_BROKEN),
    "a photograph with a marker alone": (lambda: picture(skipped_frame()), Fault.PICTURE_BROKEN),
    "a header under the name of a text": (lambda: renamed("header1.xml", "header1.txt"), Fault.BROKEN),
    "a header under a loud name": (lambda: renamed("header1.xml", "header1.XML"), Fault.BROKEN),
    "a document under another name": (lambda: renamed("document.xml", "document.bin"), Fault.BROKEN),
    "a field that links to a file": (lambda: in_body(field(' HYPERLINK "file:///c:/x.exe"')), Fault.EXTERNAL),
    "a field that links to a share": (lambda: in_body(field(' HYPERLINK "\\\\\\\\boese\\\\x"')), Fault.EXTERNAL),
    "a field without a name": (lambda: in_body(field(' "INCLUDEPICTURE" http://x')), Fault.FIELD),
    "a narrow page": (narrow, Fault.PAGE_NARROW),
}


@pytest.mark.parametrize("name", CASES)
def test_what_must_not_come_in_is_refused_with_its_reason(name: str) -> None:
    build, fault = CASES[name]
    with pytest.raises(Refused) as refused:
        check_letterhead(build())
    assert fault in [problem.fault for problem in refused.value.problems]


@pytest.mark.parametrize(
    "link", ['"https://kreis.example/amt" \\o "Zum Amt"', '\\l "unten"', "mailto:amt@kreis.example", '"tel:+49521" \\h']
)
def test_links_that_a_reader_may_follow_are_taken(link: str) -> None:
    check_letterhead(in_body(field(f" HYPERLINK {link} ")))


def test_footnotes_are_refused_in_templates_only() -> None:
    noted = in_body('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>')
    check_letterhead(noted)
    with pytest.raises(Refused, match="footnotes"):
        check_template(noted)


def test_a_lie_about_the_size_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_PART", 1000)
    with pytest.raises(Refused, match="bomb"):
        opening.opened(GOOD)


def tried(raw: bytes) -> None:
    for check in (check_letterhead, check_template):
        with suppress(Refused):
            check(raw)


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(GOOD) - 1), st.booleans())
def test_no_bytes_raise_anything_but_a_refusal(noise: bytes, place: int, prefixed: bool) -> None:
    tried(noise)
    tried(GOOD[:place] + noise + (GOOD[place + len(noise) :] if prefixed else GOOD[place:]))


PARTS = (
    "word/document.xml",
    "word/styles.xml",
    "word/header1.xml",
    "word/_rels/document.xml.rels",
    "word/settings.xml",
)
FRAGMENTS = (
    "",
    "<w:x/>",
    '<w:sectPr><w:pgSz w:w="a"/></w:sectPr>',
    '<w:sectPr><w:pgMar w:left="99999"/></w:sectPr>',
    '<w:style w:styleId=""/>',
    '<w:p><w:hyperlink r:id="none"/></w:p>',
    "<w:p><w:r><w:t>{{</w:t></w:r></w:p>",
    "<w:sdt/>",
    "<w:ins/>",
    "\0",
    "&x;",
)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(PARTS), st.integers(0, 4000), st.sampled_from(FRAGMENTS), st.integers(0, 60))
def test_no_damage_to_a_part_raises_anything_but_a_refusal(part: str, place: int, put: str, cut: int) -> None:
    def change(parts: dict[str, bytes]) -> None:
        old = parts.get(part, b"")
        at = old.find(b">", min(place, len(old))) + 1
        parts[part] = old[:at] + put.encode() + old[at + cut :]

    tried(changed(GOOD, change))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.sampled_from((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"")))
def test_no_picture_raises_anything_but_a_refusal(noise: bytes, head: bytes) -> None:
    with suppress(Refused):
        checked_picture(head + noise)
