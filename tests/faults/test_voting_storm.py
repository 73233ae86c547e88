"""Everybody votes at once, one in five twice, again or hanging up, and the server dies in between: one ballot each.

`benchmarks/voting.py` does the same with a thousand voters and fifty deaths.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wishes import PollWish
from tests.support import storm
from tests.support.counted_hall import kill_workers, violations
from tests.support.demo import Demo
from tests.support.hall import Hall, fill_hall
from tests.support.server import Server

VOTERS, DEATHS, WINDOW_SECONDS = 120, 3, 4.0


@dataclass
class Running:
    """A hall with the servers that take its ballots."""

    demo: Demo
    hall: Hall
    servers: list[Server]

    @property
    def urls(self) -> list[str]:
        """Where the servers are."""
        return [server.url for server in self.servers]


def begin(demo: Demo, demo_url: str, data: Path, wish: PollWish | None, processes: int) -> Iterator[Running]:
    """Servers over one data folder, as processes of one house."""
    hall = fill_hall(demo, VOTERS, wish)
    servers = [Server(demo_url, data) for _each in range(processes)]
    try:
        for server in servers:
            server.start()
        yield Running(demo, hall, servers)
    finally:
        for server in servers:
            server.stop()


@pytest.fixture
def server(demo: Demo, demo_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Running]:
    """One server on SQLite, two on PostgreSQL; the poll is secret if the test says so."""
    secret = PollWish(PollMethod.MAJORITY, PollMode.SECRET, motion="Antrag", majority="simple_of_cast")
    wish = secret if getattr(request, "param", "") == "secret" else None
    yield from begin(demo, demo_url, tmp_path / "data", wish, 2 if demo_url.startswith("postgres") else 1)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("server", ["secret"], indirect=True)
def test_a_server_that_is_killed_loses_no_acknowledged_ballot(server: Running, tmp_path: Path) -> None:
    voting = storm.run(server.hall, server.urls, tmp_path, window=WINDOW_SECONDS, patience=100.0)
    killed: set[int] = set()
    process = server.servers[0]._process
    assert process is not None
    for _death in range(DEATHS):
        time.sleep(WINDOW_SECONDS / (DEATHS + 1))
        killed.update(kill_workers(process.pid))
    found = storm.result_of(voting)
    assert len(killed) >= 2, "it was killed while people voted"
    assert len(found["acknowledged"]) == VOTERS, found["statuses"]
    assert violations(server.demo, server.hall, found) == []


@pytest.mark.parametrize("demo_url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_two_processes_take_one_ballot_of_each(server: Running, tmp_path: Path) -> None:
    found = storm.result_of(storm.run(server.hall, server.urls, tmp_path, window=1.0))
    assert len(found["acknowledged"]) == VOTERS
    assert violations(server.demo, server.hall, found) == []
