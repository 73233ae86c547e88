"""A PostgreSQL server that the tests start themselves, on a free port of the loopback address."""

import os
import pwd
import shutil
import socket
import subprocess
from itertools import count
from pathlib import Path

import psycopg

_names = count(1)
SWITCHES = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=''",
    "max_connections=200",
    "fsync=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "max_wal_size=8GB",
    "checkpoint_timeout=1h",
)
"""Nothing here has to survive a power cut: a copy of a database costs a third of what it costs otherwise."""
MUCH_MEMORY = 4 * 1024**3


def quick_folder() -> str | None:
    """Where many small databases come and go without a disk, if this machine has the memory; None: the usual place."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    return str(shared) if shared.is_dir() and shutil.disk_usage(shared).free > MUCH_MEMORY else None


class PostgresMissing(RuntimeError):
    """No PostgreSQL programs were found; the message says what to install."""


def programs() -> Path:
    """The folder of PostgreSQL's server programs, version 15 or newer."""
    named = os.environ.get("LUECKENLOS_TEST_POSTGRES_BIN")
    if named:
        return Path(named)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found or int(found[-1].parts[-3]) < 15:
        raise PostgresMissing("The tests need PostgreSQL 15 or newer: apt-get install postgresql")
    return found[-1].parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgresServer:
    """A server in a folder of its own. PostgreSQL refuses to run as root, so root starts it as `postgres`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "cluster"
        self.port = free_port()
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        self.folder.mkdir()
        if self._as:
            self._open_path()
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", str(self.folder), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = " ".join([f"-p {self.port}", *(f"-c {switch}" for switch in SWITCHES)])
        log = self.folder / "server.log"
        self._run("pg_ctl", "-D", str(self.folder), "-o", options, "-l", str(log), "-w", "start")

    def stop(self) -> None:
        """End it at once."""
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def create(self, name: str) -> str:
        """A new empty database."""
        return self._tell(f'CREATE DATABASE "{name}"', name)

    def create_from(self, template: str) -> str:
        """A new database with everything that `template` has."""
        name = f"test_{next(_names)}"
        return self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY', name)

    def drop(self, url: str) -> None:
        """Give the room of a database back; whoever is still connected is cut off."""
        name = url.rsplit("/", 1)[-1]
        self._tell(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', name)

    def _tell(self, statement: str, name: str) -> str:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]
        return self.url(name)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as, str(programs() / program), *arguments],
            check=True,
            cwd="/",
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )

    def _open_path(self) -> None:
        pwd.getpwnam("postgres")
        for parent in self.folder.parents:
            if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
