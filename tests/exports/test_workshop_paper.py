"""The list to sign as a file: everybody who is expected, room for others, no case, and not for guests."""

from io import BytesIO

import pytest
from docx import Document

from tests.knowledge.workshops.planned import planned
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def test_the_list_names_people_and_agencies_and_no_case(demo: Demo) -> None:
    key = planned(demo)
    client = demo.client("p-albers")
    document = Document(BytesIO(client.get(f"/workshops/{key}/papier/anwesenheit.docx").data))
    words = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    words += " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "Holger Brandes" in words
    assert "Mit meiner Unterschrift" in words
    assert "Erle" not in words
    assert client.get(f"/workshops/{key}/papier/anwesenheit.pdf").data.startswith(b"%PDF-")
    for suffix in ("docx", "pdf"):
        assert demo.client("p-brandes").get(f"/workshops/{key}/papier/anwesenheit.{suffix}").status_code == 404
