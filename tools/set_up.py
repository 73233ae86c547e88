"""Sets the house up: `python3 -m tools.set_up run|dev|test`. The second time there is next to nothing to do.

`run` is what the application needs, `dev` adds what checks need, `test` adds the browser and the database server.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python gets to see
    version = sys.version.split()[0]
    sys.exit(f"error: Python 3.11 or newer is needed, this is {version}. Name another: make PYTHON=python3.12")

import time

from tools import collect_assets, frontend_parts, python_parts, system_parts, translations
from tools.places import SetUpError, finish, say


def set_up(goal: str) -> None:
    """Bring everything up to the goal: `run`, `dev` or `test`."""
    level = "run" if goal == "run" else "dev"
    python_parts.provide(level)
    frontend_parts.provide(level)
    if goal == "test":
        system_parts.provide()
        python_parts.provide_validators()
    translations.compile_catalogues()
    collect_assets.collect_house()


def main() -> None:
    """The command line: one goal, `run` if none is named."""
    started = time.monotonic()
    goal = sys.argv[1] if len(sys.argv) > 1 else "run"
    if goal not in ("run", "dev", "test"):
        sys.exit("usage: python3 -m tools.set_up [run|dev|test]")
    try:
        set_up(goal)
    except SetUpError as error:
        finish(error)
    say(f"Set up ({goal}) in {time.monotonic() - started:.1f} s.")


if __name__ == "__main__":
    main()
