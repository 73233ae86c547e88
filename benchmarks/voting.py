"""Voting under load: ballots per second, the wait of a full hall, deaths of the server, counting, and pages.

`python -m benchmarks.voting [--voters 1000] [--deaths 50] [--no-postgres] [--only rates,waits,deaths,tally,pages]` runs
it alone; `make bench` takes a short run. Every ballot goes through the complete application (session, form token,
rules, audit, live signal) and is answered after it is on the disk. The voters live in a process of their own here.
"""

import argparse
import random
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks import counties
from benchmarks.counties import County
from benchmarks.processes import Program, cpu_seconds, product, settle
from benchmarks.report import table
from benchmarks.timing import quantile, ratio
from benchmarks.write_queue import disk_rate
from meetings.voting.methods.counting import Wish, count
from meetings.voting.methods.files import read
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wishes import PollWish
from tests.support import storm
from tests.support.counted_hall import kill_workers, violations
from tests.support.demo import Demo
from tests.support.hall import Hall, Voter, fill_hall
from tests.support.server import Server

SECRET = PollWish(PollMethod.MAJORITY, PollMode.SECRET, motion="Antrag", majority="simple_of_cast")
CONNECTIONS = 100
SECONDS_BETWEEN_DEATHS = 1.5
"""Of voting: a killed server is killed again when it has been back for so long."""
SECONDS_FOR_A_DEATH = 4.0
WARM_UP = 60
PARTS = ("rates", "waits", "deaths", "tally", "pages")


@dataclass(frozen=True)
class Effort:
    """How much to measure."""

    voters: int = 1_000
    deaths: int = 50
    sizes: tuple[int, ...] = (10, 100, 1_000)
    postgres: bool = True
    parts: tuple[str, ...] = PARTS


QUICK = Effort(voters=200, deaths=2, sizes=(10, 100), postgres=False)
SHORT = Effort(voters=1_000, deaths=5)


@dataclass(frozen=True)
class Rate:
    """Ballots per second, the waits of their voters, and what the server's processes computed for each, in ms."""

    per_second: float = 0.0
    middle: float = 0.0
    late: float = 0.0
    computed: float = 0.0


