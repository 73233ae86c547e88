"""`make demo`: loads once, keeps what is there, empties only what it made."""

from pathlib import Path

import pytest

from tools.demo import LOADED, LOADING, Demonstration, place, prepare
from tools.places import SetUpError


class Loader:
    """A `lueckenlos` that writes down each call and ends as it is told."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "lueckenlos"
        self._calls = folder / "calls"
        self.ends_with(0)

    def ends_with(self, code: int) -> None:
        self.program.write_text(f'#!/bin/sh\necho "$1" >> {self._calls}\nexit {code}\n', encoding="utf-8")
        self.program.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        return self._calls.read_text(encoding="utf-8").split() if self._calls.exists() else []


@pytest.fixture
def loader(tmp_path: Path) -> Loader:
    return Loader(tmp_path)


@pytest.fixture
def demonstration(tmp_path: Path) -> Demonstration:
    return Demonstration(f"sqlite:///{tmp_path}/var/demo.sqlite", tmp_path / "var")


@pytest.fixture
def file(demonstration: Demonstration) -> Path:
    assert demonstration.file is not None
    return demonstration.file


def test_the_first_start_loads_the_county(demonstration: Demonstration, loader: Loader) -> None:
    prepare(demonstration, fresh=False, command=loader.program)

    assert loader.calls == ["load"]
    assert demonstration.state == LOADED


def test_a_later_start_keeps_it_and_says_how_to_start_afresh(
    demonstration: Demonstration, loader: Loader, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(demonstration, fresh=False, command=loader.program)
    file.touch()

    prepare(demonstration, fresh=False, command=loader.program)

    assert loader.calls == ["load"]
    assert "make demo FRESH=1" in capsys.readouterr().out


def test_starting_afresh_removes_database_index_and_uploads_but_no_key(
    demonstration: Demonstration, loader: Loader, file: Path
) -> None:
    prepare(demonstration, fresh=False, command=loader.program)
    for made in ("demo.sqlite", "demo.sqlite-wal", "index/x", "uploads/x", "keys/x"):
        (file.parent / made).parent.mkdir(exist_ok=True)
        (file.parent / made).touch()

    prepare(demonstration, fresh=True, command=loader.program)

    assert sorted(path.name for path in file.parent.iterdir()) == ["keys", "make-demo.json"]
    assert loader.calls == ["load", "load"]


def test_a_database_of_others_is_kept_as_it_is(demonstration: Demonstration, loader: Loader, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("a county's work", encoding="utf-8")

    prepare(demonstration, fresh=False, command=loader.program)
    with pytest.raises(SetUpError, match="was not made by `make demo`"):
        prepare(demonstration, fresh=True, command=loader.program)

    assert file.read_text(encoding="utf-8") == "a county's work"
    assert loader.calls == []


def test_a_loading_that_broke_off_is_begun_again(demonstration: Demonstration, loader: Loader, file: Path) -> None:
    loader.ends_with(1)
    with pytest.raises(SetUpError, match="could not be loaded"):
        prepare(demonstration, fresh=False, command=loader.program)
    file.touch()
    assert demonstration.state == LOADING
    loader.ends_with(0)

    prepare(demonstration, fresh=False, command=loader.program)

    assert not file.exists()
    assert demonstration.state == LOADED


def test_a_database_server_is_loaded_once_and_never_emptied(tmp_path: Path, loader: Loader) -> None:
    demonstration = Demonstration("postgresql://kim:secret@localhost/kim", tmp_path / "var")

    prepare(demonstration, fresh=False, command=loader.program)
    prepare(demonstration, fresh=False, command=loader.program)
    with pytest.raises(SetUpError, match="empties an SQLite file only"):
        prepare(demonstration, fresh=True, command=loader.program)

    assert loader.calls == ["load"]


def test_another_database_in_the_same_folder_is_loaded_as_well(tmp_path: Path, loader: Loader) -> None:
    for name in ("one", "two"):
        prepare(Demonstration(f"sqlite:///{tmp_path}/{name}.sqlite", tmp_path), fresh=False, command=loader.program)

    assert loader.calls == ["load", "load"]


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    assert "secret" not in place(Demonstration("postgresql://kim:secret@localhost/kim", tmp_path))
