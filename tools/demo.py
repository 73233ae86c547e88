"""The demonstration: `python -m tools.demo`, run by .venv's Python. Loads the demo county once, then serves it.

Where it goes is the application's own choice (LUECKENLOS_DATABASE_URL, LUECKENLOS_DATA_DIR), so that other commands
find the same county. A note in the data folder says which database was loaded here; nothing else is ever emptied.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from app.core.config import BadSetting, Settings, from_environment
from tools.places import ENVIRONMENT, ROOT, SetUpError, finish, say
from tools.stamps import Stamp

COUNTY = ROOT / "app" / "dataset" / "files" / "demo.yaml"
COMMAND = ENVIRONMENT / "bin" / "lueckenlos"
NOTE = "make-demo.json"
LOADING, LOADED = "loading", "loaded"


@dataclass(frozen=True)
class Demonstration:
    """One place for the demo county: the database's address and the folder beside it."""

    database_url: str
    data_dir: Path

    @property
    def file(self) -> Path | None:
        """The database's file, None for a database server."""
        url = make_url(self.database_url)
        return Path(url.database).absolute() if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def note(self) -> Stamp:
        """What set-up noted about the databases that it loaded with this data folder."""
        return Stamp(self.data_dir / NOTE)

    @property
    def state(self) -> str | None:
        """LOADED, LOADING (a loading that did not come to its end), or None if this was never loaded here."""
        return self.note.read().get(self._key)

    def set_state(self, state: str) -> None:
        """Note how far the loading has come."""
        self.note.write(**{self._key: state})

    def is_ready(self) -> bool:
        """Whether there is something to serve: a county loaded here, or a file that others made."""
        if self.file is None:
            return self.state == LOADED
        return self.file.exists() and self.state != LOADING

    def discard(self) -> None:
        """Remove the database, if it was loaded here, with its index and uploads; keys stay."""
        if self.file is None:
            raise SetUpError("FRESH=1 empties an SQLite file only. Create an empty database and name it instead.")
        if self.file.exists() and self.state is None:
            raise SetUpError(f"{self.file} was not made by `make demo`, so FRESH=1 does not touch it.")
        for suffix in ("", "-wal", "-shm", "-journal"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        for folder in ("index", "uploads"):
            shutil.rmtree(self.data_dir / folder, ignore_errors=True)

    @property
    def _key(self) -> str:
        return hashlib.sha256(self.database_url.encode()).hexdigest()


def prepare(demonstration: Demonstration, fresh: bool, command: Path = COMMAND) -> None:
    """Load the demo county unless it is there already; SetUpError if that fails."""
    if demonstration.is_ready() and not fresh:
        say(f"The database is there already: {place(demonstration)}. To start afresh: make demo FRESH=1")
        return
    broken_off = demonstration.file is not None and demonstration.state == LOADING
    if fresh or broken_off:
        demonstration.discard()
    if demonstration.file is not None:
        demonstration.file.parent.mkdir(parents=True, exist_ok=True)
    demonstration.set_state(LOADING)
    if subprocess.run([command, "load", COUNTY], cwd=ROOT, check=False).returncode:
        raise SetUpError("the demo county could not be loaded; the reason is above.")
    demonstration.set_state(LOADED)


def place(demonstration: Demonstration) -> str:
    """Where the database is, for people; never with a password."""
    if demonstration.file is not None:
        return str(demonstration.file)
    return make_url(demonstration.database_url).render_as_string(hide_password=True)


def how_to_sign_in(settings: Settings) -> str:
    """Where the page is that lists the demo accounts."""
    return f"Sign in on http://{settings.host}:{settings.port}/anmelden with one click on a demo account; Ctrl+C ends."


def main() -> None:
    """The command line: FRESH=1 in the environment starts afresh. Ends as the server ends."""
    fresh = os.environ.pop("FRESH", "") not in ("", "0")
    try:
        settings = from_environment(os.environ)
        prepare(Demonstration(settings.database_url, settings.data_dir), fresh)
    except (SetUpError, BadSetting) as error:
        finish(SetUpError(str(error)))
    say(how_to_sign_in(settings))
    os.execv(COMMAND, [str(COMMAND), "serve"])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
