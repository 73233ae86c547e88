"""Asking for a folder: who gets what, when it is made anew, when it goes; a killed worker's is made all the same."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from app.core import clock, jobs
from app.core.jobs_states import JobState
from app.core.records import Job
from app.core.web import House
from app.core.work import Work
from app.export_command import NothingToExport
from app.folder_command import export_folder
from exports.folder.background import sweep_folders
from exports.folder.models import SessionFolder
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.states import ItemPart
from meetings.bodies.models import Body
from meetings.papers import actions, attaching, routing
from meetings.papers.drafts import PaperDraft, StationDraft
from meetings.papers.files import StoredFile, store
from meetings.papers.queries import paper_by_id
from meetings.papers.states import PaperState, StationRole
from tests.meetings.walk import ADVISOR, GUEST, HELD_BY, MEMBER, OFFICE, OUTSIDER
from tests.support.demo import Demo, post
from tests.support.pdf_files import pdf

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
PAGE = "/sitzungen/LG-09/mappe"


def house_of(demo: Demo) -> House:
    house: House = demo.app.extensions["lueckenlos"]
    return house


def on_the_agenda(demo: Demo, title: str, *, public: bool = True) -> int:
    """A permitted paper with an attachment of two pages, on the agenda of the ninth meeting."""
    with demo.session() as session:
        body = session.exec(select(Body.id).where(col(Body.key) == "lg-kim")).one() or 0
    route = (StationDraft(body, StationRole.DECISION),)
    draft = PaperDraft(title, public=public, situation="Lage", proposal=f"Satz zu {title}.", route=route)
    paper_id = demo.perform(HELD_BY, actions.begin_paper, draft).id or 0
    attach(demo, HELD_BY, paper_id)
    demo.perform(HELD_BY, actions.move_paper, paper_id, PaperState.SUBMITTED)
    demo.perform(OFFICE, actions.move_paper, paper_id, PaperState.PERMITTED)
    with demo.session() as session:
        found = paper_by_id(session, paper_id)
        assert found
        station = found.stops[0].station.id or 0
    demo.perform(OFFICE, routing.schedule, paper_id, station, "LG-09")
    return paper_id


def attach(demo: Demo, person: str, paper_id: int) -> int:
    stored: StoredFile = store(house_of(demo).settings.data_dir, "Zahlen.pdf", io.BytesIO(pdf(2)))
    return demo.perform(person, attaching.attach, paper_id, stored).id or 0


def made(demo: Demo, person: str) -> str:
    """Ask as this person and let the worker work; the page afterwards."""
    assert post(demo.client(person), PAGE).status_code == 303
    jobs.work_off(house_of(demo))
    return demo.client(person).get(PAGE).get_data(as_text=True)


def words(demo: Demo, person: str, folder_id: int) -> str:
    """Everything that the PDF of this folder says."""
    content = taken(demo, person, f"{folder_id}.pdf")
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def taken(demo: Demo, person: str, name: str) -> bytes:
    """A file of a folder."""
    with demo.client(person).get(f"{PAGE}/{name}") as answer:
        assert answer.status_code == 200
        return bytes(answer.data)


def folders(demo: Demo) -> list[SessionFolder]:
    with demo.session() as session:
        return list(session.exec(select(SessionFolder).order_by(col(SessionFolder.id))))


@on_sqlite
def test_each_reader_gets_what_they_may_read_and_equal_readers_share_it(demo: Demo) -> None:
    on_the_agenda(demo, "Gemeinsame Frist")
    on_the_agenda(demo, "Geheimes Gutachten", public=False)

    assert "aktuell" in made(demo, OFFICE)
    assert "aktuell" in demo.client(MEMBER).get(PAGE).get_data(as_text=True)
    made(demo, ADVISOR)
    made(demo, GUEST)

    whole, advisory, public = folders(demo)
    assert "Satz zu Geheimes Gutachten" in words(demo, MEMBER, whole.id or 0)
    shown = words(demo, ADVISOR, advisory.id or 0)
    assert "Satz zu Gemeinsame Frist" in shown
    assert "Satz zu Geheimes" not in shown
    assert "Satz zu" not in words(demo, GUEST, public.id or 0)
    assert "Geheimes" not in words(demo, GUEST, public.id or 0)
    for person, row in ((ADVISOR, whole), (GUEST, whole), (GUEST, advisory)):
        for suffix in ("pdf", "zip"):
            assert demo.client(person).get(f"{PAGE}/{row.id}.{suffix}").status_code == 404
    assert demo.client(OUTSIDER).get(PAGE).status_code == 404
    assert demo.client(OUTSIDER).get(f"{PAGE}/{public.id}.pdf").status_code == 404
    assert demo.client(OUTSIDER).get(f"/mappen/{public.id}").status_code == 404
    archive = zipfile.ZipFile(io.BytesIO(taken(demo, ADVISOR, f"{advisory.id}.zip")))
    assert [name[-10:] for name in archive.namelist()[2:]] == ["Zahlen.pdf", "SHA256SUMS"]
    assert post(demo.client(MEMBER), PAGE).status_code == 303
    assert len(folders(demo)) == 3
    _an_item_moves_into_the_closed_part(demo, public)


def _an_item_moves_into_the_closed_part(demo: Demo, made_before: SessionFolder) -> None:
    """A guest's folder that still names it goes; the members' stays."""

    def close(work: Work) -> None:
        meeting = select(Meeting.id).where(col(Meeting.key) == "LG-09").scalar_subquery()
        wanted = (col(AgendaItem.meeting_id) == meeting, col(AgendaItem.number) == "5")
        item = work.session.exec(select(AgendaItem).where(*wanted)).one()
        item.part = ItemPart.NON_PUBLIC
        work.session.add(item)
        work.record("agenda.changed", item)

    assert taken(demo, GUEST, f"{made_before.id}.pdf")
    demo.perform(OFFICE, close)
    assert demo.client(GUEST).get(f"{PAGE}/{made_before.id}.pdf").status_code == 404
    assert f"{made_before.id}.pdf" not in demo.client(GUEST).get(PAGE).get_data(as_text=True)
    assert taken(demo, MEMBER, f"{made_before.id}.pdf")


def test_a_folder_says_what_has_changed_and_goes_when_it_should(demo: Demo) -> None:
    paper_id = on_the_agenda(demo, "Gemeinsame Frist")
    client = demo.client(OFFICE)
    assert post(client, PAGE).status_code == 303
    waiting = client.get(PAGE, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "wird zusammengestellt" in waiting
    assert "hx-trigger" in waiting
    assert "wird zusammengestellt" in demo.client(MEMBER).get(PAGE).get_data(as_text=True)
    jobs.work_off(house_of(demo))
    (first,) = folders(demo)
    assert (first.pages, first.left_out) == (4, 0)

    extra = attach(demo, OFFICE, paper_id)
    stale = client.get(PAGE).get_data(as_text=True)
    assert "seitdem geändert: 1 Anlage" in " ".join(stale.split())
    assert taken(demo, OFFICE, f"{first.id}.pdf")
    assert "aktuell" in made(demo, OFFICE)
    second = folders(demo)[-1]

    gone: list[str] = []
    demo.perform(OFFICE, attaching.erase_attachment, paper_id, extra, gone)
    assert client.get(f"{PAGE}/{second.id}.pdf").status_code == 404
    assert taken(demo, OFFICE, f"{first.id}.pdf")
    shelves = house_of(demo).settings.data_dir / "folders"
    assert len(list(shelves.iterdir())) == 4
    sweep_folders(house_of(demo), clock.now())
    assert [row.id for row in folders(demo)] == [first.id]
    assert len(list(shelves.iterdir())) == 2
    sweep_folders(house_of(demo), clock.now() + timedelta(days=15))
    assert not folders(demo)
    assert not list(shelves.iterdir())
    late = client.get(f"{PAGE}/{first.id}.pdf")
    assert late.status_code == 404
    assert "gibt es nicht mehr" in late.get_data(as_text=True)


@on_sqlite
def test_the_page_costs_the_same_however_many_papers_there_are(demo: Demo) -> None:
    on_the_agenda(demo, "Erste")
    made(demo, OFFICE)
    one = demo.statements(OFFICE, PAGE)
    for number in range(3):
        on_the_agenda(demo, f"Vorlage {number}")
    assert demo.statements(OFFICE, PAGE) == one


@on_sqlite
def test_the_command_writes_the_same_folder_or_its_public_part(demo: Demo, tmp_path: Path) -> None:
    on_the_agenda(demo, "Gemeinsame Frist")
    on_the_agenda(demo, "Geheimes Gutachten", public=False)
    settings, target = house_of(demo).settings, tmp_path / "mappe"

    export_folder(settings, "LG-09", "pdf", target, public=True, county=None)
    public = " ".join(page.extract_text() for page in PdfReader(target).pages)
    export_folder(settings, "LG-09", "zip", target, public=False, county="kreis-sonderau")

    assert "Satz zu Gemeinsame Frist" in public
    assert "Geheimes" not in public
    with zipfile.ZipFile(target) as archive:
        assert sum("Geheimes" in name for name in archive.namelist()) == 1
    with pytest.raises(NothingToExport):
        export_folder(settings, "LG-99", "pdf", target, public=False, county=None)


WORKER = """
import os, sys, time
from app.core.config import from_environment
from app.core.jobs_queue import Worker
from app.factory import create_app
from exports.folder import background, making

