"""Documents in a county's letterhead: its headers, styles and margins stay, ours stand in it, nothing personal does."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from pypdf import PageObject, PdfReader

from exports.base_document.base import check_letterhead
from exports.base_document.refusals import Note
from exports.document import Document
from exports.docx.content import MinutesDocument
from exports.docx.document import write_document
from exports.docx.letterhead import Filling, Head, Letterhead
from exports.docx.minutes import write_minutes
from exports.pdf.document import write_document as write_pdf
from exports.pdf.minutes import write_minutes_pdf
from tests.exports.factories import steering_minutes
from tests.exports.letterhead.samples import SAMPLES, landscape, libreoffice, png, replaced, word_german
from tests.exports.reading import W, Written, text_of
from tests.exports.samples import SAMPLE


@cache
def clean(name: str) -> bytes:
    return check_letterhead(SAMPLES[name]()).content


def written(content: MinutesDocument | Document, package: bytes) -> Written:
    stream = BytesIO()
    dressed = replace(content, letterhead=Letterhead(package))
    if isinstance(dressed, MinutesDocument):
        write_minutes(dressed, stream)
    else:
        write_document(dressed, stream)
    return Written(stream.getvalue())


def heads(found: Written) -> list[str]:
    return ["\n".join(text_of(each) for each in root.iter(f"{W}p")) for root in found.headers]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("content", [steering_minutes(), SAMPLE], ids=["minutes", "brief"])
def test_the_text_is_the_same_in_every_letterhead(name: str, content: MinutesDocument | Document) -> None:
    theirs, ours = written(content, clean(name)), written(content, b"")
    assert theirs.lines() == ours.lines()
    assert theirs.tables() == ours.tables()


@pytest.mark.parametrize("name", SAMPLES)
def test_equal_content_gives_equal_bytes(name: str) -> None:
    assert written(SAMPLE, clean(name)).raw == written(SAMPLE, clean(name)).raw
    assert check_letterhead(SAMPLES[name]()).content == clean(name)
    assert check_letterhead(clean(name)).content == check_letterhead(check_letterhead(clean(name)).content).content


@pytest.mark.parametrize(
    ("name", "told"), [("libreoffice", "Am Markt 3"), ("word", "Die Landrätin"), ("landscape", "Querformat")]
)
def test_every_kind_of_page_keeps_its_head_and_says_who_may_read_it(name: str, told: str) -> None:
    found = written(steering_minutes(), clean(name))
    assert any(told in head for head in heads(found))
    for root, head in zip(found.headers, heads(found), strict=True):
        assert "Nicht öffentlich" in head
        assert "Niederschrift LG-09" in head
        assert root.find(f".//{W}pict") is not None  # the draft's mark is on every kind of page
    assert len(found.headers) == {"libreoffice": 1, "word": 3, "landscape": 1}[name]


def test_what_their_header_says_by_placeholders_is_not_said_twice() -> None:
    told = replaced(libreoffice(), "word/header1.xml", "Am Markt 3", "{{ dokument.art }} {{ dokument.nummer }}")
    look = Letterhead(
        check_letterhead(told).content, filling=Filling({"dokument.art": "Niederschrift", "dokument.nummer": "LG-09"})
    )
    stream = BytesIO()
    write_minutes(replace(steering_minutes(), letterhead=look), stream)
    (head,) = heads(Written(stream.getvalue()))
    assert head.count("Niederschrift LG-09") == 1


def test_pages_are_numbered_once() -> None:
    own, theirs = written(SAMPLE, clean("libreoffice")), written(SAMPLE, clean("word"))
    assert ["NUMPAGES" in "".join(root.itertext()) for root in own.footers] == [True]
    assert ["NUMPAGES" in "".join(root.itertext()) for root in theirs.footers] == [False] * 3


def test_styles_are_theirs_where_they_have_them_and_ours_in_their_colour_elsewhere() -> None:
    styles = {each.get(f"{W}styleId"): each for each in written(SAMPLE, clean("libreoffice")).part("word/styles.xml")}
    assert styles["Heading1"].find(f"{W}rPr/{W}color").get(f"{W}val") == "1B5E3C"
    assert styles["TableHead"].find(f"{W}rPr/{W}color").get(f"{W}val") == "1B5E3C"
    assert styles["Heading1"].find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "0"
    names = [
        each.find(f"{W}name").get(f"{W}val").lower() for each in styles.values() if each.find(f"{W}name") is not None
    ]
    assert sorted(names) == sorted(set(names))


def test_a_style_of_theirs_with_one_of_our_ids_keeps_its_look_under_another() -> None:
    found = written(SAMPLE, clean("landscape"))
    styles = {each.get(f"{W}styleId"): each for each in found.part("word/styles.xml").iter(f"{W}style")}
    assert styles["Note"].find(f"{W}name").get(f"{W}val") == "Vermerk"
    assert styles["Note-1"].find(f"{W}name").get(f"{W}val") == "Aktennotiz"
    assert found.headers[0].find(f"{W}p/{W}pPr/{W}pStyle").get(f"{W}val") == "Note-1"


def test_tables_use_the_width_of_the_page() -> None:
    widths = written(steering_minutes(), clean("landscape")).body.iter(f"{W}tblW")
    assert {round(int(each.get(f"{W}w")) * 25.4 / 1440) for each in widths} == {257}


def test_the_language_is_that_of_the_document() -> None:
    english = written(replace(steering_minutes(), language="en-GB"), clean("word"))
    assert b"de-DE" not in english.parts["word/styles.xml"] + english.parts["word/settings.xml"]
    assert english.part("word/styles.xml").find(f".//{W}lang").get(f"{W}val") == "en-GB"


INSERTED = '<w:ins w:author="KANARIE"><w:r><w:t>neu</w:t></w:r></w:ins>'
TRACED = f'<w:p w:rsidR="00AB12CD">{INSERTED}<w:del w:author="KANARIE"/></w:p>'


def test_nothing_of_the_people_who_made_it_is_left() -> None:
    raw = replaced(libreoffice(), "word/header1.xml", "</w:hdr>", f"{TRACED}</w:hdr>")
    checked = check_letterhead(raw)
    assert Note.CHANGES_ACCEPTED in checked.notes
    stream = BytesIO()
    write_document(replace(SAMPLE, letterhead=Letterhead(checked.content)), stream)
    found = Written(stream.getvalue())
    assert "neu" in heads(found)[0]
    everything = b"".join(found.parts.values())
    for trace in (b"KANARIE", b"Musterfrau", b"rsid", b"Svenja Albers", b"python-docx", b"customXml", b"Mustertext"):
        assert trace not in everything, trace


def test_what_was_left_out_is_told() -> None:
    assert Note.BODY_LEFT_OUT in check_letterhead(libreoffice()).notes
    assert Note.NO_ALT_TEXT in check_letterhead(libreoffice()).notes
    assert Note.BODY_LEFT_OUT not in check_letterhead(word_german()).notes
    assert Note.NOT_A4 not in check_letterhead(landscape()).notes


@pytest.mark.parametrize("build", [libreoffice, word_german])
def test_numbers_of_headings_are_taken_off(build: Callable[[], bytes]) -> None:
    numbered = replaced(
        build(), "word/styles.xml", '<w:outlineLvl w:val="0"/>', '<w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    checked = check_letterhead(numbered)
    assert Note.HEADINGS_UNNUMBERED in checked.notes
    assert written(SAMPLE, checked.content).part("word/styles.xml").find(f".//{W}numPr") is None


def test_the_head_of_a_pdf_has_lines_and_logo() -> None:
    head = Head(("Der Landrat", "Kreisstraße 1"), ("Sparkasse",), png(), "Wappen")
    stream = BytesIO()
    write_pdf(replace(SAMPLE, letterhead=Letterhead(head=head)), stream)
    page = PdfReader(BytesIO(stream.getvalue())).pages[0]
    text = page.extract_text()
    assert all(line in text for line in ("Der Landrat", "Kreisstraße 1", "Sparkasse"))
    assert len(page.images) == 1


def test_the_head_of_a_pdf_pushes_the_text_of_the_first_page_alone() -> None:
    head = Head(("Der Landrat", "Kreisstraße 1", "Telefon 1"), (), png(), "Wappen")
    tops = []
    for letterhead in (Letterhead(), Letterhead(head=head)):
        stream = BytesIO()
        write_minutes_pdf(replace(steering_minutes(), letterhead=letterhead), stream)
        pages = PdfReader(BytesIO(stream.getvalue())).pages
        tops.append((height_of(pages[0], "Ort"), height_of(pages[1], "Kreis Sonderau")))
    (own, own_later), (dressed, dressed_later) = tops
    assert own - dressed > 30
    assert own_later == dressed_later


def height_of(page: PageObject, word: str) -> float:
    """How high above the page's foot the first text that begins so stands, in points."""
    found: list[float] = []

    def note(text: str, page_to: list[float], place: list[float], *_font: object) -> None:
        if text.strip().startswith(word):
            found.append(place[5] * page_to[3] + page_to[5])

    page.extract_text(visitor_text=note)
    return found[0]


