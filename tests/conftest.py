"""Servers, databases and clients that tests share. Every database test runs on SQLite and on PostgreSQL."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from app.core.database import Database
from app.dataset.loading import load_file
from app.schema import upgrade
from tests.support.chromium import launched
from tests.support.compiled import share
from tests.support.demo import DEMO_FILE, Demo
from tests.support.postgres import PostgresServer, quick_folder
from tests.support.time import the_day

__all__ = ["the_day"]

share()
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
settings.load_profile("house")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each person gets a context of their own."""
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL of our own, with a migrated template database."""
    with tempfile.TemporaryDirectory(
        prefix="lueckenlos-postgres-", dir=quick_folder(), ignore_cleanup_errors=True
    ) as folder:
        server = PostgresServer(Path(folder))
        server.start()
        database = Database(server.create("migrated"))
        upgrade(database)
        database.dispose()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema and nothing in it."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    with database.writing.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated, empty database."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
    else:
        yield from copied(request.getfixturevalue("postgres_server"), "migrated")


def copied(server: PostgresServer, template: str) -> Iterator[str]:
    """The address of a copy that is dropped afterwards."""
    url = server.create_from(template)
    yield url
    server.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database, fresh and migrated."""
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def loaded_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the demo county."""
    path = tmp_path_factory.mktemp("loaded") / "loaded.sqlite"
    shutil.copy(migrated_file, path)
    load_demo(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def loaded_template(postgres_server: PostgresServer) -> str:
    """The name of a PostgreSQL database with the demo county, to be copied."""
    url = postgres_server.create_from("migrated")
    load_demo(url)
    return url.rsplit("/", 1)[-1]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def demo_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with the demo county."""
    if request.param == "sqlite":
        path = tmp_path / "demo.sqlite"
        shutil.copy(request.getfixturevalue("loaded_file"), path)
        yield f"sqlite:///{path}"
    else:
        yield from copied(request.getfixturevalue("postgres_server"), request.getfixturevalue("loaded_template"))


@pytest.fixture
def demo(demo_url: str, tmp_path: Path) -> Iterator[Demo]:
    """The application over a fresh demo county."""
    demo = Demo.over(demo_url, tmp_path / "data")
    yield demo
    demo.app.extensions["lueckenlos"].hub.close()
    demo.database.dispose()


def load_demo(url: str) -> None:
    """Load the demo county and let go of every connection."""
    database = Database(url)
    with database.session(database.writing) as session:
        load_file(session, DEMO_FILE)
        session.commit()
    if database.is_sqlite:
        with database.writing.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
