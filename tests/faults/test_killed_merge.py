"""A process that is killed while it merges gaps leaves the database whole, and an index that catches up with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from knowledge.gaps import parts
from knowledge.gaps.evidence import distinct_strength
from knowledge.gaps.models import Gap, GapHistory, GapLineage, GapMove
from tests.support.demo import Demo

ROUNDS = 20
NURSERY = """
import os
import sys
from pathlib import Path
from sqlmodel import col, select
from knowledge.gaps import actions_lineage
from knowledge.gaps.models import Gap
from tests.support.demo import Demo


def merge_for_ever():
    demo = Demo.over(sys.argv[1], Path(sys.argv[2]))
    print(os.getpid(), flush=True)
    while True:
        if is_merged(demo):
            demo.perform("p-albers", actions_lineage.undo_merge, "F-2026-07", "Doch nicht.")
        demo.perform("p-albers", actions_lineage.merge_gap, "F-2026-07", "F-2026-01", "Dasselbe.")


def is_merged(demo):
    with demo.session() as session:
        return session.exec(select(Gap.status).where(col(Gap.key) == "F-2026-07")).one() == "merged"


for _line in sys.stdin:
    child = os.fork()
    if child == 0:
        merge_for_ever()
    os.waitpid(child, 0)
    print("gone", flush=True)
"""
"""A process that has everything loaded and has a child for each round, so that a round costs no start."""


def problems(demo: Demo, expected: tuple[int, int]) -> list[str]:
    """What is broken: a half-moved gap, a lost case, a history that does not end in the present state."""
    with demo.session() as session:
        source, target = (
            session.exec(select(Gap).where(col(Gap.key) == key)).one() for key in ("F-2026-07", "F-2026-01")
        )
        is_merged = source.status == "merged"
        evidence = parts.count_of(session, parts.EVIDENCE, source.id or 0)
        last = session.exec(
            select(GapHistory.target).where(col(GapHistory.gap_id) == source.id).order_by(col(GapHistory.id).desc())
        ).first()
        open_lineages = session.exec(
            select(func.count(col(GapLineage.id))).where(col(GapLineage.undone_at).is_(None))
        ).one()
        lost = session.exec(
            select(func.count(col(GapMove.id))).where(col(GapMove.lineage_id).not_in(select(col(GapLineage.id))))
        ).one()
        checks = {
            "cases": distinct_strength(session, [source.id or 0, target.id or 0]) == expected,
            "half moved": (evidence == 0) == is_merged,
            "merged without target": (source.merged_into_id == target.id) == is_merged,
            "history": last is None or last == source.status,
            "lineage": open_lineages == int(is_merged),
            "moves": lost == 0,
        }
    return [name for name, holds in checks.items() if not holds]


@pytest.fixture
def nursery(demo_url: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", NURSERY, demo_url, str(tmp_path / "child")]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def kill_one_while_merging(nursery: subprocess.Popen[str], after: float) -> None:
    """Let a process merge and separate as fast as it can, and kill it after so many seconds."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    print("next", file=nursery.stdin, flush=True)
    child = int(nursery.stdout.readline())
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    assert nursery.stdout.readline() == "gone\n"


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_merge_that_is_killed_happened_or_did_not(demo: Demo, nursery: subprocess.Popen[str]) -> None:
    with demo.session() as session:
        ids = [session.exec(select(Gap.id).where(col(Gap.key) == key)).one() or 0 for key in ("F-2026-07", "F-2026-01")]
        expected = distinct_strength(session, ids)
    search = demo.index_now().app.extensions["lueckenlos"].search
    for place in range(ROUNDS):
        kill_one_while_merging(nursery, 0.05 + 0.045 * place)
        assert problems(demo, expected) == []
    with demo.database.writing.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
    with demo.session() as session:
        assert session.exec(select(func.count(col(GapLineage.id)))).one() > 0, "nothing was merged before it was killed"
    search.catch_up(demo.tenant_id)
    compared = search.verify(demo.tenant_id)
    assert compared is not None
    assert list(compared.lines()) == []
