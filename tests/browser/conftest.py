"""The real server over a fresh demo county, for real browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import Server


@pytest.fixture
def server(demo_url: str, tmp_path: Path) -> Iterator[Server]:
    """The server, on SQLite and on PostgreSQL."""
    with Server(demo_url, tmp_path / "data") as running:
        yield running
