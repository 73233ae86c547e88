"""Starting servers, and reading from /proc what a server and its children take. Processes are ended by their id."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.postgres import free_port

ROOT = Path(__file__).parents[1]
PROC = Path("/proc")
LONGEST_START = 60.0
LONGEST_SETTLING = 20.0
LOOK_EVERY = 0.005
TICKS = os.sysconf("SC_CLK_TCK")
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Where it is set, every start compiles every module anew; an installation keeps what it compiled."""


class DidNotStart(RuntimeError):
    """A server ended or did not answer in time; the message holds what it said."""


@dataclass(frozen=True)
class Memory:
    """What one process takes, in MiB: resident now, resident at most, and its share if shared pages are divided."""

    role: str
    resident: float
    peak: float
    share: float


class Program:
    """A server on a free port of the loopback address.

    `seconds` is how long its first answer took, `cpu_seconds` what its processes had computed by then.
    """

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str], ready: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.seconds = self.cpu_seconds = 0.0
        self._command = [word.format(port=self.port) for word in command]
        self._environment = surroundings() | {name: word.format(port=self.port) for name, word in environment.items()}
        self._log, self._ready = log, ready
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The id of the process that was started."""
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> "Program":
        with self._log.open("wb") as log:
            began = time.perf_counter()
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        while not _answers(self.url + self._ready):
            if self._process.poll() is not None or time.perf_counter() - began > LONGEST_START:
                self.__exit__()
                raise DidNotStart(self._log.read_text(errors="replace"))
            time.sleep(LOOK_EVERY)
        self.seconds = time.perf_counter() - began
        self.cpu_seconds = cpu_seconds(self.pid)
        return self

    def __exit__(self, *_error: object) -> None:
        end(self._process)


def product(database_url: str, data_dir: Path) -> Program:
    """`lueckenlos serve`, as a person would start it."""
    environment = {
        "LUECKENLOS_DATABASE_URL": database_url,
        "LUECKENLOS_DATA_DIR": str(data_dir),
        "LUECKENLOS_PORT": "{port}",
    }
    return Program([sys.executable, "-m", "app.cli", "serve"], data_dir / "serve.log", environment, "/readyz")


def peer(folder: Path) -> Program:
    """The bare Flask application behind gunicorn with one gevent worker, as the product is served."""
    switches = [
        "--worker-class",
        "gevent",
        "--no-control-socket",
        "--log-level",
        "warning",
        "--bind",
        "127.0.0.1:{port}",
    ]
    command = [sys.executable, "-m", "gunicorn", *switches, "benchmarks.bare:application"]
    return Program(command, folder / "bare.log", {}, "/readyz")


def surroundings() -> dict[str, str]:
    """The environment of what is started here: ours, but compiled modules are kept."""
    return {name: word for name, word in os.environ.items() if name != NO_BYTECODE}


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Ask the process to end, wait, and end it if it does not."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def family(pid: int) -> list[int]:
    """The process and all its descendants, parents first."""
    found = [pid]
    for parent in found:
        for task in sorted((PROC / str(parent) / "task").glob("*/children")):
            found += [int(child) for child in _read(task).split()]
    return found


def memories(pid: int) -> list[Memory]:
    """Memory of the process (the server) and its descendants: workers, and the indexer if there is one."""
    return [memory for each in family(pid) if (memory := _memory(each, _role(each, pid)))]


def settle(pid: int) -> None:
    """Wait until the family has done next to nothing for a second, at most 20 seconds."""
    ends, before = time.monotonic() + LONGEST_SETTLING, -1.0
    while time.monotonic() < ends:
        now = cpu_seconds(pid)
        if now - before < 0.08:
            return
        before = now
        time.sleep(1.0)


def cpu_seconds(pid: int) -> float:
    """What the process and its descendants have computed, those that have ended included."""
    return sum(_cpu_seconds(each) for each in family(pid))


def _role(pid: int, server: int) -> str:
    words = _read(PROC / str(pid) / "cmdline").split("\0")
    if pid == server:
        return "server"
    return "indexer" if "watch" in words else "worker"


def _memory(pid: int, role: str) -> Memory | None:
    status = _fields(PROC / str(pid) / "status")
    share = _fields(PROC / str(pid) / "smaps_rollup").get("Pss", 0.0)
    if "VmRSS" not in status:
        return None
    return Memory(role, status["VmRSS"], status["VmHWM"], share)


def _fields(path: Path) -> dict[str, float]:
    """The lines of a /proc file that are in kB, as MiB."""
    lines = [line.split() for line in _read(path).splitlines() if line.endswith(" kB")]
    return {words[0].rstrip(":"): int(words[1]) / 1024 for words in lines}


def _cpu_seconds(pid: int) -> float:
    after_name = _read(PROC / str(pid) / "stat").rpartition(")")[2].split()
    return sum(int(ticks) for ticks in after_name[11:15]) / TICKS


def _read(path: Path) -> str:
    """The file's text; nothing if the process has gone meanwhile."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
