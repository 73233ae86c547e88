"""What is left when an import is taken back, and what is never lost: comments, edits, the secrets of either."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from app.core import clock, jobs
from app.core.records import AuditEntry, Job
from app.people.models import KeyNumber
from knowledge.conversation.models import Comment, KeptVersion, Watch
from knowledge.conversation.states import WatchState
from knowledge.gaps.models import Gap
from knowledge.imports import taking_back
from knowledge.imports.actions import take_next
from knowledge.imports.background import sweep_uploads
from knowledge.imports.models import ImportRow, ImportRun
from knowledge.imports.states import ImportState, RowState
from knowledge.solutions.models import Solution
from tests.knowledge.imports import files
from tests.knowledge.imports.test_pages import house_of, taken, upload
from tests.support.demo import Demo, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
SECRET = "Nur unter uns: Der Leiter will nicht."


def table(path: Path, *titles: str) -> Path:
    path.write_text("Titel;Text\n" + "".join(f"{each};Text dazu\n" for each in titles), encoding="utf-8")
    return path


def taken_back(demo: Demo, address: str) -> str:
    client = demo.client("p-albers")
    assert post(client, f"{address}/zuruecknehmen").status_code == 303
    jobs.work_off(house_of(demo))
    return client.get(address).text


def number_of(demo: Demo, title: str) -> int:
    with demo.session() as session:
        return session.exec(select(Gap.id).where(col(Gap.title) == title)).first() or 0


def write(demo: Demo, *rows: object) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        session.add_all(rows)
        session.commit()


def test_nothing_said_about_an_entry_appears_on_the_next_one(demo: Demo, tmp_path: Path) -> None:
    address = upload(demo, table(tmp_path / "a.csv", "Eins", "Zwei"), target="gap", visibility="network").headers[
        "Location"
    ]
    taken(demo, address)
    person, now = demo.actor("p-albers").person_id, clock.now()
    last, first = number_of(demo, "Zwei"), number_of(demo, "Eins")
    about = {"kind": "gap", "thing_id": last}
    write(demo, Comment(**{**about, "thing_id": first}, person_id=person, at=now, text=SECRET))
    write(demo, Watch(**about, person_id=person, state=WatchState.WATCHING, since=now))
    write(demo, KeptVersion(**about, number=1, at=now, texts=json.dumps({"title": SECRET})))
    question = demo.client("p-albers").get(f"{address}/zuruecknehmen").text
    assert "1 Eintrag wird gelöscht" in question
    assert "es gibt einen Kommentar dazu" in question
    taken_back(demo, address)
    assert "es gibt einen Kommentar dazu" in demo.client("p-albers").get(f"{address}?was=behalten").text
    assert number_of(demo, "Eins") == first
    taken(demo, upload(demo, table(tmp_path / "b.csv", "Neu"), target="gap", visibility="network").headers["Location"])
    with demo.session() as session:
        key, new = session.exec(select(Gap.key, Gap.id).where(col(Gap.title) == "Neu")).one()
        assert session.exec(select(KeyNumber.last)).one() == int(key.rpartition("-")[2])
        for model in (Comment, Watch, KeptVersion):
            named = select(func.count()).select_from(model).where(model.kind == "gap", model.thing_id == new)
            assert session.exec(named).one() == 0
    assert SECRET not in demo.client("p-brandes").get(f"/fehlstellen/{key}").text


def test_what_people_edited_since_stays(demo: Demo, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "Bleibt", "Geht")
    address = upload(demo, path, target="solution").headers["Location"]
    taken(demo, address)
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        solution = session.exec(select(Solution).where(col(Solution.title) == "Bleibt")).one()
        solution.version = 2
        session.add(solution)
        session.commit()
    assert "seit dem Import bearbeitet" in demo.client("p-albers").get(f"{address}/zuruecknehmen").text
    taken_back(demo, address)
    with demo.session() as session:
        left = session.exec(select(Solution.title).where(col(Solution.title).in_(("Bleibt", "Geht")))).all()
        texts = set(session.exec(select(ImportRow.given)))
    assert left == ["Bleibt"]
    assert texts == {"{}"}
    assert "seit dem Import bearbeitet" in demo.client("p-albers").get(f"{address}?was=behalten").text


def test_a_stopped_taking_goes_on_or_is_taken_back(demo: Demo, tmp_path: Path) -> None:
    address = upload(demo, files.jsonl(tmp_path / "a.jsonl", 600)).headers["Location"]
    client = demo.client("p-albers")
    post(client, f"{address}/uebernehmen", at=address)
    demo.perform("p-albers", take_next, int(address.rpartition("/")[2]))
    with demo.session() as session:
        job_id = session.exec(select(Job.id).order_by(col(Job.id).desc())).first()
    demo.perform("p-albers", jobs.cancel, job_id)
    page = client.get(address).text
    assert "Übernehmen angehalten" in page
    assert "Weiter übernehmen" in page
    assert "zurückgenommen" in taken_back(demo, address)
    with demo.session() as session:
        assert set(session.exec(select(ImportRow.state))) == {RowState.REMOVED, RowState.SKIPPED}


def test_an_import_whose_reading_failed_is_discarded_with_its_texts(demo: Demo, tmp_path: Path) -> None:
    address = upload(demo, files.docx(tmp_path / "a.docx")).headers["Location"]
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        run = session.exec(select(ImportRun)).one()
        run.state = ImportState.READING
        session.add(run)
        session.commit()
    client = demo.client("p-albers")
    assert "Lesen gescheitert" in client.get(address).text
    assert "Lesen gescheitert" in client.get("/import").text
    assert post(client, f"{address}/verwerfen").status_code == 303
    with demo.session() as session:
        assert session.exec(select(func.count()).select_from(ImportRow)).one() == 0
    assert client.get(address).status_code == 404
    assert not list((tmp_path / "data" / "uploads").iterdir())


def test_after_a_week_what_was_read_is_forgotten(demo: Demo, tmp_path: Path) -> None:
    done = upload(demo, files.docx(tmp_path / "a.docx")).headers["Location"]
    taken(demo, done)
    unused = upload(demo, table(tmp_path / "a.csv", "Eins")).headers["Location"]
    sweep_uploads(house_of(demo), clock.now() + timedelta(days=8))
    with demo.session() as session:
        assert session.exec(select(ImportRow.given)).all() == ["{}"]
    assert "Niederschrift vom 12.03.2019" in demo.client("p-albers").get(done).text
    assert demo.client("p-albers").get(unused).status_code == 404


def test_an_import_of_several_batches_is_taken_back_whole_but_for_what_was_talked_about(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "BATCH", 2)
    titles = [f"Zeile {number}" for number in range(5)]
    address = upload(demo, table(tmp_path / "a.csv", *titles), target="gap", visibility="network").headers["Location"]
    taken(demo, address)
    kept = number_of(demo, "Zeile 2")
    person, now = demo.actor("p-albers").person_id, clock.now()
    write(demo, Comment(kind="gap", thing_id=kept, person_id=person, at=now, text="Dazu etwas."))
    taken_back(demo, address)
    assert [bool(number_of(demo, title)) for title in titles] == [False, False, True, False, False]
    with demo.session() as session:
        rows = session.exec(select(ImportRow.state, ImportRow.reason).order_by(col(ImportRow.position))).all()
        acts = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "import.batch_removed")).all()
    gone = (RowState.REMOVED, None)
    assert rows == [gone, gone, (RowState.TAKEN, "commented"), gone, gone]
    assert len(acts) == 3
