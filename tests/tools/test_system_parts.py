"""What the tests need of the machine: found, or asked for in one sentence each."""

from pathlib import Path

import pytest

from tools import system_parts
from tools.system_parts import CHROMIUM, JAVA, POSTGRESQL, newest_postgresql, sentence


def server(home: Path, version: str, *programs: str) -> None:
    """A folder as Debian lays it out for one version of PostgreSQL."""
    (home / version / "bin").mkdir(parents=True)
    for program in programs:
        (home / version / "bin" / program).touch()


def test_the_newest_server_is_taken(tmp_path: Path) -> None:
    for version in ("9.6", "14", "15", "17"):
        server(tmp_path, version, "initdb", "postgres")

    assert newest_postgresql(tmp_path) == tmp_path / "17" / "bin"


def test_a_client_alone_is_no_server(tmp_path: Path) -> None:
    server(tmp_path, "15", "psql")

    assert newest_postgresql(tmp_path) is None


def test_a_server_before_15_is_too_old(tmp_path: Path) -> None:
    server(tmp_path, "14", "initdb", "postgres")

    assert newest_postgresql(tmp_path) is None


def test_a_machine_without_postgresql_has_none(tmp_path: Path) -> None:
    assert newest_postgresql(tmp_path / "absent") is None


def test_the_browser_is_looked_for_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not system_parts.has_chromium()

    (tmp_path / "chromium").touch(mode=0o755)
    assert system_parts.has_chromium()


def test_java_that_cannot_compile_is_not_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "java").touch(mode=0o755)
    assert not system_parts.has_java()

    (tmp_path / "javac").touch(mode=0o755)
    assert system_parts.has_java()


@pytest.mark.parametrize("part", [CHROMIUM, POSTGRESQL, JAVA])
def test_what_is_missing_is_said_with_the_command_that_installs_it(part: system_parts.SystemPart) -> None:
    assert sentence(part).startswith(part.title)
    assert sentence(part).endswith(f"apt-get install {part.package}")
