"""An urn takes one envelope per seat, is opened once, and its key is gone afterwards."""

import os
from pathlib import Path

import pytest
from sqlmodel import col, select, update

from app.core.work import Work
from meetings.voting.models import Ballot, Poll
from meetings.voting.modes import AlreadyCast
from meetings.voting.sealed import sweeping, urns
from meetings.voting.sealed.codes import code_of, fresh_slip
from meetings.voting.sealed.keys import FOLDER, KeyRing
from meetings.voting.sealed.models import Envelope, Urn
from meetings.voting.sealed.states import UrnState
from meetings.voting.sealed.urns import NotSecret, TooFewEnvelopes, UrnUnreadable
from tests.meetings.voting.sealed.urn_room import (
    ABSTAIN,
    BOX,
    NO,
    YES,
    act,
    count,
    open_secret,
    put,
    seats,
    secret_poll,
)
from tests.support.demo import Demo

ANSWERS = (YES, YES, NO, YES, ABSTAIN, NO, YES)


def keys_of(demo: Demo) -> KeyRing:
    return KeyRing(demo.app.extensions["lueckenlos"].settings.data_dir)


def cast_some(demo: Demo, poll_id: int) -> dict[str, object]:
    """Seven ballots; what is to be published: code → answer."""
    voters = seats(demo, poll_id)
    return {
        code_of(put(demo, poll_id, voter, answer), poll_id, voter.seat_id): answer
        for voter, answer in zip(voters, ANSWERS, strict=False)
    }


