"""Pins all parts: `python3 -m tools.lock`. Pins that still fit stay; with `--upgrade` all move to the newest.

An upgrade leaves out what is younger than a week: most poisoned releases are found and withdrawn within days.
"""

from __future__ import annotations

import sys

from tools import frontend_parts, python_parts
from tools.places import REQUIREMENTS, ROOT, SetUpError, finish, run, say

COOL_DOWN = "7 days"
# No comment and no address gets into a lock file: it says what is installed, not where from.
_OPTIONS = ["--universal", "--generate-hashes", "--no-header", "--no-emit-index-url", "--no-annotate", "--quiet"]
_RUN = REQUIREMENTS / "run.txt"
_SOURCES: dict[str, list[str]] = {
    "run.txt": ["pyproject.toml"],
    # What tests run on is what people run on: the pins of run.txt bind.
    "dev.txt": ["pyproject.toml", "--group", "dev", "--constraints", str(_RUN)],
    "build.txt": ["--group", "pyproject.toml:build"],
    "uv.txt": ["--group", "pyproject.toml:uv"],
    "node.txt": ["--group", "pyproject.toml:node"],
    "validators.txt": ["--group", "pyproject.toml:validators"],
}


def lock(upgrade: bool) -> None:
    """Write all lock files; pyproject.toml and package.json say what may be taken."""
    python_parts.install_uv()
    newest = ["--upgrade", "--exclude-newer", COOL_DOWN] if upgrade else []
    for name, source in _SOURCES.items():
        say(f"Pinning requirements/{name} ...")
        run([python_parts.UV, "pip", "compile", *_OPTIONS, *newest, *source, "--output-file", REQUIREMENTS / name])
    say("Pinning package-lock.json ...")
    frontend_parts.npm("install", "--package-lock-only", "--ignore-scripts", "--loglevel=error")


def main() -> None:
    """The command line: `--upgrade` or nothing."""
    try:
        lock("--upgrade" in sys.argv[1:])
    except SetUpError as error:
        finish(error)
    say(f"The lock files in {ROOT.name}/ are written; `make test` tells whether they hold.")


if __name__ == "__main__":
    main()
