"""What may not leave the house is in no public document: not in its text, its parts, its properties, its raw bytes."""

import io
import re
import zipfile

import docx
import pytest
from pypdf import PdfReader

from exports.minutes_files import as_docx, as_pdf, document_of
from meetings.minutes import actions
from meetings.minutes.publicity import public_sheet
from meetings.minutes.queries import sheet_by_key
from tests.meetings.minutes.walking import hold
from tests.meetings.walk import OFFICE
from tests.support.demo import Demo

CANARY = "KANARIE"
AUTHOR = "Svenja Albers"
PUBLIC_TEXT = "Öffentlich beraten."


def unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        return "\n".join([*package.namelist(), *parts])


def told(pdf: PdfReader) -> str:
    pages = "\n".join(page.extract_text() for page in pdf.pages)
    return re.sub(r"-\n", "", pages)


def streams(pdf: PdfReader) -> str:
    """Every object of the file, its streams unpacked."""
    found = [str(pdf.metadata), str(pdf.trailer)]
    for number in range(1, len(pdf.xref_objStm) + len(pdf.xref.get(0, {})) + 1):
        element = pdf.get_object(number)
        found.append(str(element))
        if hasattr(element, "get_data"):
            found.append(element.get_data().decode("latin-1"))
    return "\n".join(found)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_nothing_that_is_not_public_is_in_the_public_version(demo: Demo) -> None:
    hold(demo)
    demo.perform(OFFICE, actions.save_block, "LG-09", "4", f"{CANARY}FASSUNG gelöscht", 0)
    demo.perform(OFFICE, actions.save_block, "LG-09", "4", PUBLIC_TEXT, 1)
    demo.perform(OFFICE, actions.save_block, "LG-09", "7", f"{CANARY}TEXT nicht öffentlich", 0)
    with demo.session() as session:
        sheet = sheet_by_key(session, "LG-09")
        assert sheet is not None
        full, public = document_of(session, sheet), document_of(session, public_sheet(sheet))
        people = {seat.holder for seat in sheet.seats if seat.holder} - {sheet.chair, sheet.minute_taker}
    word, pdf = as_docx(public), PdfReader(io.BytesIO(as_pdf(public)))
    everything = {"docx": unzipped(word), "pdf text": told(pdf), "pdf objects": streams(pdf)}
    for place, content in everything.items():
        assert CANARY not in content, place
        assert AUTHOR not in content, place
        assert not [name for name in people if name in content], place
        assert "rsid" not in content or place != "docx", "no ids of revisions"
    assert "comments" not in everything["docx"]
    assert PUBLIC_TEXT in everything["docx"]
    assert PUBLIC_TEXT in everything["pdf text"]
    assert "Einsetzung einer Projektgruppe" in everything["pdf text"], "the heading stays"

    inside = unzipped(as_docx(full))
    assert f"{CANARY}TEXT" in inside
    assert f"{CANARY}FASSUNG" not in inside, "not even the full version has a text that was replaced"
    core = docx.Document(io.BytesIO(word)).core_properties
    assert core.author == "Kreis Sonderau"
    assert not core.last_modified_by
