"""The comparison as files: the same marks, neutral names, nothing of what a case tells."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def test_the_sheet_has_a_row_per_case_and_sums(demo: Demo) -> None:
    answer = demo.client("p-albers").get("/fallvergleich.xlsx")
    assert answer.headers["Cache-Control"] == "no-store"
    book = load_workbook(BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[0] for row in rows][1:-1] == ["Lärche", "Erle", "Linde", "Weide", "Ahorn", "Birke", "Eiche"]
    assert rows[0][1].startswith("F-20")
    assert {cell for row in rows[1:-1] for cell in row[1:-1] if cell} <= {
        "✕ Bruch",
        "⌒ Brücke",
        "✕⌒ beides",
        "● erwähnt",
    }
    about = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert "Vertraulich" in about["Einstufung"]
    assert "1 Brücke, 2 Brüche" in about.values()


def test_no_title_of_a_case_is_in_a_file(demo: Demo) -> None:
    client = demo.client("p-albers")
    document = Document(BytesIO(client.get("/fallvergleich.docx?spalten=lebensbereiche").data))
    words = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    words += " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "Ahorn" in words
    assert "Familie Ahorn" not in words
    assert "sechs Wochen ohne Geld" not in words
    assert "Wohnen" in words


@pytest.mark.parametrize("person", ["p-brandes", "p-oezer"])
def test_who_may_read_no_case_gets_an_empty_list(demo: Demo, person: str) -> None:
    book = load_workbook(BytesIO(demo.client(person).get("/fallvergleich.xlsx").data))
    words = {str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert not [word for word in words if "Ahorn" in word or "Brücke" in word]
