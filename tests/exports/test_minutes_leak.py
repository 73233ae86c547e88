"""What may not leave the house is in no public document: not in its text, its parts, its properties, its raw bytes."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from app.core import clock
from exports.minutes_files import as_docx, as_pdf, document_of
from exports.minutes_text import write_markdown
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import ItemPart
from meetings.minutes import actions
from meetings.minutes.content_hash import content_of
from meetings.minutes.models import MinutesSignature
from meetings.minutes.publicity import public_sheet
from meetings.minutes.queries import sheet_by_key
from meetings.minutes.states import SigningRole
from tests.meetings.minutes.walking import hold
from tests.meetings.walk import OFFICE
from tests.support.canary import put_canary
from tests.support.demo import Demo, hidden_fields, post

CANARY = "KANARIE"
AUTHOR = "Svenja Albers"
PUBLIC_TEXT = "Öffentlich beraten."
API, PUBLISH = "/oparl/v1.1/kreis-sonderau", "/sitzungen/LG-09/veroeffentlichen"


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


def hide_more(demo: Demo) -> None:
    """The canary in everything else that an item that is not public has, and in what only those inside read."""

    def change(work: Any) -> None:
        items = work.session.exec(
            select(AgendaItem)
            .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
            .where(col(Meeting.key) == "LG-09")
        ).all()
        for item in items:
            item.text = f"{CANARY}VORBEREITUNG"
            if item.part == ItemPart.NON_PUBLIC:
                item.title, item.proposal = f"{CANARY}TITEL", f"{CANARY}VORSCHLAG"
                item.result_note = f"{CANARY}VERMERK"
            work.session.add(item)
        meeting = work.session.exec(select(Meeting).where(col(Meeting.key) == "LG-09")).one()
        meeting.urgency = f"{CANARY}EILE"
        work.session.add(meeting)
        work.record("item.edited", items[0])

    demo.perform(OFFICE, change)


def public_places(demo: Demo) -> Iterator[tuple[str, str]]:
    """Everything that leaves the house for everybody: both files as they are unpacked, and the open interface."""
    with demo.session() as session:
        sheet = sheet_by_key(session, "LG-09")
        assert sheet is not None
        public = document_of(session, public_sheet(sheet))
    word, pdf = as_docx(public), PdfReader(io.BytesIO(as_pdf(public)))
    yield "docx", unzipped(word)
    yield "pdf text", told(pdf)
    yield "pdf objects", streams(pdf)
    yield "markdown", write_markdown(public)
    yield "json", json.dumps(content_of(public_sheet(sheet)), ensure_ascii=False, default=str)
    for address in ("body", "organizations", "meetings", "meetings/LG-09", "agenda-items", "people", "papers"):
        yield address, demo.client().get(f"{API}/{address}").text


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_nothing_that_is_not_public_is_in_the_public_version(demo: Demo) -> None:
    for case in ("birke", "ahorn"):
        put_canary(demo, case, CANARY)
    hold(demo)
    hide_more(demo)
    demo.perform(OFFICE, actions.save_block, "LG-09", "4", f"{CANARY}FASSUNG gelöscht", 0)
    demo.perform(OFFICE, actions.save_block, "LG-09", "4", PUBLIC_TEXT, 1)
    demo.perform(OFFICE, actions.save_block, "LG-09", "7", f"{CANARY}TEXT nicht öffentlich", 0)
    office = demo.client(OFFICE)
    page = hidden_fields(office.get(PUBLISH).text)
    assert office.post(f"{PUBLISH}/gremium", data={**page, "on": "1"}).status_code == 303
    assert post(office, PUBLISH, {"read_through": "y"}).status_code == 303

    people = names_of_the_seated(demo)
    everything = dict(public_places(demo))
    for place, content in everything.items():
        assert CANARY.casefold() not in content.casefold(), place
        assert not [name for name in people if name in content], place
    assert "rsid" not in everything["docx"], "no ids of revisions"
    assert "comments" not in everything["docx"]
    for place in ("docx", "pdf text", "markdown"):
        assert PUBLIC_TEXT in everything[place]
        assert "Nicht öffentlicher Tagesordnungspunkt" in everything[place], "that there was one stays"
    assert "Die Vereinbarung gilt." in everything["meetings/LG-09"]
    _check_the_full_version(demo)


def names_of_the_seated(demo: Demo) -> set[str]:
    """Everybody who sat there, spoke or wrote, without the two who answer for the minutes."""
    with demo.session() as session:
        sheet = sheet_by_key(session, "LG-09")
        assert sheet is not None
        return {AUTHOR, *(seat.holder for seat in sheet.seats if seat.holder)} - {sheet.chair, sheet.minute_taker}


def _check_the_full_version(demo: Demo) -> None:
    with demo.session() as session:
        sheet = sheet_by_key(session, "LG-09")
        assert sheet is not None
        reason = {"refused": True, "reason": f"{CANARY}GRUND", "content_sha256": "", "at": clock.now()}
        refused = MinutesSignature(minutes_id=1, role=SigningRole.CHAIR, person_id=1, name=sheet.chair, **reason)
        sheet = replace(sheet, signatures=(refused,))
        full, public = document_of(session, sheet), document_of(session, public_sheet(sheet))
    inside = unzipped(as_docx(full))
    assert f"{CANARY}GRUND" in inside
    assert f"{CANARY}EILE" in inside
    assert "wegen Dringlichkeit" in unzipped(as_docx(public))
    assert "Unterschrift verweigert" in unzipped(as_docx(public))
    assert CANARY not in unzipped(as_docx(public)), "why somebody did not sign"
    assert f"{CANARY}TEXT" in inside
    assert f"{CANARY}FASSUNG" not in inside, "not even the full version has a text that was replaced"
    core = docx.Document(io.BytesIO(as_docx(public))).core_properties
    assert core.author == "Kreis Sonderau"
    assert not core.last_modified_by


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_whoever_checks_a_file_learns_nothing_but_what_it_is(demo: Demo) -> None:
    """The register tells title and kind of what was uploaded; a stranger's file, or none, tells nothing."""
    client = demo.client("p-oezer")
    fields = hidden_fields(client.get("/pruefen").text)
    answer = client.post("/pruefen", data={**fields, "file": (io.BytesIO(b"x"), "a.pdf")}).text
    assert "steht nicht im Verzeichnis" in answer
    assert "LG-09" not in answer
