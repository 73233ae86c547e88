"""The Word file of a short document."""

from dataclasses import replace
from io import BytesIO

import pytest

from exports.document import Document, Table
from exports.docx.document import write_document
from exports.docx.xml import bound
from tests.exports.reading import Written, text_of
from tests.exports.samples import SAMPLE


def written(document: Document) -> Written:
    stream = BytesIO()
    write_document(document, stream)
    return Written(stream.getvalue())


def test_title_sections_and_facts_stand_in_their_styles() -> None:
    document = written(SAMPLE)
    assert document.lines("Title") == [bound(SAMPLE.title)]
    assert document.lines("Heading1") == ["Problem", "Was gesehen wurde", "Was schon versucht wurde"]
    assert document.lines("Heading2") == ["Genauer"]
    assert document.lines("Note") == ["Leitfrage: Wie bleibt der Aufenthalt gesichert?"]
    assert document.lines("ItemFacts")[-1].startswith("Auskunft: Koordination")
    assert document.tables()[-1][0] == ["Fehlstelle", "Gewicht", "Fälle"]


def test_the_classification_stands_on_the_first_page_and_on_all_others() -> None:
    heads = [text_of(head) for head in written(SAMPLE).headers]
    assert len(heads) == 2
    assert all(SAMPLE.classification in head for head in heads)


def test_every_page_is_numbered() -> None:
    assert all("Seite 1 von 1" in text_of(foot) for foot in written(SAMPLE).footers)


def test_equal_content_gives_equal_bytes() -> None:
    first, second = BytesIO(), BytesIO()
    write_document(SAMPLE, first)
    write_document(SAMPLE, second)
    assert first.getvalue() == second.getvalue()


def test_only_a_draft_carries_the_watermark() -> None:
    def marked(document: Document) -> bool:
        parts = written(document).parts
        return any(b"ENTWURF" in content for name, content in parts.items() if name.startswith("word/header"))

    assert marked(replace(SAMPLE, is_draft=True))
    assert not marked(SAMPLE)


def test_a_row_has_one_cell_per_column() -> None:
    with pytest.raises(ValueError, match="one cell per column"):
        Table("x", ("a", "b"), (("1",),))
