"""The export command at the terminal: the same file as the button, and a plain sentence where there is none."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


@pytest.fixture
def at_the_terminal(demo: Demo, demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    for name in [each for each in os.environ if each.startswith("LUECKENLOS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LUECKENLOS_DATABASE_URL", demo_url)
    monkeypatch.setenv("LUECKENLOS_DATA_DIR", str(tmp_path / "data"))
    return CliRunner()


def test_a_meeting_is_written_and_an_unknown_one_named(at_the_terminal: CliRunner, tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    said = at_the_terminal.invoke(main, ["export", "minutes", "LG-09", "-o", str(target)])
    assert said.exit_code == 0
    assert target.read_bytes().startswith(b"PK")
    for what in ("minutes", "agenda"):
        refused = at_the_terminal.invoke(main, ["export", what, "XX-99", "-o", str(target)])
        assert (refused.exit_code, refused.stderr) == (2, "Error: No meeting is called XX-99.\n")