def test_a_wide_number_does_not_run_into_its_title() -> None:
    minutes = steering_minutes()
    long = replace(minutes, records=tuple(replace(each, number=f"10.{each.number}") for each in minutes.records))
    stops = {}
    for name, content, package in (
        ("own", minutes, b""),
        ("long", long, b""),
        ("theirs", minutes, clean("libreoffice")),
    ):
        (title,) = [
            each for each in written(content, package).body if text_of(each).startswith(("TOP 1\t", "TOP 10.1\t"))
        ]
        stops[name] = int(title.find(f".//{W}tab[@{W}pos]").get(f"{W}pos"))
    assert stops["own"] < stops["theirs"], "nobody knows how wide the county's typeface is"
    assert stops["own"] < stops["long"]


BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Fallback><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:100pt;height:40pt" href="http://x">'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>Auskunft: {{ dokument.</w:t></w:r><w:r><w:t>nummer }}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_a_text_box_of_the_head_stays_and_is_filled() -> None:
    checked = check_letterhead(replaced(libreoffice(), "word/header1.xml", "</w:hdr>", f"{BOX}</w:hdr>"))
    look = Letterhead(checked.content, filling=Filling({"dokument.nummer": "LG-09"}))
    stream = BytesIO()
    write_document(replace(SAMPLE, letterhead=look), stream)
    found = Written(stream.getvalue())
    assert "Auskunft: LG-09" in heads(found)[0]
    assert b"http://x" not in found.parts["word/header1.xml"]
