"""Copying a database that is in use, and laying a copy into an empty one: by SQLite's backup and PostgreSQL's tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine, inspect, make_url
from sqlalchemy.exc import DatabaseError

from app.backup.manifest import BadBackup


@dataclass(frozen=True)
class Standing:
    """The revision of the schema, and the end of every tenant's audit chain by tenant key: number and hash."""

    revision: str
    chains: dict[str, str]


def copy(database_url: str, target: Path) -> Standing:
    """Write one state of the database into a file while others go on writing; how it stood in that state."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), target)
        return standing(f"sqlite:///{target}")
    with connected(database_url) as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        found = _standing(connection)
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"]
        _run("pg_dump", options, url)
    return found


def standing(database_url: str) -> Standing:
    """How a database stands now."""
    with connected(database_url) as connection:
        return _standing(connection)


def _standing(connection: Connection) -> Standing:
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    ends = connection.exec_driver_sql(
        "SELECT tenant.key, audit_head.seq, audit_head.hash FROM audit_head"
        " JOIN tenant ON tenant.id = audit_head.tenant_id"
    )
    return Standing(str(revision), {key: f"{seq} {digest}" for key, seq, digest in ends})


@contextmanager
def connected(database_url: str) -> Iterator[Connection]:
    """A connection of its own, without what the application sets on each of its own."""
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def _copy_sqlite(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copied,
    ):
        live.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")
        _require_sound(copied, target)


def lay(source: Path, database_url: str) -> None:
    """Fill an empty database from a copy: wholly, or not at all. BadBackup if it is not empty."""
    url = make_url(database_url)
    require_empty(database_url)
    if url.get_backend_name() == "sqlite":
        _lay_sqlite(source, Path(url.database or ""))
    else:
        options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        _run("pg_restore", [*options, f"--dbname={url.database}", str(source)], url)


def _lay_sqlite(source: Path, target: Path) -> None:
    beside = target.with_name(f"{target.name}.restoring")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, beside)
        with closing(sqlite3.connect(beside)) as copied:
            _require_sound(copied, source)
        for name in ("-wal", "-shm"):
            target.with_name(target.name + name).unlink(missing_ok=True)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _require_sound(connection: sqlite3.Connection, path: Path) -> None:
    try:
        said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise BadBackup(f"{path} is not a sound database: {said}")


def require_empty(database_url: str) -> None:
    """BadBackup if the database has tables already: a restore writes over nothing."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return
    try:
        with connected(database_url) as connection:
            names = inspect(connection).get_table_names()
    except DatabaseError:
        raise BadBackup("The database does not answer. Check LUECKENLOS_DATABASE_URL.") from None
    if names:
        raise BadBackup("The database is not empty. Restore into a new one and point LUECKENLOS_DATABASE_URL at it.")


def _run(program: str, options: list[str], url: URL) -> None:
    """Run one of PostgreSQL's tools; the password goes by the environment, where no list of processes shows it."""
    settings = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": str(url.port) if url.port else url.query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    environment = os.environ | {name: str(value) for name, value in settings.items() if value}
    command = [_program(program), *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - a program and options of our own choice
    if done.returncode:
        raise BadBackup(f"{program} ended with: {done.stderr.strip().splitlines()[-1] if done.stderr else 'no word'}")


def _program(name: str) -> str:
    """Where the program is; Debian keeps those of a server's version in a folder of its own."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = next((str(path) for path in newest_first), None) or shutil.which(name)
    if found is None:
        raise BadBackup(f"{name} is not installed. Install PostgreSQL's client programs, e.g. postgresql-client.")
    return found
