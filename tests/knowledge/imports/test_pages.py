"""From the upload to the report and back: what the coordination sees, and what comes of it."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, func, select

from app.core import jobs
from app.core.jobs_states import JobState
from app.core.records import Job
from app.core.web import House
from knowledge.documents.models import Document
from knowledge.gaps.models import Gap
from knowledge.imports.actions import take_next
from knowledge.imports.models import ImportRow
from knowledge.imports.states import RowState
from knowledge.solutions.models import Solution, SolutionGap
from tests.knowledge.imports import files
from tests.support.demo import Demo, hidden_fields, post

on_sqlite = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def house_of(demo: Demo) -> House:
    house: House = demo.app.extensions["lueckenlos"]
    return house


def upload(demo: Demo, *paths: Path, target: str = "document", visibility: str = "network") -> Any:
    """Send the files as a browser would, and let the job read them; the answer."""
    client = demo.client("p-albers")
    fields: dict[str, Any] = hidden_fields(client.get("/import/neu").text)
    fields |= {"target": target, "visibility": visibility}
    fields["files"] = [(io.BytesIO(path.read_bytes()), path.name) for path in paths]
    answer = client.post("/import/neu", data=fields, content_type="multipart/form-data")
    jobs.work_off(house_of(demo))
    return answer


def taken(demo: Demo, address: str) -> str:
    """Take what is chosen; the page afterwards."""
    client = demo.client("p-albers")
    assert post(client, f"{address}/uebernehmen", at=address).status_code == 303
    jobs.work_off(house_of(demo))
    return client.get(address).text


def test_old_minutes_are_read_looked_through_taken_found_and_taken_back(demo: Demo, tmp_path: Path) -> None:
    answer = upload(demo, files.docx(tmp_path / "niederschrift_2019.docx"), files.pdf(tmp_path / "Konzept.pdf"))
    assert answer.status_code == 303
    address = answer.headers["Location"]
    client = demo.client("p-albers")
    shown = client.get(address).text
    assert "Niederschrift vom 12.03.2019" in shown
    assert "2 von 2 ausgewählt" in shown
    report = taken(demo, address)
    assert "Ganzen Import zurücknehmen" in report
    with demo.session() as session:
        found = session.exec(select(Document).order_by(col(Document.id))).all()
        assert [(row.title, row.paper.value, str(row.dated)) for row in found] == [
            ("Niederschrift vom 12.03.2019", "minutes", "2019-03-12"),
            ("Konzept", "concept", "None"),
        ]
        key = found[0].key
    assert "Die Lenkungsgruppe berät" in client.get(f"/dokumente/{key}").text
    demo.index_now()
    results = house_of(demo).search.find(demo.actor("p-marx"), "Lenkungsgruppe berät Sprachkurse")
    assert key in [hit.key for hit in results.hits]
    assert not list((tmp_path / "data" / "uploads").iterdir())
    assert post(client, f"{address}/zuruecknehmen").status_code == 303
    jobs.work_off(house_of(demo))
    assert "zurückgenommen" in client.get(address).text
    with demo.session() as session:
        assert session.exec(select(func.count()).select_from(Document)).one() == 0


@on_sqlite
def test_documents_are_read_by_visibility(demo: Demo, tmp_path: Path) -> None:
    answer = upload(demo, files.docx(tmp_path / "a.docx"), visibility="coordination")
    taken(demo, answer.headers["Location"])
    with demo.session() as session:
        key = session.exec(select(Document.key)).one()
    assert demo.client("p-albers").get(f"/dokumente/{key}").status_code == 200
    assert demo.client("p-marx").get(f"/dokumente/{key}").status_code == 404
    assert key not in demo.client("p-marx").get("/dokumente").text


@on_sqlite
def test_the_columns_of_a_table_are_mapped_and_rows_left_out(demo: Demo, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Lotsendienst", "Eine Person begleitet den Übergang.", "nicht wirksam", "Zu wenig Zeit"],
        ["Gemeinsame Sprechstunde", "Jobcenter und Ausländerbehörde sitzen zusammen.", "wirksam", ""],
        ["", "", "wirksam", ""],
    ]
    path = files.xlsx(tmp_path / "alt.xlsx", ["Vorhaben", "Beschreibung", "Wirkung", "Erkenntnis"], rows)
    address = upload(demo, path, target="solution").headers["Location"]
    client = demo.client("p-albers")
    mapping = {"field-title": "Vorhaben", "field-text": "Beschreibung", "field-effect": "Wirkung"}
    assert post(client, f"{address}/spalten", {**mapping, "field-lesson": "Erkenntnis"}, at=address).status_code == 303
    refused = post(client, f"{address}/spalten", {"field-title": "Wirkung", "field-text": "Wirkung"}, at=address)
    assert refused.status_code == 422
    assert "nur ein Feld füllen" in refused.text
    page = client.get(address).text
    ids = re.findall(r'name="shown" value="(\d+)"', page)
    assert post(client, f"{address}/auswahl", {"shown": ids, "chosen": [ids[0], ids[2]]}, at=address).status_code == 303
    assert "2 von 3 ausgewählt" in client.get(address).text
    taken(demo, address)
    with demo.session() as session:
        found = session.exec(select(Solution).where(col(Solution.title) == "Lotsendienst")).one()
        assert (found.effect.value, found.description) == ("ineffective", "Eine Person begleitet den Übergang.")
        assert found.key.startswith("L-2026-")
    left = client.get(f"{address}?was=ausgelassen").text
    assert "ohne Titel und ohne Text" in left
    assert "nicht ausgewählt" in left
    assert "Zeile 3" in left


@on_sqlite
def test_an_import_that_is_referred_to_stays(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Titel;Text\nNeues;Etwas Neues\n", encoding="utf-8")
    address = upload(demo, tmp_path / "a.csv", target="solution").headers["Location"]
    taken(demo, address)
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        solution = session.exec(select(Solution).where(col(Solution.title) == "Neues")).one()
        gap = session.exec(select(Gap)).first()
        assert gap is not None
        session.add(SolutionGap(solution_id=solution.id or 0, gap_id=gap.id or 0))
        session.commit()
    client = demo.client("p-albers")
    post(client, f"{address}/zuruecknehmen")
    jobs.work_off(house_of(demo))
    page = client.get(address).text
    assert "kann nicht mehr zurückgenommen werden" in page
    assert "Ganzen Import zurücknehmen" in page


@on_sqlite
def test_what_is_there_already_is_named_and_not_taken_again(demo: Demo, tmp_path: Path) -> None:
    path = files.docx(tmp_path / "a.docx")
    taken(demo, upload(demo, path).headers["Location"])
    address = upload(demo, path).headers["Location"]
    assert "derselbe Inhalt ist schon vorhanden" in demo.client("p-albers").get(address).text
    taken(demo, address)
    with demo.session() as session:
        assert session.exec(select(func.count()).select_from(Document)).one() == 1


@on_sqlite
def test_old_gaps_come_in_as_reported(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("Thema;Problem;Tragweite\nÜbergänge;Niemand weiß Bescheid;3\n".encode("cp1252"))
    taken(demo, upload(demo, tmp_path / "a.csv", target="gap", visibility="coordination").headers["Location"])
    with demo.session() as session:
        gap = session.exec(select(Gap).where(col(Gap.title) == "Übergänge")).one()
        assert (gap.status.value, gap.severity, gap.summary) == ("reported", 3, "Niemand weiß Bescheid")
    assert demo.client("p-albers").get(f"/fehlstellen/{gap.key}").status_code == 200


@on_sqlite
def test_a_broken_line_is_named_in_the_report(demo: Demo, tmp_path: Path) -> None:
    address = upload(demo, files.jsonl(tmp_path / "a.jsonl", 30, broken=17)).headers["Location"]
    taken(demo, address)
    left = demo.client("p-albers").get(f"{address}?was=ausgelassen").text
    assert "Zeile 17" in left
    assert "kein gültiges JSON" in left


@on_sqlite
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docm", b"PK", "Makros"),
        ("a.exe", b"MZ", "Diese Art von Datei"),
        ("a.doc", b"x", "alte Format"),
        ("a.docx", b"", "keinen Text"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_at_once(
    demo: Demo, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    answer = upload(demo, tmp_path / name)
    assert answer.status_code == 422
    assert words in answer.text


@on_sqlite
def test_a_file_that_cannot_be_read_is_named_beside_the_others(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "programm.docx").write_bytes(b"MZ" + b"\0" * 600)
    address = upload(demo, tmp_path / "programm.docx", files.odt(tmp_path / "b.odt")).headers["Location"]
    shown = demo.client("p-albers").get(address).text
    assert "nicht das, was ihr Name sagt" in shown
    assert "Protokoll der Sitzung" in shown


@on_sqlite
def test_too_much_is_refused_and_nothing_of_it_stays(demo: Demo, tmp_path: Path) -> None:
    client = demo.client("p-albers")
    fields = {**hidden_fields(client.get("/import/neu").text), "target": "solution", "visibility": "public"}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    parts.append('--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-1.4')
    body = "".join(parts).encode() + b"0" * (17 * 1024 * 1024) + b"\r\n--x--\r\n"
    answer = client.post("/import/neu", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
    assert "zu groß" in answer.text
    assert not list((tmp_path / "data" / "uploads").iterdir())


@on_sqlite
def test_only_the_coordination_imports(demo: Demo) -> None:
    assert demo.client("p-marx").get("/import").status_code == 403
    assert demo.client("p-marx").get("/import/neu").status_code == 403


def test_an_import_that_was_cut_off_goes_on_where_it_stood(demo: Demo, tmp_path: Path) -> None:
    address = upload(demo, files.jsonl(tmp_path / "a.jsonl", 750)).headers["Location"]
    import_id = int(address.rpartition("/")[2])
    client = demo.client("p-albers")
    post(client, f"{address}/uebernehmen", at=address)
    demo.perform("p-albers", take_next, import_id)
    jobs.work_off(house_of(demo))
    with demo.session() as session:
        assert session.exec(select(func.count()).select_from(Document)).one() == 750
        states = set(session.exec(select(ImportRow.state)))
        last = session.exec(select(Job).order_by(col(Job.id).desc())).first()
    assert states == {RowState.TAKEN}
    assert last is not None
    assert (last.state, last.done, last.total) == (JobState.DONE, 750, 750)


@on_sqlite
def test_a_page_of_the_preview_costs_the_same_whatever_the_number_of_rows(demo: Demo, tmp_path: Path) -> None:
    few = upload(demo, files.jsonl(tmp_path / "a.jsonl", 3)).headers["Location"]
    many = upload(demo, files.jsonl(tmp_path / "b.jsonl", 300)).headers["Location"]
    assert demo.statements("p-albers", few) == demo.statements("p-albers", many)


@on_sqlite
def test_entries_that_point_at_somebody_are_marked_and_taken_only_when_confirmed(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Titel;Text\nEins;Frau Petrova wartet\nZwei;Alles gut\n", encoding="utf-8")
    address = upload(demo, tmp_path / "a.csv", target="gap").headers["Location"]
    client = demo.client("p-albers")
    page = client.get(address).text
    assert "1 von 2 ausgewählt" in page
    assert "kann auf Personen deuten" in page
    ids = re.findall(r'name="shown" value="(\d+)"', page)
    ticks = {"shown": ids, "chosen": ids}
    refused = post(client, f"{address}/uebernehmen", ticks, at=address)
    assert refused.status_code == 422
    assert refused.text.count(" checked") == 2
    assert post(client, f"{address}/uebernehmen", {**ticks, "confirmed": "y"}, at=address).status_code == 303
    jobs.work_off(house_of(demo))
    with demo.session() as session:
        titles = session.exec(select(Gap.title).where(col(Gap.title).in_(("Eins", "Zwei")))).all()
    assert sorted(titles) == ["Eins", "Zwei"]


@on_sqlite
def test_taking_respects_the_ticks_of_the_page(demo: Demo, tmp_path: Path) -> None:
    address = upload(demo, files.jsonl(tmp_path / "a.jsonl", 3)).headers["Location"]
    client = demo.client("p-albers")
    ids = re.findall(r'name="shown" value="(\d+)"', client.get(address).text)
    assert post(client, f"{address}/uebernehmen", {"shown": ids}, at=address).status_code == 422
    post(client, f"{address}/uebernehmen", {"shown": ids, "chosen": ids[1:]}, at=address)
    jobs.work_off(house_of(demo))
    with demo.session() as session:
        assert sorted(session.exec(select(Document.key))) == ["d-2", "d-3"]


@on_sqlite
def test_turning_a_page_keeps_its_ticks(demo: Demo, tmp_path: Path) -> None:
    address = upload(demo, files.jsonl(tmp_path / "a.jsonl", 60)).headers["Location"]
    client = demo.client("p-albers")
    page = client.get(address).text
    assert f'formaction="{address}/auswahl?seite=2"' in page
    ids = re.findall(r'name="shown" value="(\d+)"', page)
    turned = post(client, f"{address}/auswahl?seite=2", {"shown": ids, "chosen": ids[:1]}, at=address)
    assert turned.headers["Location"].endswith("seite=2")
    assert "11 von 60 ausgewählt" in client.get(turned.headers["Location"]).text


@on_sqlite
def test_a_key_that_leads_elsewhere_is_refused(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Id;Titel;Text\na/..;Eins;Text\n", encoding="utf-8")
    address = upload(demo, tmp_path / "a.csv").headers["Location"]
    taken(demo, address)
    left = demo.client("p-albers").get(f"{address}?was=ausgelassen").text
    assert "die Kennung enthält Zeichen, die in einer Adresse nicht gehen" in left
