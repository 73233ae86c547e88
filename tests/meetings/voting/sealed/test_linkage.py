"""Nobody who copies the database after every vote, with its logs and events, can tell whose ballot is whose.

The same guesses find every single pair in the obvious design, two separate tables without names: that is the control.
"""

import hashlib
import logging
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from app.core.records import AuditEntry, LiveEvent
from meetings.voting.sealed.codes import code_of, grouped
from meetings.voting.sealed.keys import KeyRing
from meetings.voting.sealed.models import Urn
from tests.meetings.voting.sealed.attacker import PLACE, Attacker, Copy, guesses, hits
from tests.meetings.voting.sealed.urn_room import ABSTAIN, NO, YES, count, put_together, seats, secret_poll
from tests.support.demo import Demo

ANSWERS = (YES, NO, YES, YES, ABSTAIN, NO, YES, NO)
CHANCE = 5
"""Right guesses out of sixteen that no order may exceed. One is expected by chance; the slips are fixed here, so the
numbers are too."""


def slip_of(seat_id: int) -> str:
    """A slip that is the same in every run."""
    return hashlib.sha256(f"slip {seat_id}".encode()).hexdigest()[:32]


@pytest.fixture(params=[1, 5], ids=["one by one", "five at once"])
def attacked(
    demo: Demo, tmp_path: Path, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> tuple[Attacker, dict[int, str], Demo]:
    """A counted secret poll, watched after every ballot or every group of them; the truth is seat → code."""
    logging.getLogger("lueckenlos").propagate = True
    caplog.set_level(logging.DEBUG)
    poll_id = secret_poll(demo)
    voters = list(seats(demo, poll_id))
    voters.sort(key=lambda voter: slip_of(voter.seat_id))
    attacker = Attacker(demo.database, tmp_path)
    attacker.take_copy()
    ballots = [(voter, ANSWERS[place % len(ANSWERS)], slip_of(voter.seat_id)) for place, voter in enumerate(voters)]
    for begin in range(0, len(ballots), request.param):
        put_together(demo, poll_id, ballots[begin : begin + request.param])
        attacker.take_copy()
    truth = {voter.seat_id: code_of(slip, poll_id, voter.seat_id) for voter, _answer, slip in ballots}
    published = count(demo, poll_id)
    assert sorted(truth.values()) == [code for code, _answer in published]
    attacker.take_copy()
    return attacker, truth, demo


def test_full_copies_after_every_vote_link_nobody(
    attacked: tuple[Attacker, dict[int, str], Demo], caplog: pytest.LogCaptureFixture
) -> None:
    attacker, truth, demo = attacked
    *during, last = attacker.copies
    assert len(truth) >= 16

    best = 0
    for rows in (during[-1].rows["envelope"], last.rows["ballot"], _as_they_came(during)):
        for name, guess in guesses(rows, last.rows["ballot_paper"]).items():
            found = hits(guess, truth)
            assert found <= CHANCE, name
            best = max(best, found)
    assert len({paper.get("xmin") for paper in last.rows["ballot_paper"]}) == 1, "all papers in one transaction"

    _nothing_says_a_code_before_the_count(during, truth)
    _envelopes_look_alike(during)
    _logs_and_records_say_nothing(demo, truth, caplog.text)


def _as_they_came(copies: list[Copy]) -> list[dict[str, object]]:
    """The envelopes in the order in which the copies first show them."""
    came, seen = [], set()
    for copy in copies:
        for row in copy.rows["envelope"]:
            if row["seat_id"] not in seen:
                seen.add(row["seat_id"])
                came.append({**row, PLACE: len(came)})
    return came


def _nothing_says_a_code_before_the_count(during: list[Copy], truth: dict[int, str]) -> None:
    words = [word for seat, code in truth.items() for word in (code, grouped(code), slip_of(seat))]
    for copy in during:
        everything = copy.bytes or repr(copy.rows).encode()
        assert [word for word in words if word.encode() in everything] == []
        assert b'"answer":"yes"' not in everything
        assert b'"answer": "yes"' not in everything


def _envelopes_look_alike(during: list[Copy]) -> None:
    """One length, nothing repeated; what an envelope keeps beside it does not lead to a code."""
    rows = during[-1].rows["envelope"]
    assert len({len(row["sealed"]) for row in rows}) == 1
    assert len({bytes(row["sealed"])[:32] for row in rows}) == len(rows)
    assert set(rows[0]) - {PLACE, "xmin"} == {"tenant_id", "poll_id", "seat_id", "sealed", "receipt"}
    first = {row["seat_id"]: bytes(row["sealed"]) for copy in reversed(during) for row in copy.rows["envelope"]}
    assert first == {row["seat_id"]: bytes(row["sealed"]) for row in rows}, "nobody voted twice here"


def _logs_and_records_say_nothing(demo: Demo, truth: dict[int, str], logged: str) -> None:
    with demo.session() as session:
        acts = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
        told = session.exec(select(LiveEvent)).all()
        key_name = session.exec(select(Urn.key_name)).one()
    facts = [act.facts for act in acts if act.action == "ballot.cast"]
    assert len(facts) == len(truth)
    assert all(set(fact) <= set('{"seat":0123456789}') for fact in facts)
    texts = logged + repr(acts) + repr(told)
    for seat, code in truth.items():
        for word in (code, grouped(code), slip_of(seat), key_name):
            assert word not in texts
    assert KeyRing(demo.app.extensions["lueckenlos"].settings.data_dir).names() == frozenset()


def test_the_obvious_design_is_linked_completely(demo: Demo, tmp_path: Path) -> None:
    """The control: a table of who voted and a table of ballots with random keys, both in one transaction."""
    truth = {seat: code_of(slip_of(seat), 1, seat) for seat in range(1, 17)}
    with demo.database.writing.connect() as connection:
        connection.execute(text("CREATE TABLE naive_voted (seat_id INTEGER)"))
        connection.execute(text("CREATE TABLE naive_ballot (code TEXT)"))
        connection.commit()
        for seat, code in sorted(truth.items(), key=lambda pair: slip_of(pair[0])):
            connection.execute(text("INSERT INTO naive_voted VALUES (:seat)"), {"seat": seat})
            connection.execute(text("INSERT INTO naive_ballot VALUES (:code)"), {"code": code})
            connection.commit()
        hidden = f"ctid::text AS {PLACE}, xmin::text" if not demo.database.is_sqlite else f"rowid AS {PLACE}"
        voters, papers = (
            [dict(row) for row in connection.execute(text(f"SELECT *, {hidden} FROM {name}")).mappings()]
            for name in ("naive_voted", "naive_ballot")
        )
        connection.rollback()
    found = {name: hits(guess, truth) for name, guess in guesses(voters, papers).items()}
    assert found[f"{PLACE} ~ place"] == 16
    assert found.get("same transaction", 16) == 16
