"""Demo counties to measure in: loaded, grown to a number of gaps, and indexed, on SQLite and on PostgreSQL."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session, col, select

from app.core.config import Settings
from app.core.database import Database, every_tenant
from app.dataset.command import load_into
from app.people.models import Tenant
from benchmarks.processes import ROOT, surroundings
from benchmarks.scale import count_gaps, grow
from tests.support.postgres import PostgresMissing, PostgresServer, programs

DEMO_FILE = Path(__file__).parents[1] / "app" / "dataset" / "files" / "demo.yaml"
WELL_KNOWN = "F-2026-01"


class County:
    """A loaded demo county that can grow. `shipped` is how many gaps its file has."""

    def __init__(self, url: str, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self.url, self.data_dir = url, data_dir
        load_into(Settings(url, data_dir), DEMO_FILE, None)
        with self.writing() as session:
            self.shipped = count_gaps(session)

    @property
    def backend(self) -> str:
        """sqlite or postgresql."""
        return self.url.partition(":")[0]

    def grow_to(self, gaps: int) -> float:
        """Bring the county to this number of gaps; the seconds that it took."""
        began = time.perf_counter()
        with self.writing() as session:
            grow(session, count_gaps(session) - self.shipped, gaps - self.shipped, well_known=WELL_KNOWN)
            session.commit()
        self._look_after()
        return time.perf_counter() - began

    def index(self) -> float:
        """Build the search index anew; the seconds that it took."""
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "app.cli", "index", "rebuild"],
            check=True,
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - began

    def environment(self) -> dict[str, str]:
        """The environment in which commands work on this county."""
        return surroundings() | {"LUECKENLOS_DATABASE_URL": self.url, "LUECKENLOS_DATA_DIR": str(self.data_dir)}

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session of the county that may write."""
        database = Database(self.url)
        try:
            with database.session(database.reading) as plain, every_tenant(plain):
                tenant_id = plain.exec(select(Tenant.id).order_by(col(Tenant.id))).one()
            with database.session(database.writing, tenant_id) as session:
                yield session
        finally:
            database.dispose()

    def _look_after(self) -> None:
        """What PostgreSQL's autovacuum does within a minute; SQLite has no such helper, so it gets none here."""
        if self.backend == "sqlite":
            return
        database = Database(self.url)
        with database.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        database.dispose()


@contextmanager
def on_sqlite(folder: Path) -> Iterator[County]:
    """A county in a file below `folder`."""
    yield County(f"sqlite:///{folder / 'county.sqlite'}", folder / "sqlite")


@contextmanager
def on_postgres(folder: Path) -> Iterator[County]:
    """A county on a PostgreSQL server of our own, which runs as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="lueckenlos-bench-", ignore_cleanup_errors=True) as cluster:
        server = PostgresServer(Path(cluster))
        server.start()
        try:
            yield County(server.create("county"), folder / "postgresql")
        finally:
            server.stop()


def has_postgres() -> bool:
    """Whether PostgreSQL's programs are here."""
    try:
        programs()
    except PostgresMissing:
        return False
    return True