@dataclass
class VotingResult:
    """What was found. Times in milliseconds, rates per second; `wrong` names every violation."""

    disk_per_second: float = 0.0
    rates: dict[str, "Rate"] = field(default_factory=dict)
    waits: list[tuple[str, int, float, float, float, float, float]] = field(default_factory=list)
    storms: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    tallies: dict[str, float] = field(default_factory=dict)
    pages: list[tuple[int, float, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Our rate as a share of the bare peer's."""
        ours, bare = self.rates.get("ours, not secret", Rate()), self.rates.get("bare Flask", Rate())
        return ratio(ours.per_second, bare.per_second)


def measure(folder: Path, effort: Effort) -> VotingResult:
    """All parts one after the other."""
    found = VotingResult()
    folder.mkdir(parents=True, exist_ok=True)
    if "rates" in effort.parts:
        before = disk_rate(folder, 1.0)
        _rates(folder, effort, found)
        found.disk_per_second = (before + disk_rate(folder, 1.0)) / 2
    places: list[tuple[str, Callable[[Path], Any]]] = [("SQLite", counties.on_sqlite)]
    if effort.postgres and counties.has_postgres():
        places.append(("PostgreSQL", counties.on_postgres))
    for name, place in places if "waits" in effort.parts else []:
        _waits(folder, name, place, effort, found)
    if "deaths" in effort.parts:
        _storm(folder, effort, found)
    if "tally" in effort.parts:
        found.tallies = tally_times()
    if "pages" in effort.parts:
        _pages(folder, effort, found)
    return found


@contextmanager
def _hall(folder: Path, place: Any, voters: int, wish: PollWish | None) -> Iterator[tuple[County, Demo, Hall]]:
    """A fresh county with a hall of voters."""
    place_of_its_own = tempfile.TemporaryDirectory(prefix="hall-", dir=folder, ignore_cleanup_errors=True)
    with place_of_its_own as name, place(Path(name)) as county:
        demo = Demo.over(county.url, county.data_dir)
        yield county, demo, fill_hall(demo, voters, wish)
        demo.app.extensions["lueckenlos"].hub.close()
        demo.database.dispose()


def _rates(folder: Path, effort: Effort, found: VotingResult) -> None:
    """Sustained ballots per second over one hundred connections: bare, ours, and bare again, in one run."""
    number = max(300, effort.voters)
    bare = [_bare_rate(folder, number)]
    for name, wish in (("ours, not secret", None), ("ours, secret", SECRET)):
        with _hall(folder, counties.on_sqlite, number, wish) as (county, demo, hall):
            with product(county.url, county.data_dir) as server:
                settle(server.pid)
                found.rates[name] = _rate(hall, server, folder, found, name)
            found.wrong += [f"{name}: {each}" for each in violations(demo, hall, _everybody(hall))]
    bare.append(_bare_rate(folder, number))
    found.rates["bare Flask"] = max(bare, key=lambda rate: rate.per_second)


def _everybody(hall: Hall) -> dict[str, Any]:
    return {"acknowledged": list(range(len(hall.voters))), "statuses": {}, "codes": {}}


def _rate(hall: Hall, server: Program, folder: Path, found: VotingResult, name: str) -> Rate:
    """The first voters warm the server up; what the others saw."""
    first, rest = replace(hall, voters=hall.voters[:WARM_UP]), replace(hall, voters=hall.voters[WARM_UP:])
    storm.result_of(storm.run(first, [server.url], folder, window=1.0, misbehaving=0.0))
    said, rate = _sustained(rest, server, folder)
    if len(said["acknowledged"]) != len(rest.voters):
        found.wrong.append(f"{name}: {len(said['acknowledged'])} of {len(rest.voters)} acknowledged")
    return rate


def _sustained(hall: Any, server: Program, folder: Path) -> tuple[dict[str, Any], Rate]:
    before = cpu_seconds(server.pid)
    said = storm.result_of(storm.run(hall, [server.url], folder, misbehaving=0.0, connections=CONNECTIONS))
    times, number = said["milliseconds"], len(said["acknowledged"])
    computed = (cpu_seconds(server.pid) - before) * 1000 / max(1, number)
    return said, Rate(number / said["seconds"], quantile(times, 0.5), quantile(times, 0.99), computed)


@dataclass(frozen=True)
class _BareHall:
    """What the storm needs to know of the bare peer."""

    voters: tuple[Voter, ...]

    def orders(self) -> dict[str, Any]:
        blank = [{"cookie": "-=-", "csrf_token": "-" * 91} for _voter in self.voters]
        return {"voters": blank, "address": "/stimme", "fields": ["punkte-1", "punkte-2", "punkte-3", "punkte-4"]}


def _bare_rate(folder: Path, number: int) -> Rate:
    database = folder / f"bare-{time.monotonic_ns()}.sqlite"
    words = ["--worker-class", "gevent", "--no-control-socket", "--log-level", "warning", "--bind", "127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *words, "benchmarks.bare_ballots:application"]
    voters = tuple(Voter(number, "", "") for number in range(number))
    with Program(command, folder / "bare.log", {"BARE_DATABASE": str(database)}, "/readyz") as server:
        settle(server.pid)
        storm.result_of(storm.run(_BareHall(voters[:WARM_UP]), [server.url], folder, window=1.0, misbehaving=0.0))
        return _sustained(_BareHall(voters[WARM_UP:]), server, folder)[1]


def _waits(folder: Path, name: str, place: Any, effort: Effort, found: VotingResult) -> None:
    """How long a hall waits: one hundred within a second, everybody within ten, one in five misbehaving."""
    for voters, window in ((100, 1.0), (effort.voters, 10.0)):
        with _hall(folder, place, voters, None) as (county, demo, hall):
            servers = [Server(county.url, county.data_dir) for _each in range(1 if name == "SQLite" else 2)]
            try:
                urls = [server.start().url for server in servers]
                time.sleep(2.0)
                said = storm.result_of(storm.run(hall, urls, folder, window=window))
            finally:
                for server in servers:
                    server.stop()
            times = said["milliseconds"]
            middle, most, late, last = (quantile(times, share) for share in (0.5, 0.95, 0.99, 1.0))
            found.waits.append((name, voters, window, middle, most, late, last))
            found.wrong += [f"{name}, {voters} voters: {each}" for each in violations(demo, hall, said)]


def _storm(folder: Path, effort: Effort, found: VotingResult) -> None:
    """A secret poll during which the server's process is killed again and again, each time when it is back and votes.

    Whoever gets no answer sends the same form again; a server that never comes to life would prove nothing.
    """
    window = effort.deaths * SECONDS_FOR_A_DEATH
    with _hall(folder, counties.on_sqlite, effort.voters, SECRET) as (county, demo, hall):
        with Server(county.url, county.data_dir) as server:
            voting = storm.run(hall, [server.url], folder, window=window, patience=180.0)
            killed: set[int] = set()
            for _death in range(effort.deaths):
                _wait_until_ready(server.url)
                time.sleep(SECONDS_BETWEEN_DEATHS)
                killed.update(kill_workers(server._process.pid))  # type: ignore[union-attr]
            said = storm.result_of(voting)
        wrong = violations(demo, hall, said)
        found.wrong += [f"storm: {each}" for each in wrong]
        answered = len(said["acknowledged"])
        if answered != effort.voters:
            found.wrong.append(f"storm: {answered} of {effort.voters} acknowledged, {said['statuses']}")
        found.storms.append(("SQLite, secret", effort.voters, len(killed), answered, len(wrong)))


def _wait_until_ready(url: str) -> None:
    for _look in range(600):
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)


def tally_times() -> dict[str, float]:
    """Milliseconds of counting 1,000 ballots on 30 topics, and 200 ballots on 60 for equal shares."""
    chance = random.Random(6)
    cases = {
        "schulze": ("ranked", 1000, 30, Wish()),
        "score": ("score", 1000, 30, Wish()),
        "dots": ("dots", 1000, 30, Wish()),
        "equal_shares": ("approval", 200, 60, Wish(seats=10)),
    }
    found = {}
    for method, (kind, ballots, topics, wish) in cases.items():
        profile = read(_file(chance, kind, ballots, topics), ".json")
        began = time.perf_counter()
        count(profile, method, wish)
        found[f"{method}, {ballots} × {topics}"] = (time.perf_counter() - began) * 1000
    return found


def _file(chance: random.Random, kind: str, ballots: int, topics: int) -> str:
    options = [f"t{number}" for number in range(topics)]

    def one() -> dict[str, Any]:
        if kind == "ranked":
            return {"ranking": [[each] for each in chance.sample(options, topics)]}
        if kind == "approval":
            return {"approved": chance.sample(options, chance.randint(1, 12))}
        return {"points": {each: chance.randint(0, 5) for each in chance.sample(options, 6)}}

    return storm.json.dumps(
        {
            "format": "lueckenlos-ballots/1",
            "kind": kind,
            "options": [{"id": option, "title": option} for option in options],
            "ballots": [{"count": 1, **one()} for _ballot in range(ballots)],
            "rule": {},
        }
    )


def _pages(folder: Path, effort: Effort, found: VotingResult) -> None:
    """Server time of the poll's page while it is open and when it is counted, by the number of voters."""
    for voters in effort.sizes:
        with _hall(folder, counties.on_sqlite, voters, None) as (_county, demo, hall):
            client = demo.client("p-albers")
            opened = _page_time(client, hall)
            violations(demo, hall, _everybody(hall))
            found.pages.append((voters, opened, _page_time(client, hall)))


def _page_time(client: Any, hall: Hall) -> float:
    times = []
    for _round in range(7):
        began = time.perf_counter()
        assert client.get(f"/abstimmungen/{hall.poll_id}").status_code == 200
        times.append((time.perf_counter() - began) * 1000)
    return quantile(times[2:], 0.5)


def lines(found: VotingResult) -> list[str]:
    """Everything as tables."""
    rates = [
        [name, f"{r.per_second:.0f}", f"{r.middle:.0f}", f"{r.late:.0f}", f"{r.computed:.2f}"]
        for name, r in found.rates.items()
    ]
    waits = [[name, str(n), f"{w:.0f}", *(f"{ms:.0f}" for ms in times)] for name, n, w, *times in found.waits]
    storms = [[name, *map(str, numbers)] for name, *numbers in found.storms]
    tallies = [[name, f"{ms:.0f}"] for name, ms in found.tallies.items()]
    pages = [[str(voters), f"{opened:.0f}", f"{counted:.0f}"] for voters, opened, counted in found.pages]
    return [
        *table((f"over {CONNECTIONS} connections", "ballots/s", "p50 ms", "p99 ms", "computed ms"), rates),
        f"  ours as a share of bare Flask: {found.share:.2f}; the disk: {found.disk_per_second:.0f} fdatasync/s",
        "",
        *table(("full hall", "voters", "within s", "p50 ms", "p95 ms", "p99 ms", "max ms"), waits),
        *table(("killed while voting", "voters", "deaths", "answered", "violations"), storms),
        "",
        *table(("count", "ms"), tallies),
        *table(("page of a poll, voters", "open ms", "counted ms"), pages),
        *(f"  WRONG: {each}" for each in found.wrong),
    ]


def main(arguments: Sequence[str]) -> int:
    """Run it alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.voting", description=__doc__)
    parser.add_argument("--voters", type=int, default=1_000)
    parser.add_argument("--deaths", type=int, default=50)
    parser.add_argument("--no-postgres", action="store_true")
    parser.add_argument("--only", default=",".join(PARTS))
    asked = parser.parse_args(arguments)
    parts = tuple(asked.only.split(","))
    effort = Effort(voters=asked.voters, deaths=asked.deaths, postgres=not asked.no_postgres, parts=parts)
    with tempfile.TemporaryDirectory(prefix="voting-", ignore_cleanup_errors=True) as name:
        found = measure(Path(name), effort)
    print("\n".join(lines(found)))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
