"""The real server over a fresh demo county, for real browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.demo import Demo
from tests.support.server import Server


@pytest.fixture
def server(demo_url: str, tmp_path: Path) -> Iterator[Server]:
    """The server with its search index, on SQLite and on PostgreSQL."""
    prepared = Demo.over(demo_url, tmp_path / "data").index_now()
    prepared.database.dispose()
    with Server(demo_url, tmp_path / "data") as running:
        yield running
