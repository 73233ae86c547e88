"""Files in REFI-QDA: valid against the standard's own schemas, the same bytes each time, positions that hold."""

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exports.refi_qda import (
    PROJECT,
    Attached,
    Case,
    Code,
    Note,
    Project,
    Selection,
    Source,
    User,
    codebook_file,
    project_file,
    project_xml,
)

HERE = Path(__file__).parent
CODEBOOK_SCHEMA = etree.XMLSchema(etree.parse(HERE / "Codebook.xsd"))
PROJECT_SCHEMA = etree.XMLSchema(etree.parse(HERE / "Project.xsd"))
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAMES = {"q": PROJECT}


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


CODES = (Code(guid(1), "Warten", "Definition", "#1F5FBF", children=(Code(guid(2), "am Schalter"),)),)
TEXT = "Erst 🏠 kam nichts,\ndann „alles“ & <mehr>."


def whole(text: str = TEXT, memo: str = "Memo", name: str = "Fall") -> Project:
    attached = Attached(guid(10), guid(2), guid(3), AT, guid(11))
    selection = Selection(guid(12), "kam", 5, 10, guid(3), AT, (attached,))
    return Project(
        name=name,
        description="Vertraulich",
        user_guid=guid(3),
        at=AT,
        users=(User(guid(3), "Person 1"),),
        codes=CODES,
        cases=(Case(guid(4), name, (guid(5),)),),
        sources=(Source(guid(5), name, text, (selection,)),),
        notes=(Note(guid(11), "Memo", memo, guid(3), AT),),
    )


def test_a_codebook_is_valid_and_keeps_its_tree() -> None:
    written = etree.fromstring(codebook_file(CODES))
    CODEBOOK_SCHEMA.assertValid(written)
    inner = written.findall(".//{*}Code/{*}Code")
    assert [code.get("name") for code in inner] == ["am Schalter"]
    with pytest.raises(ValueError, match="without codes"):
        codebook_file([])


def test_a_project_is_valid_and_holds_its_texts() -> None:
    archive = zipfile.ZipFile(io.BytesIO(project_file(whole())))
    assert archive.namelist() == ["project.qde", f"sources/{guid(5)}.txt"]
    root = etree.fromstring(archive.read("project.qde"))
    PROJECT_SCHEMA.assertValid(root)
    text = archive.read(f"sources/{guid(5)}.txt").decode()
    selection = root.find(".//q:PlainTextSelection", NAMES)
    start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
    assert text[start:end] == "🏠 kam"


def test_every_reference_leads_somewhere() -> None:
    root = etree.fromstring(project_xml(whole()))
    there = {element.get("guid") for element in root.iter() if element.get("guid")}
    asked = {
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if name in ("targetGUID", "creatingUser", "creatingUserGUID", "modifyingUserGUID")
    }
    assert asked <= there
    assert len(there) == sum(1 for element in root.iter() if element.get("guid")), "no GUID is given twice"


def test_an_empty_project_is_valid() -> None:
    root = etree.fromstring(project_xml(Project("leer", "", guid(3), AT)))
    PROJECT_SCHEMA.assertValid(root)


def test_the_same_project_gives_the_same_bytes() -> None:
    assert project_file(whole()) == project_file(whole())


@settings(max_examples=40)
@given(text=st.text(min_size=10, max_size=60), memo=st.text(max_size=30), name=st.text(min_size=1, max_size=20))
def test_any_text_is_written_validly_and_keeps_its_positions(text: str, memo: str, name: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(project_file(whole(text, memo, name))))
    PROJECT_SCHEMA.assertValid(etree.fromstring(archive.read("project.qde")))
    kept = archive.read(f"sources/{guid(5)}.txt").decode()
    assert len(kept) == len(text)
    assert all(one == other or re.match("\ufffd", one) for one, other in zip(kept, text, strict=True))
