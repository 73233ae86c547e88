"""Reading an uploaded file through a process of its own; here is only what starts, limits and ends that process."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from knowledge.imports.readers.values import Found, Left, Unreadable
from knowledge.imports.rules import suffix_of

SECONDS = 180.0
"""How long one file may take; the process's own limit of 120 CPU seconds usually comes first."""


def read(path: Path, name: str, seconds: float = SECONDS) -> Iterator[Found | Left]:
    """What the file holds, as it is read. Raises Unreadable with a code when it cannot be, or takes too long."""
    if path.stat().st_size == 0:
        raise Unreadable("empty")
    reader = subprocess.Popen(  # noqa: S603 - our own reader
        [sys.executable, "-B", "-m", "knowledge.imports.readers", str(path), suffix_of(name)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_bare_environment(),
    )
    over = threading.Timer(seconds, reader.kill)
    over.start()
    try:
        yield from _lines(reader)
    finally:
        over.cancel()
        reader.kill()
        if reader.stdout is not None:
            reader.stdout.close()
        reader.wait()


def _lines(reader: "subprocess.Popen[bytes]") -> Iterator[Found | Left]:
    for line in reader.stdout or ():
        said = json.loads(line)
        if "given" in said:
            yield Found(said["given"], said["place"])
        elif "left" in said:
            yield Left(said["place"], said["left"])
        elif said["end"] == "read":
            return
        else:
            raise Unreadable(said["end"])
    code = reader.wait()
    raise Unreadable("too_slow" if code < 0 else "broken")


def _bare_environment() -> dict[str, str]:
    """No address of a database, no key: only what Python needs to find itself; one thread for arithmetic."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "HOME") if name in os.environ}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
