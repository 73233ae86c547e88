"""Whether a storm left what it should: one ballot for each voter, and a tally that is exact."""

import os
import signal
from collections import Counter
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from meetings.voting import actions as voting
from meetings.voting.counting import thaw_count
from meetings.voting.models import Ballot, Poll
from meetings.voting.sealed.codes import normal
from meetings.voting.sealed.urns import papers_of
from tests.meetings.walk import OFFICE, options_of
from tests.support.demo import Demo
from tests.support.hall import Hall
from tests.support.storm import ballot


def violations(demo: Demo, hall: Hall, found: dict[str, Any]) -> list[str]:
    """What is wrong after everybody has voted; closes and counts the poll."""
    wrong = []
    acknowledged = {hall.voters[number].seat_id for number in found["acknowledged"]}
    with demo.session() as session:
        cast = Counter(session.exec(select(col(Ballot.seat_id)).where(col(Ballot.poll_id) == hall.poll_id)))
    if acknowledged - set(cast):
        wrong.append(f"{len(acknowledged - set(cast))} acknowledged ballots are lost")
    if set(cast.values()) - {1}:
        wrong.append("a seat has two ballots")
    if len(cast) != len(hall.voters):
        wrong.append(f"{len(cast)} ballots of {len(hall.voters)} voters")
    failed = {status: number for status, number in found["statuses"].items() if status not in ("200", "303", "409")}
    if failed:
        wrong.append(f"answers {failed}")
    with demo.app.app_context():
        demo.perform(OFFICE, voting.close_poll, hall.poll_id)
    return wrong + (_secret_violations(demo, hall, found) if hall.secret else _tally_violations(demo, hall))


def _tally_violations(demo: Demo, hall: Hall) -> list[str]:
    expected: Counter[str] = Counter()
    names = dict(zip(hall.fields, options_of(demo, hall.poll_id), strict=True))
    for number in range(len(hall.voters)):
        expected.update({names[field]: int(dots) for field, dots in ballot(number, hall.fields).items()})
    with demo.session() as session:
        tally = thaw_count(session.exec(select(col(Poll.tally)).where(col(Poll.id) == hall.poll_id)).one() or "").tally
    return [] if tally.points == dict(expected) else [f"counted {tally.points}, cast {dict(expected)}"]


def _secret_violations(demo: Demo, hall: Hall, found: dict[str, Any]) -> list[str]:
    """Every voter got one code, however often the form was sent, and the published ballot under it is the voter's."""
    with demo.session() as session:
        published = dict(papers_of(session, hall.poll_id))
    wrong = [f"voter {number}: codes {codes}" for number, codes in found["codes"].items() if len(codes) != 1]
    for number, codes in found["codes"].items():
        if published.get(normal(codes[0])) != {"answer": ballot(int(number), ())["vote"]}:
            wrong.append(f"voter {number}: under {codes[0]} stands {published.get(codes[0])}")
    return wrong + ([] if len(published) == len(hall.voters) else [f"{len(published)} papers"])


def kill_workers(server_pid: int) -> list[int]:
    """End every process that answers requests, without warning; the server begins others. Their ids."""
    workers = [pid for pid in _children(server_pid) if not _is_companion(pid)]
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    return workers


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in _read(task).split()]
    return found


def _is_companion(pid: int) -> bool:
    return _read(Path(f"/proc/{pid}/cmdline")).split("\0")[-3:-1] == ["index", "watch"]


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
