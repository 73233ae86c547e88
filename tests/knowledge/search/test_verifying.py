"""Index and database say the same: compared, by command, and after indexers were killed at any moment."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import Session, col, select

from app.cli import main
from knowledge.gaps.models import Gap
from knowledge.search import outbox
from knowledge.search.documents import Kind, version
from knowledge.search.verifying import Comparison, differences
from tests.knowledge.search.samples import document
from tests.support.demo import Demo

A, B, C = (Kind.GAP, "a"), (Kind.GAP, "b"), (Kind.GAP, "c")
SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def test_what_differs_is_named_and_what_waits_is_not() -> None:
    found = differences({A: "1", B: "1"}, {B: "2", C: "1"}, set())
    assert (found.missing, found.surplus, found.stale) == ((A,), (C,), (B,))
    assert list(found.lines()) == ["missing: gap a", "surplus: gap c", "stale: gap b"]
    waiting = differences({A: "1", B: "1"}, {B: "2", C: "1"}, {A, B, C})
    assert waiting == Comparison(documents=2, waiting=3)
    assert waiting.agrees


def test_a_version_changes_with_every_field_and_with_nothing_else() -> None:
    first = document("a", "Titel", "Text", audience=["x", "y"], facets={"s": ("b", "a"), "t": ()})
    assert version(first) == version(document("a", "Titel", "Text", audience=["y", "x"], facets={"s": ("a", "b")}))
    others = [
        document("b", "Titel", "Text", audience=["x", "y"], facets={"s": ("a", "b")}),
        document("a", "Titel!", "Text", audience=["x", "y"], facets={"s": ("a", "b")}),
        document("a", "Titel", "Text", audience=["x"], facets={"s": ("a", "b")}),
        document("a", "Titel", "Text", audience=["x", "y"], facets={"s": ("a",)}),
    ]
    assert version(first) not in {version(other) for other in others}


def test_the_command_names_what_the_indexer_missed(
    demo: Demo, demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.index_now()
    monkeypatch.setenv("LUECKENLOS_DATABASE_URL", demo_url)
    monkeypatch.setenv("LUECKENLOS_DATA_DIR", str(tmp_path / "data"))
    fine = CliRunner().invoke(main, ["index", "verify"])
    assert (fine.exit_code, "index and database agree" in fine.output) == (0, True)
    behind_its_back(demo)
    spoilt = CliRunner().invoke(main, ["index", "verify"])
    assert spoilt.exit_code == 1
    assert "stale: gap F-2025-02" in spoilt.output
    rebuilt = CliRunner().invoke(main, ["index", "rebuild"])
    assert "rebuilt" in rebuilt.output
    assert CliRunner().invoke(main, ["index", "verify"]).exit_code == 0


def behind_its_back(demo: Demo) -> None:
    """A change that nobody queued."""

    def job(session: Session) -> None:
        gap = session.exec(select(Gap).where(col(Gap.key) == "F-2025-02")).one()
        gap.title = "Heimlich geändert"
        session.add(gap)

    demo.app.extensions["lueckenlos"].writer.run(job, demo.tenant_id)


@SQLITE
def test_readiness_says_how_many_changes_wait(demo: Demo) -> None:
    house = demo.index_now().app.extensions["lueckenlos"]
    house.writer.run(lambda session: outbox.enqueue(session, Kind.GAP, "F-2025-02"), demo.tenant_id)
    assert demo.client().get("/readyz").get_json()["search_waiting"] == 1
    house.search.catch_up(demo.tenant_id)
    assert demo.client().get("/readyz").get_json()["search_waiting"] == 0


@pytest.mark.parametrize("seed", ["1"])
def test_twenty_killed_indexers_leave_nothing_that_the_next_does_not_mend(
    loaded_file: Path, tmp_path: Path, seed: str
) -> None:
    shutil.copy(loaded_file, tmp_path / "demo.sqlite")
    program = Path(__file__).with_name("killed_indexer.py")
    arguments = [f"sqlite:///{tmp_path / 'demo.sqlite'}", str(tmp_path / "index"), "1", seed]
    done = subprocess.run([sys.executable, str(program), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["killed"], answer["differs"], answer["waiting"]) == (20, [], 0)
