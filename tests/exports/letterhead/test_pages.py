"""The pages of letterheads: who may open them, uploading and taking back, and that the documents then look so."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from exports.letterhead import actions
from exports.letterhead.checking import checked_upload
from exports.letterhead.states import ADDRESSES, Purpose
from tests.exports.letterhead.samples import libreoffice, png, template, word_german
from tests.exports.reading import Written
from tests.meetings.walk import OFFICE
from tests.support.demo import Demo, hidden_fields, post
from tests.support.house_rules import HouseClient

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
COUNTY = "/kreis/vorlagen/kreis"
DOCUMENTS = (
    "/sitzungen/LG-09/einladung.docx",
    "/sitzungen/LG-09/anschreiben.docx",
    "/sitzungen/LG-09/niederschrift.docx",
    "/sitzungen/LG-09/niederschrift-oeffentlich.docx",
    "/sitzungen/LG-09/papier/anwesenheit.docx",
    "/beschluesse/D-08-3/auszug.docx",
    "/beschlusskontrolle.docx",
    "/themen/T-03/steckbrief.docx",
)


def sent(client: HouseClient, address: str, raw: bytes, name: str = "Kopf.docx", **data: Any) -> Any:
    page = client.get(address).get_data(as_text=True)
    content = {**hidden_fields(page), "file": (BytesIO(raw), name), **data}
    return client.post(address, data=content, content_type="multipart/form-data")


def put(demo: Demo, purpose: Purpose, raw: bytes, place: str = "kreis") -> int:
    checked = checked_upload(raw, purpose, "Kreis Sonderau")
    return int(demo.perform(OFFICE, actions.put_to_use, place, purpose, "Kopf.docx", checked).id)


def taken(client: HouseClient, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return bytes(answer.data)


def body_key(demo: Demo) -> str:
    return str(demo.client(OFFICE).get("/sitzungen/LG-09").get_data(as_text=True).split("/gremien/")[1].split('"')[0])


def test_every_document_comes_in_the_letterhead(demo: Demo) -> None:
    client = demo.client(OFFICE)
    assert sent(client, f"{COUNTY}/briefkopf", libreoffice()).status_code == 303
    for address in DOCUMENTS:
        found = Written(taken(client, address))
        assert any("Am Markt 3" in "".join(root.itertext()) for root in found.headers), address
        assert found.reopened().core_properties.last_modified_by == ""
    page = client.get(f"{COUNTY}/briefkopf").get_data(as_text=True)
    assert "Kopf.docx" in page
    assert "Svenja Albers" in page
    assert b"Am Markt 3" in Written(taken(client, f"{COUNTY}/briefkopf/fassung/1/probe.docx")).parts["word/header1.xml"]


def test_a_body_has_its_own_and_the_last_change_can_be_taken_back(demo: Demo) -> None:
    key = body_key(demo)
    county, own = put(demo, Purpose.LETTERHEAD, libreoffice()), put(demo, Purpose.LETTERHEAD, word_german(), key)
    client = demo.client(OFFICE)

    def head() -> str:
        found = Written(taken(client, "/sitzungen/LG-09/einladung.docx"))
        return "".join(text for root in found.headers for text in root.itertext())

    assert "BERGLAND" in head()
    slot = f"/kreis/vorlagen/{key}/briefkopf"
    assert post(client, f"{slot}/entfernen", at=slot).status_code == 303
    assert "Am Markt 3" in head()
    assert post(client, f"{slot}/fassung/{own}/verwenden", at=slot).status_code == 303
    assert "BERGLAND" in head()
    assert client.get(f"{slot}/fassung/{county}.docx").status_code == 404
    assert post(client, f"{slot}/fassung/{county}/verwenden", at=slot).status_code == 404


def test_what_is_refused_is_told_with_place_and_reason_and_changes_nothing(demo: Demo) -> None:
    client = demo.client(OFFICE)
    answer = sent(client, f"{COUNTY}/einladung", template("gut", "Am {{ sitzung.dattum }}", "{{ inhalt }}"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for words in ("{{ sitzung.dattum }} gibt es hier nicht", "Meinen Sie „sitzung.datum“?", "Textteil, Absatz 2"):
        assert words in page
    for raw in (b"", b"%PDF-1.7", b"PK\x03\x04nichts"):
        assert sent(client, f"{COUNTY}/briefkopf", raw).status_code == 422
    assert "Hier ist nichts Eigenes in Gebrauch." in client.get(f"{COUNTY}/briefkopf").get_data(as_text=True)


def test_templates_of_every_kind_are_filled(demo: Demo) -> None:
    put(
        demo,
        Purpose.INVITATION,
        template("Am {{ sitzung.datum }}", "|{{#tagesordnung}}{{ punkt.nummer }}|{{ punkt.titel }}{{/tagesordnung}}|"),
    )
    put(demo, Purpose.MINUTES, template("Vorsitz: {{ sitzung.vorsitz }}", "{{ inhalt }}", "Ende"))
    put(demo, Purpose.EXTRACT, template("{{ beschluss.nummer }}: {{ beschluss.text }}"))
    put(demo, Purpose.COVER_LETTER, template("An {{ gremium.name }}", "{{ inhalt }}"))
    client = demo.client(OFFICE)
    invitation = Written(taken(client, DOCUMENTS[0]))
    assert invitation.lines()[0] == "Am Donnerstag, 10. Dezember 2026"
    assert len(invitation.tables()[0]) == 11
    letter = Written(taken(client, DOCUMENTS[1])).lines()
    assert letter[0].startswith("An Lenkungsgruppe")
    minutes = Written(taken(client, DOCUMENTS[2])).lines()
    assert minutes[0].startswith("Vorsitz: ")
    assert (minutes[1], minutes[-1]) == ("Niederschrift", "Ende")
    extract = Written(taken(client, DOCUMENTS[5]))
    assert extract.lines()[0].startswith("D-08-3: ")
    for found in (invitation, extract):
        assert "keine Einzelfälle" in "".join(found.headers[0].itertext()) or "betrifft" in "".join(
            found.headers[0].itertext()
        )


def test_every_starter_can_be_uploaded(demo: Demo) -> None:
    client = demo.client(OFFICE)
    for word in ADDRESSES:
        raw = taken(client, f"{COUNTY}/{word}/muster.docx")
        assert Document(BytesIO(raw)).paragraphs[0].text == "{{ dokument.art }}"
        assert sent(client, f"{COUNTY}/{word}", raw, "Muster.docx").status_code == 303, word


def test_the_head_of_pdfs_is_set_and_taken_back(demo: Demo) -> None:
    client = demo.client(OFFICE)
    address = f"{COUNTY}/pdf"
    page = client.get(address).get_data(as_text=True)
    assert "ist größer als 300 KB" in page
    data = {**hidden_fields(page), "lines": "Der Landrat\n\n Kreisstraße 1", "footer": "", "logo_words": "Wappen"}
    answer = client.post(address, data={**data, "logo": (BytesIO(png()), "w.png")}, content_type="multipart/form-data")
    assert answer.status_code == 303
    first = PdfReader(BytesIO(taken(client, "/sitzungen/LG-09/einladung.pdf"))).pages[0]
    assert "Kreisstraße 1" in first.extract_text()
    assert len(first.images) == 1
    for raw in (b"GIF89a", png()[:70], png(20_000, 1), b"%PDF-1.7"):
        refused = {**data, **hidden_fields(client.get(address).get_data(as_text=True)), "logo": (BytesIO(raw), "w.png")}
        answer = client.post(address, data=refused, content_type="multipart/form-data")
        assert answer.status_code == 422
    assert "Format ?" not in answer.get_data(as_text=True)
    assert post(client, f"{address}/zurueck", at=address).status_code == 303
    again = PdfReader(BytesIO(taken(client, f"{address}/probe.pdf"))).pages[0]
    assert "Kreisstraße 1" not in again.extract_text()


PEOPLE = ("p-brandes", "p-diallo", "p-wieland", "p-okafor")


def test_only_coordination_and_offices_may_and_strangers_are_asked_to_sign_in(demo: Demo) -> None:
    version = put(demo, Purpose.LETTERHEAD, libreoffice())
    addresses = (
        "/kreis/vorlagen",
        COUNTY,
        f"{COUNTY}/briefkopf",
        f"{COUNTY}/pdf",
        f"{COUNTY}/briefkopf/fassung/{version}.docx",
    )
    for person in PEOPLE:
        client = demo.client(person)
        assert {client.get(address).status_code for address in addresses} == {403}, person
        assert client.get("/sitzungen/LG-09/anschreiben.docx").status_code == (200 if person == "p-wieland" else 403)
    assert {demo.client().get(address).status_code for address in addresses} == {302}
    office = demo.client(OFFICE)
    assert {office.get(address).status_code for address in addresses} == {200}
    assert office.get(f"{COUNTY}/nirgends").status_code == office.get("/kreis/vorlagen/nirgends").status_code == 404
