"""The PDF of a short document: accessible, archivable, the same text as in Word, and nobody's text becomes code."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from exports.document import Document
from exports.docx.document import write_document as write_docx
from exports.docx.xml import bound
from exports.pdf import write_document
from tests.exports.reading import W, Written
from tests.exports.reading import text_of as text_in
from tests.exports.samples import SAMPLE, with_text


def pdf_of(document: Document) -> PdfReader:
    return PdfReader(BytesIO(raw(document)))


def raw(document: Document) -> bytes:
    stream = BytesIO()
    write_document(document, stream)
    return stream.getvalue()


def text_of(pdf: PdfReader) -> str:
    joined = "\n".join(page.extract_text() for page in pdf.pages)
    return " ".join(re.sub(r"-\n", "", joined).split())


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", text.replace("\u00ad", "")))


@pytest.fixture(scope="module")
def sample() -> PdfReader:
    return pdf_of(SAMPLE)


def structure(pdf: PdfReader) -> list[str]:
    """The roles of the tagged content in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        element = node.get_object()
        if isinstance(element, list):
            for child in element:
                walk(child)
        elif isinstance(element, dict) and "/S" in element:
            found.append(str(element["/S"]))
            if "/K" in element:
                walk(element["/K"])

    catalog: Any = pdf.trailer["/Root"]
    walk(catalog["/StructTreeRoot"]["/K"])
    return found


def test_the_file_says_that_it_keeps_both_standards(sample: PdfReader) -> None:
    catalog: Any = sample.trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]) in ("de", "de-DE")
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/OutputIntents" in catalog


def test_title_and_origin_name_no_person(sample: PdfReader) -> None:
    told = sample.metadata
    assert told is not None
    assert told.title == f"Themensteckbrief T-03: {bound(SAMPLE.title)}"
    assert told.author == "Kreis Sonderau"


def test_headings_lists_and_tables_are_tagged_as_such(sample: PdfReader) -> None:
    roles = structure(sample)
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/Note"} <= set(roles)
    assert roles.count("/Table") == 2


def test_every_font_is_ours_and_embedded(sample: PdfReader) -> None:
    resources: list[Any] = [page["/Resources"] for page in sample.pages]
    fonts = [font.get_object() for each in resources for font in each["/Font"].values()]
    assert all("FiraSans" in str(font["/BaseFont"]) or "DejaVuSansMono" in str(font["/BaseFont"]) for font in fonts)
    assert all("/FontFile2" in _descriptor(font) or "/FontFile3" in _descriptor(font) for font in fonts)


def _descriptor(font: Any) -> Any:
    return font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()


def test_word_and_pdf_say_the_same() -> None:
    stream = BytesIO()
    write_docx(SAMPLE, stream)
    paragraphs = [text_in(each) for story in Written(stream.getvalue()).stories for each in story.iter(f"{W}p")]
    assert words(" ".join(paragraphs)) == words(text_of(pdf_of(SAMPLE)))


def test_equal_content_gives_equal_bytes() -> None:
    assert raw(SAMPLE) == raw(SAMPLE)


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/cetz:0.3.0"',
        '#read("/etc/passwd")',
        "$x^2$ @label <label> \\ \\u{41}",
        "= kein Titel",
        "[[verschachtelt]] #{1+1} #sys.inputs",
    ],
)
def test_what_people_type_is_text_and_never_markup(text: str) -> None:
    shown = text_of(pdf_of(replace(with_text(text.replace("\\", "\\\\")), title=text)))
    plain = " ".join(text.split())
    assert shown.count(plain) >= 2, shown


def test_html_is_shown_and_not_read() -> None:
    assert "<script>alert(1)</script>" in text_of(pdf_of(with_text("Hier <script>alert(1)</script>.")))


def test_a_link_leads_to_the_web_and_nowhere_else() -> None:
    pdf = pdf_of(with_text("[eins](https://example.org) [zwei](javascript:alert(1)) [drei](file:///etc/passwd)"))
    links = [
        str(note.get_object()["/A"]["/URI"]) for note in pdf.pages[0].get("/Annots", []) if "/A" in note.get_object()
    ]
    assert links == ["https://example.org"]


def test_a_long_text_flows_on_with_its_classification_on_every_page() -> None:
    pdf = pdf_of(with_text("\n\n".join(f"Absatz {number}. " + "Wort " * 60 for number in range(40))))
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert len(pages) > 2
    assert all(SAMPLE.classification in page for page in pages)
    assert all(f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "Absatz 39." in pages[-1]
    assert "Auskunft" in pages[-1]


def test_one_topic_fits_on_one_page(sample: PdfReader) -> None:
    assert len(sample.pages) == 1


def test_only_a_draft_says_so_across_the_page(sample: PdfReader) -> None:
    assert "ENTWURF" not in text_of(sample)
    assert "ENTWURF" in text_of(pdf_of(replace(SAMPLE, is_draft=True)))


def test_english_is_hyphenated_and_read_out_as_english() -> None:
    catalog: Any = pdf_of(replace(SAMPLE, language="en-GB")).trailer["/Root"]
    assert str(catalog["/Lang"]).startswith("en")


@settings(max_examples=40)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_becomes_a_page(text: str, title: str) -> None:
    assert raw(replace(with_text(text), title=title or "T")).startswith(b"%PDF-1.7")


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                "# a",
                "### b",
                "- c",
                "  - d",
                "1. e",
                "> f",
                "| g |\n|--|\n| h |",
                "```\ni",
                "",
                "---",
                "[^1]",
                "[^1]: n",
                "*x",
                "**y**",
                "`z`",
                "[l](http://a.b)",
                "![p](q)",
                "- [ ] t",
            ]
        ),
        max_size=8,
    )
)
def test_any_markdown_becomes_a_page(lines: list[str]) -> None:
    assert raw(with_text("\n".join(lines))).startswith(b"%PDF-1.7")