def test_what_was_put_in_comes_out_under_its_code_once(demo: Demo) -> None:
    poll_id = secret_poll(demo)
    expected = cast_some(demo, poll_id)
    voter = seats(demo, poll_id)[0]

    with pytest.raises(AlreadyCast):
        put(demo, poll_id, voter, NO)
    with demo.session() as session:
        sealed = session.exec(select(Envelope)).all()
        assert len(sealed) == len(session.exec(select(Ballot).where(col(Ballot.poll_id) == poll_id)).all()) == 7
        assert len({len(each.sealed) for each in sealed}) == 1
        assert {ballot.answer for ballot in session.exec(select(Ballot)) if ballot.poll_id == poll_id} == {None}
        name = session.exec(select(Urn.key_name)).one()
    assert keys_of(demo).names() == {name}

    published = count(demo, poll_id)

    assert published == sorted(expected.items())
    assert keys_of(demo).names() == frozenset()
    with demo.session() as session:
        assert session.exec(select(Envelope)).all() == []
        assert session.exec(select(Urn.state)).one() == UrnState.COUNTED
        poll = session.exec(select(Poll).where(col(Poll.id) == poll_id)).one()
        assert [(paper.code, paper.answer) for paper in BOX.papers(session, poll)] == published
    with pytest.raises(UrnUnreadable):
        count(demo, poll_id)
    with pytest.raises(urns.DomainError):
        put(demo, poll_id, voter, NO)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_the_form_sent_again_is_the_same_ballot(demo: Demo) -> None:
    poll_id = secret_poll(demo)
    cast_some(demo, poll_id)
    late = seats(demo, poll_id)[8]
    slip = put(demo, poll_id, late, YES)
    put(demo, poll_id, late, YES, slip)
    put(demo, poll_id, late, NO, slip)
    assert (code_of(slip, poll_id, late.seat_id), YES) in count(demo, poll_id)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_changed_ballot_leaves_no_trace_but_itself(demo: Demo) -> None:
    poll_id = secret_poll(demo, revote=True)
    cast_some(demo, poll_id)
    voter = seats(demo, poll_id)[2]
    with demo.session() as session:
        before = session.exec(select(Ballot).where(col(Ballot.seat_id) == voter.seat_id)).all()[-1]
    slip = put(demo, poll_id, voter, ABSTAIN)
    with demo.session() as session:
        after = session.exec(select(Ballot).where(col(Ballot.seat_id) == voter.seat_id)).all()[-1]
    assert (before.id, before.cast_at, before.cast_by_id) == (after.id, after.cast_at, after.cast_by_id)
    published = count(demo, poll_id)
    assert len(published) == 7
    assert (code_of(slip, poll_id, voter.seat_id), ABSTAIN) in published


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_where_secrecy_cannot_be_kept_the_poll_does_not_open(demo: Demo) -> None:
    with pytest.raises(NotSecret, match="zu wenige"):
        secret_poll(demo, voters=4)
    with pytest.raises(NotSecret, match="gleich viele"):
        act(demo, open_secret, False, (1, 2), None)
    with demo.session() as session:
        assert session.exec(select(Urn)).all() == []


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_an_urn_that_cannot_be_counted_says_why_and_stays_as_it_is(demo: Demo, tmp_path: Path) -> None:
    poll_id = secret_poll(demo)
    voters = seats(demo, poll_id)
    for voter in voters[:4]:
        put(demo, poll_id, voter, YES)
    with pytest.raises(TooFewEnvelopes, match="weniger als fünf"):
        count(demo, poll_id)
    put(demo, poll_id, voters[4], NO)

    def swap(work: Work) -> None:
        one, other = work.session.exec(select(Envelope).order_by(col(Envelope.seat_id)).limit(2)).all()
        one.sealed, other.sealed = other.sealed, one.sealed
        work.record("test.swapped", one)

    act(demo, swap)
    with pytest.raises(UrnUnreadable, match="verändert"):
        count(demo, poll_id)
    act(demo, swap)

    def stuff(work: Work) -> None:
        work.session.exec(update(Ballot).where(col(Ballot.poll_id) == poll_id).values(poll_id=poll_id))
        extra = Envelope(poll_id=poll_id, seat_id=voters[9].seat_id, sealed=b"x", receipt="")
        work.session.add(extra)
        work.record("test.stuffed", extra)

    def unstuff(work: Work) -> None:
        extra = work.session.exec(select(Envelope).where(col(Envelope.seat_id) == voters[9].seat_id)).one()
        work.session.delete(extra)
        work.record("test.unstuffed", extra)

    act(demo, stuff)
    with pytest.raises(UrnUnreadable, match="mehr oder weniger"):
        count(demo, poll_id)
    act(demo, unstuff)

    with demo.session() as session:
        path = tmp_path / "data" / FOLDER / f"{session.exec(select(Urn.key_name)).one()}.json"
    kept = path.read_text()
    path.unlink()
    with pytest.raises(UrnUnreadable, match="verloren"):
        count(demo, poll_id)
    path.write_text(kept)
    assert len(count(demo, poll_id)) == 5


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_keys_that_a_crash_left_behind_are_swept_and_no_others(demo: Demo, tmp_path: Path) -> None:
    poll_id = secret_poll(demo)
    cast_some(demo, poll_id)
    ring, house = keys_of(demo), demo.app.extensions["lueckenlos"]
    (name,) = ring.names()
    halves = ring.read(name)
    ring.keep("0rphan", halves)
    sweeping.sweep_house(house, house)
    assert ring.names() == {name, "0rphan"}, "the poll runs, and the other may be of one that is just being opened"

    count(demo, poll_id)
    ring.keep(name, halves)
    sweeping.sweep_house(house, house)
    assert ring.names() == {"0rphan"}

    os.utime(tmp_path / "data" / FOLDER / "0rphan.json", (0, 0))
    sweeping.sweep_house(house, house)
    assert ring.names() == frozenset()


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_void_poll_takes_its_ballots_with_it(demo: Demo) -> None:
    poll_id = secret_poll(demo)
    cast_some(demo, poll_id)

    def void(work: Work) -> None:
        urns.give_up(work, poll_id)
        work.record("test.void", work.session.exec(select(Urn)).one())

    act(demo, void)
    assert keys_of(demo).names() == frozenset()
    with demo.session() as session:
        assert session.exec(select(Envelope)).all() == []
    with pytest.raises(urns.DomainError, match="nicht mehr geöffnet"):
        put(demo, poll_id, seats(demo, poll_id)[0], YES, fresh_slip())
