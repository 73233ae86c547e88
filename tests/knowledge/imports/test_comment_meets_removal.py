"""Two processes on PostgreSQL at once: somebody comments on an entry while its import is taken back."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from app.core.errors import NotFound
from app.core.work import Work
from knowledge.conversation import actions
from knowledge.conversation.models import Comment
from knowledge.imports import taking_back
from knowledge.solutions.models import Solution
from tests.knowledge.imports.test_pages import taken, upload
from tests.support.demo import Demo
from tests.support.time import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("demo_url", ["postgresql"], indirect=True)]
LONGEST = 20.0
TITLE = "Lotsen am Empfang"


@contextmanager
def acting(demo: Demo, person: str) -> Iterator[Work]:
    """A transaction of this person that is not ended here, as another process holds it."""
    actor = demo.actor(person)
    with demo.app.test_request_context(), demo.database.session(demo.database.writing, demo.tenant_id) as session:
        yield Work(session, actor, NOW)


def import_one(demo: Demo, path: Path) -> tuple[int, int]:
    """Import one solution; the numbers of the import and of the solution."""
    path.write_text(f"Titel;Text\n{TITLE};Sie begleiten von Amt zu Amt.\n", encoding="utf-8")
    address = upload(demo, path, target="solution").headers["Location"]
    taken(demo, address)
    with demo.session() as session:
        solution_id = session.exec(select(Solution.id).where(col(Solution.title) == TITLE)).one()
    return int(address.rsplit("/", 1)[-1]), solution_id or 0


def until_somebody_waits(demo: Demo) -> None:
    """Return as soon as a transaction waits for another one's lock."""
    ends = time.monotonic() + LONGEST
    with demo.database.reading.connect() as connection:
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        while not connection.execute(waiting).scalar_one():
            connection.rollback()
            assert time.monotonic() < ends, "nobody waits"
            time.sleep(0.02)


def beside(job: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Begin a job in a thread of its own; its answer or its error comes into the list."""
    came: list[Any] = []

    def run() -> None:
        try:
            came.append(job())
        except NotFound as error:
            came.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, came


def left_of(demo: Demo, solution_id: int) -> tuple[bool, bool]:
    """Whether the solution is there, and whether a comment on it is."""
    with demo.session() as session:
        solution = session.exec(select(Solution.id).where(col(Solution.id) == solution_id)).first()
        comment = session.exec(
            select(Comment.id).where(col(Comment.kind) == "solution", col(Comment.thing_id) == solution_id)
        ).first()
    return solution is not None, comment is not None


def remove(demo: Demo, import_id: int, commit: Callable[[Session], None]) -> None:
    """Delete the entries of the import as its job does."""
    with acting(demo, "p-albers") as work:
        taking_back.remove_next(work, import_id, -1)
        commit(work.session)


def say(demo: Demo, solution_id: int, commit: Callable[[Session], None]) -> None:
    """Comment on the solution."""
    with acting(demo, "p-brandes") as work:
        actions.write_comment(work, "solution", solution_id, "Bei uns auch.")
        commit(work.session)


@pytest.mark.parametrize("first", ["comment", "removal"])
def test_whoever_comes_first_is_heard_by_the_other(demo: Demo, tmp_path: Path, first: str) -> None:
    import_id, solution_id = import_one(demo, tmp_path / "a.csv")
    demo.perform("p-albers", taking_back.start_removing, import_id)
    doings = {
        "comment": lambda commit: say(demo, solution_id, commit),
        "removal": lambda commit: remove(demo, import_id, commit),
    }
    second = next(name for name in doings if name != first)
    followed: list[tuple[threading.Thread, list[Any]]] = []

    def wait_for_the_other(session: Session) -> None:
        followed.append(beside(lambda: doings[second](Session.commit)))
        until_somebody_waits(demo)
        session.commit()

    doings[first](wait_for_the_other)
    thread, came = followed[0]
    thread.join(LONGEST)
    assert not thread.is_alive()
    if first == "comment":
        assert left_of(demo, solution_id) == (True, True), "what somebody spoke about stays"
    else:
        assert isinstance(came[0], NotFound)
        assert left_of(demo, solution_id) == (False, False), "nobody speaks about what is gone"
