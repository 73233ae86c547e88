"""Where set-up puts things, and how it starts programs and speaks to the person at the terminal."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
ENVIRONMENT = ROOT / ".venv"
BUILD = ROOT / "build"
NODE_MODULES = ROOT / "node_modules"
REQUIREMENTS = ROOT / "requirements"


class SetUpError(Exception):
    """Set-up cannot go on; the message is a whole sentence that says what to do."""


def say(text: str) -> None:
    """One line for the person at the terminal, in order with what the started programs print."""
    print(text, flush=True)


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
    """Run a program in the project's folder; if it fails, stop with the command that failed."""
    words = [str(word) for word in command]
    result = subprocess.run(words, cwd=ROOT, env=environment, check=False, stdin=subprocess.DEVNULL)
    if result.returncode:
        raise SetUpError(f"This command failed with exit code {result.returncode}: {shlex.join(words)}")


def finish(error: SetUpError) -> None:
    """End the program with the sentence of the error."""
    sys.exit(f"error: {error}")
