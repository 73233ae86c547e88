"""The process beside the server dies: another takes its place, and what waits is done."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.support.demo import Demo
from tests.support.server import Server

PATIENCE_SECONDS = 30.0


def companions(of: int) -> list[int]:
    """The ids of the processes that index beside the server `of`."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (folder / "cmdline").exists():
            words = _read(folder / "cmdline").split("\0")
            parent = _read(folder / "status").partition("PPid:")[2].split()[:1]
            if words[-3:-1] == ["index", "watch"] and parent == [str(of)]:
                found.append(int(folder.name))
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def another(of: int, than: list[int]) -> list[int]:
    """The companions once there is one that is not among `than`."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        now = [each for each in companions(of) if each not in than]
        if now:
            return now
        time.sleep(0.05)
    raise AssertionError("no companion came")


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_killed_companion_is_replaced(demo_url: str, tmp_path: Path) -> None:
    Demo.over(demo_url, tmp_path / "data").database.dispose()
    with Server(demo_url, tmp_path / "data") as server:
        assert server._process is not None
        first = another(server._process.pid, than=[])
        os.kill(first[0], signal.SIGKILL)
        second = another(server._process.pid, than=first)
        assert len(second) == 1
    assert not Path(f"/proc/{second[0]}").exists()
