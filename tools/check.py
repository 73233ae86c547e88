"""Runs all checks: `python3 -m tools.check [lint|all] [pytest's options]`. Fails if any of them fails.

All of them run even if an early one fails, pytest last, so that one run shows everything and ends with pytest's count.
"""

from __future__ import annotations

import subprocess
import sys
import time

from tools.places import ENVIRONMENT, ROOT, say

_BIN = ENVIRONMENT / "bin"
CHECKS: dict[str, list[str]] = {
    "rules of style (ruff)": [str(_BIN / "ruff"), "check", "--output-format=concise", "."],
    "layout (ruff format)": [str(_BIN / "ruff"), "format", "--check", "--output-format=concise", "."],
    "types (mypy)": [str(_BIN / "mypy")],
    "directions of imports (import-linter)": [str(_BIN / "lint-imports")],
    "translations": [str(_BIN / "python"), "-m", "tools.messages", "check"],
}


def failed_checks() -> list[str]:
    """Run every check, showing what those print that fail; return the titles of these."""
    return [title for title, command in CHECKS.items() if not _passes(title, command)]


def _passes(title: str, command: list[str]) -> bool:
    started = time.monotonic()
    result = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    say(f"{'FAILED' if result.returncode else 'ok':6} {title}, {time.monotonic() - started:.1f} s")
    if result.returncode:
        say(result.stdout.decode(errors="replace"))
    return result.returncode == 0


_SHARED_OUT = ["--numprocesses=2", "--dist=worksteal"]
"""Two at a time, for the two cores that CI has. `make test ARGS=-n0` runs them one after the other."""


def run_tests(options: list[str]) -> int:
    """Run pytest; its exit code, which is not 0 either if it found no test."""
    command = [str(_BIN / "pytest"), *_SHARED_OUT, *options]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode


def main() -> None:
    """The command line: `lint` for the checks alone, `all` for the tests as well."""
    goal, options = (sys.argv[1] if len(sys.argv) > 1 else "all"), sys.argv[2:]
    failed = failed_checks()
    if failed:
        say(f"error: these checks failed, see above: {'; '.join(failed)}")
    tests = run_tests(options) if goal == "all" else 0
    sys.exit(tests or (1 if failed else 0))


if __name__ == "__main__":
    main()
