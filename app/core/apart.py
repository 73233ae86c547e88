"""Work on files of strangers, done in a process of its own: whatever a hostile file does there, it does to a process
that has no database, no secrets and no second minute.

`ask` starts such a program and gets what it found; the program says it through `within_limits`.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

MEMORY = 1536 * 1024 * 1024
TOO_BIG, BROKEN = "too_big", "broken"


def ask(module: str, arguments: list[str], seconds: float) -> dict[str, Any]:
    """What the module says of its arguments; {"problem": "too_big" | "broken"} if it came to no end within so long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-B", "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_bare_environment(),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"problem": TOO_BIG}
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"problem": TOO_BIG if done.returncode < 0 else BROKEN}
    return said


def _bare_environment() -> dict[str, str]:
    """No address of a database, no key: only what Python needs to find itself."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "HOME") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1"}


def within_limits(work: Callable[[], Mapping[str, Any]], seconds: int, largest_file: int = 0) -> int:
    """For the program: do the work within limits of memory, CPU seconds and bytes of a file; say what came of it.

    Whatever else a broken file raises ends the program without a word, and `ask` knows it as broken.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = dict(work())
    except (MemoryError, RecursionError):
        found = {"problem": TOO_BIG}
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    return 0
