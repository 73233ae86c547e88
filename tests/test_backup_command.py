"""Backup and restore as people type them: everything comes back, keys never leave, nothing is written over."""

import json
import os
import sqlite3
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import col, func, select

from app.cli import main
from app.core.records import AuditEntry
from app.core.work import Work
from knowledge.gaps.models import Gap
from tests.support.demo import Demo
from tests.support.postgres import PostgresServer

ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


class Terminal:
    """Commands on one database and data folder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, url: str, data_dir: Path) -> None:
        self._patch, self.url, self.data_dir = monkeypatch, url, data_dir

    def say(self, *words: object) -> Result:
        """Run a command."""
        for name in [each for each in os.environ if each.startswith("LUECKENLOS_")]:
            self._patch.delenv(name)
        self._patch.setenv("LUECKENLOS_DATABASE_URL", self.url)
        self._patch.setenv("LUECKENLOS_DATA_DIR", str(self.data_dir))
        return CliRunner().invoke(main, [str(word) for word in words])

    def elsewhere(self, url: str, data_dir: Path) -> "Terminal":
        """The same commands on another installation."""
        return Terminal(self._patch, url, data_dir)


@pytest.fixture
def here(demo: Demo, demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The demo county's installation, with a file that somebody attached, an upload, and a key of a secret ballot."""
    data_dir = tmp_path / "data"
    for name in ("papers/ab/cdef", "uploads/half", "keys/sealed/1", "queue.sqlite", "server-1.log"):
        (data_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (data_dir / name).write_text(f"content of {name}", encoding="utf-8")
    return Terminal(monkeypatch, demo_url, data_dir)


def backed_up(here: Terminal, target: Path) -> Path:
    """Make a backup; its folder."""
    said = here.say("backup", target)
    assert said.exit_code == 0, said.output
    return Path(said.stdout.strip().splitlines()[0])


def empty_place(request: pytest.FixtureRequest, here: Terminal, tmp_path: Path) -> Terminal:
    """An installation of the same kind with nothing in it."""
    if here.url.startswith("sqlite"):
        return here.elsewhere(f"sqlite:///{tmp_path / 'new' / 'new.sqlite'}", tmp_path / "new")
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create(f"empty_{os.getpid()}_{tmp_path.name[-20:]}".lower().replace("-", "_"))
    request.addfinalizer(lambda: server.drop(url))
    return here.elsewhere(url, tmp_path / "new")


def acts(demo: Demo) -> tuple[int, int]:
    """How many gaps and how many recorded acts there are."""
    with demo.session() as session:
        gaps = session.exec(select(func.count(col(Gap.id)))).one()
        return gaps, session.exec(select(func.count(col(AuditEntry.id)))).one()


def test_everything_comes_back_though_somebody_goes_on_writing(
    request: pytest.FixtureRequest, demo: Demo, here: Terminal, tmp_path: Path
) -> None:
    before = acts(demo)
    done = threading.Event()

    def act(work: Work) -> None:
        work.record("test.act", work.session.exec(select(Gap)).all()[0])

    def keep_writing() -> None:
        while not done.is_set():
            demo.perform("p-albers", act)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        folder = backed_up(here, tmp_path / "safe")
    finally:
        done.set()
        writer.join()

    there = empty_place(request, here, tmp_path)
    said = there.say("restore", folder)

    assert said.exit_code == 0, said.output
    assert "kreis-sonderau: chain holds" in said.stdout
    assert "keys/secret is another one" in said.stdout
    assert "please enter it again" in said.stdout
    restored = Demo.over(there.url, there.data_dir)
    gaps, entries = acts(restored)
    assert gaps == before[0]
    assert before[1] <= entries <= acts(demo)[1]
    assert restored.client("p-albers").get("/fehlstellen").status_code == 200
    assert "F-2026-03" in there.say("search", "Fiktionsbescheinigung", "--as", "albers@kim.example", "--json").stdout
    assert (there.data_dir / "papers/ab/cdef").read_text(encoding="utf-8") == "content of papers/ab/cdef"
    restored.app.extensions["lueckenlos"].hub.close()
    restored.database.dispose()


@ON_SQLITE
def test_no_key_is_in_a_backup_and_the_right_one_is_known_again(here: Terminal, tmp_path: Path) -> None:
    folder = backed_up(here, tmp_path / "safe")
    secret = (here.data_dir / "keys" / "secret").read_bytes()
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {"manifest.json", "database.sqlite", "files/papers/ab/cdef"}
    assert all(secret not in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert folder.stat().st_mode & 0o077 == 0
    there = here.elsewhere(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path / "new")
    (there.data_dir / "keys").mkdir(parents=True)
    (there.data_dir / "keys" / "secret").write_bytes(secret)
    assert "keys/secret is another one" not in there.say("restore", folder).stdout


@ON_SQLITE
def test_a_backup_that_is_not_whole_is_refused_before_anything_is_written(here: Terminal, tmp_path: Path) -> None:
    folder = backed_up(here, tmp_path / "safe")
    there = here.elsewhere(f"sqlite:///{tmp_path / 'new' / 'new.sqlite'}", tmp_path / "new")

    def refused(because: str) -> None:
        said = there.say("restore", folder)
        assert (said.exit_code, because in said.output) == (1, True), said.output
        assert not (tmp_path / "new" / "new.sqlite").exists()
        assert not (tmp_path / "new" / "papers").exists()

    attached = folder / "files" / "papers" / "ab" / "cdef"
    attached.write_text("something else", encoding="utf-8")
    refused("was changed after the backup")
    attached.unlink()
    refused("is missing")
    attached.write_text("content of papers/ab/cdef", encoding="utf-8")
    (folder / "files" / "added").write_text("x", encoding="utf-8")
    refused("does not belong to the backup")
    (folder / "files" / "added").unlink()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for change, because in (
        ({"revision": "9999"}, "does not know"),
        ({"backend": "postgresql"}, "holds no database"),
        ({"backend": "oracle"}, "not known"),
        ({"format": "tar"}, "not of the format"),
    ):
        (folder / "manifest.json").write_text(json.dumps(manifest | change), encoding="utf-8")
        refused(because)
    (folder / "manifest.json").unlink()
    refused("is no backup")


@ON_SQLITE
def test_nothing_is_written_over(here: Terminal, tmp_path: Path) -> None:
    folder = backed_up(here, tmp_path / "safe")
    assert "The database is not empty" in here.say("restore", folder).output
    there = here.elsewhere(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path / "new")
    (there.data_dir / "papers" / "ab").mkdir(parents=True)
    (there.data_dir / "papers" / "ab" / "cdef").write_text("of somebody else", encoding="utf-8")
    assert "is there already and another one" in there.say("restore", folder).output
    assert not (tmp_path / "new.sqlite").exists()


@ON_SQLITE
def test_only_the_newest_are_kept_and_only_backups_are_deleted(here: Terminal, tmp_path: Path) -> None:
    safe = tmp_path / "safe"
    for day in range(1, 4):
        (safe / f"lueckenlos-2020-01-0{day}T000000Z").mkdir(parents=True)
        (safe / f"lueckenlos-2020-01-0{day}T000000Z" / "manifest.json").write_text("{}", encoding="utf-8")
    (safe / "lueckenlos-notes").mkdir()
    said = here.say("backup", safe, "--keep", 2)
    assert "lueckenlos-2020-01-02T000000Z: deleted" in said.stdout
    left = sorted(path.name for path in safe.iterdir())
    assert left[0] == "lueckenlos-2020-01-03T000000Z"
    assert left[1].startswith("lueckenlos-2026-11-23T09")
    assert left[2:] == ["lueckenlos-notes"]


@ON_SQLITE
def test_a_copy_of_the_file_alone_would_have_been_behind(demo: Demo, here: Terminal, tmp_path: Path) -> None:
    live = sqlite3.connect(here.url.removeprefix("sqlite:///"))
    live.execute("CREATE TABLE only_here (word TEXT)")
    live.execute("INSERT INTO only_here VALUES ('x')")
    live.commit()
    folder = backed_up(here, tmp_path / "safe")
    with sqlite3.connect(folder / "database.sqlite") as copied:
        assert copied.execute("SELECT word FROM only_here").fetchall() == [("x",)]
    naive = tmp_path / "naive.sqlite"
    naive.write_bytes(Path(here.url.removeprefix("sqlite:///")).read_bytes())
    with sqlite3.connect(naive) as copied, pytest.raises(sqlite3.OperationalError):
        copied.execute("SELECT word FROM only_here")
    live.close()
