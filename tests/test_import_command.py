"""The import command: what people rely on at the terminal."""

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import col, func, select

from app.cli import main
from app.core import jobs
from knowledge.documents.models import Document
from tests.knowledge.imports import files
from tests.support.demo import Demo, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
DOCUMENT = ("--kind", "document", "--tenant", "kreis-sonderau")


@pytest.fixture
def at_the_terminal(demo: Demo, demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    for name in [each for each in os.environ if each.startswith("LUECKENLOS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LUECKENLOS_DATABASE_URL", demo_url)
    monkeypatch.setenv("LUECKENLOS_DATA_DIR", str(tmp_path / "data"))
    return CliRunner()


def found(runner: CliRunner, query: str, email: str, kind: str = "document") -> list[str]:
    said = runner.invoke(main, ["search", query, "--as", email, "--json", "--kind", kind]).stdout
    return [hit["id"] for hit in json.loads(said)["hits"]]


def test_lines_are_found_by_their_own_id_and_brought_up_to_date(at_the_terminal: CliRunner, tmp_path: Path) -> None:
    path = files.jsonl(tmp_path / "a.jsonl", 30, broken=17)
    said = at_the_terminal.invoke(main, ["import", str(path), *DOCUMENT])
    assert said.exit_code == 0
    assert "a.jsonl:17: kein gültiges JSON" in said.stdout
    assert "29 added, 0 updated, 1 skipped" in said.stdout
    assert found(at_the_terminal, "Papier 12", "marx@kim.example")[0] == "d-12"
    line = {"id": "d-12", "title": "Wohnungslotsen", "text": "Ganz anderer Inhalt"}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    again = at_the_terminal.invoke(main, ["import", str(path), *DOCUMENT])
    assert "0 added, 1 updated, 0 skipped" in again.stdout
    assert found(at_the_terminal, "Wohnungslotsen", "marx@kim.example") == ["d-12"]


def test_a_folder_is_taken_in_and_what_cannot_be_is_named(at_the_terminal: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "alt" / "2019"
    folder.mkdir(parents=True)
    files.docx(folder / "niederschrift.docx")
    files.pdf(folder / "konzept.pdf")
    (folder / "bild.png").write_bytes(b"x")
    (folder / "falsch.docx").write_bytes(b"MZ" + b"\0" * 100)
    for expected in ("2 added, 0 updated, 2 skipped", "0 added, 2 updated, 2 skipped"):
        said = at_the_terminal.invoke(main, ["import", str(tmp_path / "alt"), *DOCUMENT])
        assert said.exit_code == 0
        assert expected in said.stdout
        assert "falsch.docx: Die Datei ist nicht das, was ihr Name sagt." in said.stdout


def test_solutions_come_in_by_the_same_way(at_the_terminal: CliRunner, tmp_path: Path) -> None:
    path = files.jsonl(tmp_path / "a.jsonl", 3)
    said = at_the_terminal.invoke(main, ["import", str(path), "--kind", "solution", "--tenant", "kreis-sonderau"])
    assert "3 added" in said.stdout
    assert "d-2" in found(at_the_terminal, "Papier 2", "marx@kim.example", "solution")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--kind", "document", "--tenant", "anderswo"], "There is no tenant anderswo"),
        ([*DOCUMENT, "--as", "niemand@kim.example"], "Nobody of this tenant"),
        ([*DOCUMENT, "--as", "marx@kim.example"], "Altbestände übernimmt die Koordination."),
    ],
)
def test_what_cannot_be_ends_with_a_sentence(
    at_the_terminal: CliRunner, tmp_path: Path, arguments: list[str], words: str
) -> None:
    path = files.jsonl(tmp_path / "a.jsonl", 1)
    said = at_the_terminal.invoke(main, ["import", str(path), *arguments])
    assert said.exit_code == 1
    assert words in said.output


def test_nothing_taken_is_a_failure(at_the_terminal: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "leer.md").write_text("")
    said = at_the_terminal.invoke(main, ["import", str(tmp_path / "leer.md"), *DOCUMENT])
    assert said.exit_code == 1
    assert "keinen Text" in said.stdout


def test_files_of_one_name_in_different_folders_both_stay(at_the_terminal: CliRunner, tmp_path: Path) -> None:
    for year in ("2019", "2020"):
        folder = tmp_path / "alt" / year
        folder.mkdir(parents=True)
        files.docx(folder / "niederschrift.docx", f"Beraten im Jahr {year}", title="Niederschrift")
    for expected in ("2 added, 0 updated", "0 added, 2 updated"):
        assert expected in at_the_terminal.invoke(main, ["import", str(tmp_path / "alt"), *DOCUMENT]).stdout
    both = [str(tmp_path / "alt" / year / "niederschrift.docx") for year in ("2019", "2020")]
    for path in both:
        at_the_terminal.invoke(main, ["import", path, *DOCUMENT])
    again = at_the_terminal.invoke(main, ["import", *both, *DOCUMENT])
    assert "0 added, 2 updated" in again.stdout


def test_a_row_on_top_turns_no_text_into_another(at_the_terminal: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Titel;Text\nLotsen;Alt\nLotsen;Anders\nSprachmittlung;Alt\n", encoding="utf-8")
    assert "3 added" in at_the_terminal.invoke(main, ["import", str(path), *DOCUMENT]).stdout
    path.write_text("Titel;Text\nObenauf;Neu\nLotsen;Alt\nLotsen;Anders\nSprachmittlung;Neu\n", encoding="utf-8")
    assert "1 added, 3 updated" in at_the_terminal.invoke(main, ["import", str(path), *DOCUMENT]).stdout


def test_passages_that_point_at_somebody_are_counted_and_half_letters_left(
    at_the_terminal: CliRunner, tmp_path: Path
) -> None:
    lines = [{"title": "Eins", "text": "Frau Petrova wartet"}, {"title": "\ud800", "text": "x"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    said = at_the_terminal.invoke(main, ["import", str(tmp_path / "a.jsonl"), *DOCUMENT])
    assert "1 with passages that could point at a person" in said.stdout
    assert "a.jsonl:2: enthält Zeichen, die es nicht gibt" in said.stdout
    assert "1 added, 0 updated, 1 skipped" in said.stdout


def test_the_list_of_imports_shows_it_and_takes_it_back(at_the_terminal: CliRunner, demo: Demo, tmp_path: Path) -> None:
    path = files.jsonl(tmp_path / "alt.jsonl", 600, broken=17)
    assert at_the_terminal.invoke(main, ["import", str(path), *DOCUMENT]).exit_code == 0
    client = demo.client("p-albers")
    pages = re.findall(r'href="(/import/\d+)"', client.get("/import").text)
    assert len(pages) == 1, "one import, though it was taken in two batches"
    shown = client.get(pages[0]).text
    assert "alt.jsonl" in shown
    assert "599" in shown
    assert post(client, f"{pages[0]}/zuruecknehmen").status_code == 303
    jobs.work_off(demo.app.extensions["lueckenlos"])
    with demo.session() as session:
        left = session.exec(select(func.count(col(Document.id))).where(col(Document.key).startswith("d-"))).one()
    assert left == 0
