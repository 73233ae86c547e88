"""A live workshop under load: phones that each post a card within ten seconds, and the screens that follow.

`python -m benchmarks.workshop_live [PHONES…]` starts the product on a fresh demo county (SQLite, one process), lets so
many phones join, and prints for each number: the time from the sending of a card until a leading screen shows it, the
time from the uncovering of all cards until each phone shows all of them, lost cards, and what one more phone costs.

The phones run under gevent in a process of their own, on the same machine. Each holds its stream of signals and
fetches its parts as the pages do.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select

from app.core import clock
from app.people.models import Organisation
from benchmarks.counties import County
from benchmarks.processes import ROOT, Program, cpu_seconds, memories, product, settle, surroundings
from benchmarks.report import table
from knowledge.reconstruction.door import token_hash
from knowledge.reconstruction.models import WorkshopParticipant, WorkshopPhase, WorkshopRoom
from knowledge.reconstruction.states import Entry, PhaseKind
from knowledge.workshops.models import Workshop
from tests.knowledge.reconstruction.workshop import KEY, MODERATOR, open_room
from tests.support.demo import Demo

NUMBERS = (10, 100)
WINDOW = 10.0
"""Seconds within which every phone posts its card."""
TARGET = 1000.0
"""Milliseconds within which a screen shows what happened, for nineteen of twenty."""


@dataclass(frozen=True)
class Round:
    """One round of cards. Times in milliseconds; `cpu` is what the server computed for it, in seconds."""

    phones: int
    lost: int
    shown: tuple[float, float]
    uncovered: tuple[float, float]
    posted: tuple[float, float]
    cpu: float
    resident: float


def main(arguments: Sequence[str]) -> int:
    """Measure each number of phones on a server of its own."""
    rounds = []
    for number in [int(each) for each in arguments] or NUMBERS:
        with tempfile.TemporaryDirectory(prefix="live-") as name:
            rounds.append(measure(Path(name), number))
    for line in lines(rounds):
        print(line)
    return 1 if any(each.lost for each in rounds) else 0


def measure(folder: Path, phones: int) -> Round:
    """Prepare a workshop in its card phase, start the server, let the phones write."""
    county = County(f"sqlite:///{folder / 'live.sqlite'}", folder / "data")
    tokens = prepare(county, phones)
    with product(county.url, county.data_dir) as server:
        settle(server.pid)
        return _round(server, tokens, folder)


def _round(server: Program, tokens: list[str], folder: Path) -> Round:
    orders = folder / "orders.json"
    orders.write_text(
        json.dumps({"url": server.url, "key": KEY, "leader": MODERATOR, "tokens": tokens, "window": WINDOW})
    )
    command = [sys.executable, "-m", "gevent.monkey", "--module", "benchmarks.workshop_phones", str(orders)]
    before = cpu_seconds(server.pid)
    done = subprocess.run(command, cwd=ROOT, env=surroundings(), stdout=subprocess.PIPE, check=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return Round(
        phones=len(tokens),
        lost=found["lost"],
        shown=tuple(found["shown"]),
        uncovered=tuple(found["uncovered"]),
        posted=tuple(found["posted"]),
        cpu=cpu_seconds(server.pid) - before,
        resident=max((each.resident for each in memories(server.pid) if each.role == "worker"), default=0.0),
    )


def prepare(county: County, phones: int) -> list[str]:
    """Open the room, let the phones in, go to the card phase; the phones' tokens."""
    demo = Demo.over(county.url, county.data_dir)
    open_room(demo)
    tokens = [f"{number:064x}" for number in range(phones)]
    now = clock.now()
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        workshop = session.exec(select(Workshop.id).where(col(Workshop.key) == KEY)).one()
        caritas = session.exec(select(Organisation.id).where(col(Organisation.key) == "caritas")).one()
        room = session.exec(select(WorkshopRoom)).one()
        room.position = 5
        for phase in session.exec(
            select(WorkshopPhase).where(col(WorkshopPhase.workshop_case_id) == room.workshop_case_id)
        ):
            if phase.kind == PhaseKind.CARDS:
                phase.started_at, phase.ends_at = now, now + timedelta(minutes=10)
        session.add_all(
            WorkshopParticipant(
                workshop_id=workshop or 0,
                organisation_id=caritas,
                name=f"Telefon {number}",
                state=Entry.ADMITTED,
                token_hash=token_hash(token),
                confirmed_at=now,
                joined_at=now,
                seen_at=now,
            )
            for number, token in enumerate(tokens)
        )
        session.commit()
    demo.app.extensions["lueckenlos"].hub.close()
    demo.database.dispose()
    return tokens


def lines(rounds: Sequence[Round]) -> list[str]:
    """The rounds as a table, and what one more phone costs."""
    rows = [
        [
            str(each.phones),
            str(each.lost),
            *(f"{value:.0f}" for pair in (each.posted, each.shown, each.uncovered) for value in pair),
            f"{each.cpu:.1f}",
            f"{each.resident:.0f}",
        ]
        for each in rounds
    ]
    head = ("phones", "lost", "posted p50", "p95", "shown p50", "p95", "uncovered p50", "p95", "CPU s", "MiB")
    found = table(head, rows)
    if len(rounds) > 1:
        few, many = rounds[0], rounds[-1]
        more = many.phones - few.phones
        found.append(
            f"  one more phone: {(many.cpu - few.cpu) / more * 1000:.0f} ms of CPU for its card, its parts and its"
            f" stream, {(many.resident - few.resident) / more * 1024:.0f} KiB"
        )
    found.append(f"  target: shown p95 under {TARGET:.0f} ms with 100 phones")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
