"""Taking the codebook and cases away: valid files, no names, only what the reader may see, recorded without content."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from sqlmodel import col, select

from app.core.records import AuditEntry
from app.people.models import Person
from exports.refi_qda import PROJECT
from exports.refi_qda_content import naming
from knowledge.cases.models import Case
from knowledge.cases.states import CaseState
from knowledge.coding import actions, actions_review
from knowledge.coding.actions import Marked
from knowledge.coding.rules import GAP, Target
from tests.knowledge.coding.coded import CASE, category, coded, texts
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
HERE = Path(__file__).parent
CODEBOOK_SCHEMA = etree.XMLSchema(etree.parse(HERE / "Codebook.xsd"))
PROJECT_SCHEMA = etree.XMLSchema(etree.parse(HERE / "Project.xsd"))
NAMES = {"q": PROJECT}
TAKE = f"/auswertung/export.qdpx?fall={CASE}&bestaetigt=ja"


def archive_of(demo: Demo, person: str, address: str = TAKE) -> zipfile.ZipFile:
    answer = demo.client(person).get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(answer.data))


def project(demo: Demo, person: str) -> etree._Element:
    root = etree.fromstring(archive_of(demo, person).read("project.qde"))
    PROJECT_SCHEMA.assertValid(root)
    return root


def everything(demo: Demo, person: str) -> str:
    archive = archive_of(demo, person)
    return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_the_codebook_as_a_file(demo: Demo) -> None:
    assert demo.client("p-albers").get("/kategorien/export.qdc").status_code == 422
    top = category(demo, rule="Nur nach der Frist", example="Ein Antrag bleibt liegen")
    category(demo, "Warten auf Termin", parent_key=top.key)
    written = etree.fromstring(demo.client("p-terhorst").get("/kategorien/export.qdc").data)
    CODEBOOK_SCHEMA.assertValid(written)
    code = written.find(".//{*}Code")
    assert code.get("guid") == top.guid
    assert "Nur nach der Frist" in code.findtext("{*}Description")


def test_a_case_with_codings_memos_and_gaps(demo: Demo) -> None:
    made = category(demo)
    coded(demo, "p-terhorst", made, words=5)
    coded(demo, "p-albers", made, words=5)
    gap = [Target(GAP, 1)]
    demo.perform("p-albers", actions.attach, CASE, Marked(texts(demo)[1].key, 0, 10), gap)
    root = project(demo, "p-albers")
    assert len(root.findall(".//q:TextSource", NAMES)) == len(texts(demo))
    owners = [each.get("creatingUser") for each in root.findall(".//q:PlainTextSelection", NAMES)]
    assert (len(owners), len(set(owners))) == (3, 2), "programs read the owner off the selection"
    assert len(root.findall(".//q:Coding", NAMES)) == 3
    assert len(root.findall(".//q:Note", NAMES)) == 2
    assert {user.get("name") for user in root.findall(".//q:User", NAMES)} == {"Person 1", "Person 2"}
    archive = archive_of(demo, "p-albers")
    for source in root.findall(".//q:TextSource", NAMES):
        text = archive.read(source.get("plainTextPath").replace("internal://", "sources/")).decode()
        for selection in source.findall("q:PlainTextSelection", NAMES):
            marked = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            assert marked == marked.strip() != ""


def test_a_file_names_no_person_of_the_county(demo: Demo) -> None:
    coded(demo, "p-terhorst", category(demo))
    written = everything(demo, "p-albers")
    with demo.session() as session:
        names = session.exec(select(Person.name)).all()
    assert [name for name in names if name in written] == []


def test_guids_stay_and_tell_nothing(demo: Demo) -> None:
    coded(demo, "p-terhorst", category(demo))
    one, other = everything(demo, "p-albers"), everything(demo, "p-albers")
    assert [line for line in one.split() if "guid=" in line] == [line for line in other.split() if "guid=" in line]
    assert naming(b"a", 1)("person", 1) != naming(b"b", 1)("person", 1)
    assert naming(b"a", 1)("person", 1) != naming(b"a", 2)("person", 1)


def test_a_blind_round_hides_others_codings_from_the_file(demo: Demo) -> None:
    made = category(demo)
    demo.perform("p-albers", actions_review.open_round, CASE, True)
    coded(demo, "p-terhorst", made)
    assert project(demo, "p-albers").findall(".//q:Coding", NAMES) == []
    assert len(project(demo, "p-terhorst").findall(".//q:Coding", NAMES)) == 1


def test_only_readable_checked_cases_and_only_when_confirmed(demo: Demo) -> None:
    client = demo.client("p-terhorst")
    assert client.get(f"/auswertung/export.qdpx?fall={CASE}").status_code == 422
    assert client.get("/auswertung/export.qdpx?fall=birke&bestaetigt=ja").status_code == 422
    offered = client.get("/auswertung/export").get_data(as_text=True)
    assert "Ahorn" in offered
    assert "Birke" not in offered
    for person in ("p-brandes", "p-diallo", "p-wieland"):
        assert demo.client(person).get(TAKE).status_code == 404

    def make_draft(work: object) -> None:
        session = work.session  # type: ignore[attr-defined]
        case = session.exec(select(Case).where(col(Case.key) == CASE)).one()
        case.state = CaseState.DRAFT
        session.add(case)
        work.record("case.edited", case)  # type: ignore[attr-defined]

    demo.perform("p-albers", make_draft)
    assert client.get(TAKE).status_code == 422


def test_the_page_says_what_the_file_holds_and_the_export_is_recorded(demo: Demo) -> None:
    coded(demo, "p-terhorst", category(demo))
    page = demo.client("p-albers").get(f"/auswertung/export?fall={CASE}").get_data(as_text=True)
    assert "Falltexte verlassen Lückenlos" in page
    quote = " ".join(texts(demo)[0].text.split()[:3])
    assert quote not in page
    demo.client("p-albers").get(TAKE)
    with demo.session() as session:
        entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq).desc()).limit(2)).all()
    assert {entry.action for entry in entries} == {"codings.exported", "case.read"}
    assert all(quote not in entry.facts for entry in entries)