slow = making.cleaned
def marked(*given):
    with open(sys.argv[1], "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(60)
    return slow(*given)
making.cleaned = marked
parent = os.getppid()
with Worker(create_app(from_environment(os.environ)).extensions["lueckenlos"]):
    while os.getppid() == parent:
        time.sleep(0.1)
"""


def a_worker(demo: Demo, demo_url: str, marks: Path) -> "subprocess.Popen[bytes]":
    data_dir = house_of(demo).settings.data_dir
    environment = {**os.environ, "LUECKENLOS_DATABASE_URL": demo_url, "LUECKENLOS_DATA_DIR": str(data_dir)}
    return subprocess.Popen([sys.executable, "-c", WORKER, str(marks)], env=environment)


def wait_until(done: Any) -> None:
    ends = time.monotonic() + 40
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.05)


@on_sqlite
def test_a_folder_is_made_though_its_worker_was_killed_in_the_middle(demo: Demo, demo_url: str, tmp_path: Path) -> None:
    on_the_agenda(demo, "Gemeinsame Frist")
    marks = tmp_path / "marks"
    assert post(demo.client(OFFICE), PAGE).status_code == 303
    first = a_worker(demo, demo_url, marks)
    try:
        wait_until(marks.exists)
        os.kill(first.pid, signal.SIGKILL)
    finally:
        first.kill()
        first.wait()
    assert folders(demo)[0].made_at is None
    assert jobs.work_off(house_of(demo)) == 1
    with demo.session() as session:
        job = session.exec(select(Job)).one()
    assert job.attempts == 2
    assert job.state == JobState.DONE
    assert "Satz zu Gemeinsame Frist" in words(demo, MEMBER, folders(demo)[0].id or 0)
