"""Ballots that come together are laid in one transaction, each judged for itself."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.core.audit import verify
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.records import AuditEntry, LiveEvent, UsedKey
from app.core.work import Done
from meetings.voting import actions, laying
from meetings.voting.casting import Cast, Laid, NotPlain, Refusal
from meetings.voting.models import Ballot, BallotPoint
from meetings.voting.modes import AlreadyCast
from meetings.voting.sealed import laying as sealed
from meetings.voting.sealed.codes import fresh_slip
from meetings.voting.sealed.models import Envelope
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wishes import PollWish
from tests.meetings.walk import (
    DEPUTY,
    GUEST,
    HELD_BY,
    MEMBER,
    OFFICE,
    OUTSIDER,
    open_dots,
    options_of,
    run_with_everyone,
)
from tests.support.demo import Demo, post
from tests.support.time import moment

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
Outcome = Laid | Refusal
OTHERS = ("p-kessler", "p-marx", "p-okafor")


def together(demo: Demo, take: Callable[..., Done[Outcome]], poll_id: int, casts: Sequence[Cast]) -> Done[Outcome]:
    """Lay a group, as the lane does."""

    def job(session: Session) -> Done[Outcome]:
        return take(session, poll_id, casts)

    done: Done[Outcome] = demo.app.extensions["lueckenlos"].writer.run(job, demo.tenant_id)
    return done


def seat_of(demo: Demo, person: str) -> int:
    """The voting seat that a person occupies."""
    return next(seat.seat_id for seat in demo.actor(person).seats if seat.kind == "voting")


def kinds(done: Done[Outcome]) -> list[Any]:
    """What became of each: True for a ballot that is in, else the kind of the refusal."""
    return [each.kind if isinstance(each, Refusal) else not each.repeated or "again" for each in done.answers]


def ballots(demo: Demo, poll_id: int) -> dict[int, str]:
    with demo.session() as session:
        rows = session.exec(select(Ballot).where(col(Ballot.poll_id) == poll_id))
        return {row.seat_id: row.answer or "" for row in rows}


def acts(demo: Demo) -> int:
    with demo.session() as session:
        assert list(verify(session)) == [], "the chain of acts holds"
        return len(session.exec(select(AuditEntry).where(AuditEntry.action == "ballot.cast")).all())


def test_each_ballot_of_a_group_is_judged_for_itself(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    option = options_of(demo, poll_id)[0]

    def one(person: str, dots: int = 2, once: str = "", at: int = 0) -> Cast:
        answer = {"points": {option: dots}}
        return Cast(demo.actor(person), answer, moment() + timedelta(microseconds=at), "r", once, f"/{person}")

    group = [
        one(MEMBER, once="eins"),
        one(OTHERS[0], dots=9),
        one(OUTSIDER),
        one(GUEST),
        one(MEMBER, once="eins"),
        one(MEMBER, once="zwei"),
        one(HELD_BY),
        one(OTHERS[1], dots=1, once="drei"),
        Cast(demo.actor(OTHERS[2]), {"points": {"99": 1}}, moment()),
    ]
    done = together(demo, laying.cast_together, poll_id, group)
    expected = [True, InvalidInput, NotFound, Forbidden, "again", AlreadyCast, True, True, InvalidInput]
    assert kinds(done) == expected
    assert isinstance(done.answers[4], Laid)
    assert done.answers[4].location == f"/{MEMBER}", "the same form leads to the same place"
    assert set(ballots(demo, poll_id)) == {seat_of(demo, person) for person in (MEMBER, HELD_BY, OTHERS[1])}
    assert len(done.signals) == 1, "who watches is told once for the whole group"
    assert acts(demo) == 3
    later = together(demo, laying.cast_together, poll_id, [one(MEMBER, once="eins"), one(DEPUTY), one(OTHERS[0])])
    assert kinds(later)[0] == "again"
    assert kinds(later)[2] is True
    with demo.session() as session:
        assert sorted(session.exec(select(UsedKey.key).where(col(UsedKey.key).in_(("eins", "zwei", "drei"))))) == [
            "drei", "eins",
        ]  # fmt: skip
        assert sum(session.exec(select(BallotPoint.points))) == 7
    demo.perform(OFFICE, actions.close_poll, poll_id)
    late = one("p-kaya", at=-1)
    assert kinds(together(demo, laying.cast_together, poll_id, [late, one(OTHERS[2])])) == [
        actions.PollNotOpen, actions.PollNotOpen,
    ]  # fmt: skip
    assert kinds(together(demo, laying.cast_together, 2_000_000, [one(MEMBER)])) == [NotFound]


@SQLITE
def test_where_the_rule_lets_a_vote_be_changed_the_last_of_a_group_stands(demo: Demo) -> None:
    run_with_everyone(demo)
    wish = PollWish(PollMethod.MAJORITY, PollMode.NAMED, motion="Antrag", majority="simple_of_cast", revote=True)
    poll_id: int = demo.perform(OFFICE, actions.open_poll, "LG-09", "6", wish).id
    actor = demo.actor(MEMBER)
    votes = [Cast(actor, {"answer": vote}, moment()) for vote in ("yes", "no", "abstain")]
    assert kinds(together(demo, laying.cast_together, poll_id, votes)) == [True] * 3
    assert ballots(demo, poll_id) == {seat_of(demo, MEMBER): '{"answer": "abstain"}'}
    assert acts(demo) == 3
    assert kinds(together(demo, sealed.cast_together, poll_id, votes[:1])) == [InvalidInput], "no secret poll"


@SQLITE
def test_secret_ballots_of_a_group_lie_in_the_order_of_their_seats(demo: Demo) -> None:
    run_with_everyone(demo)
    wish = PollWish(PollMethod.MAJORITY, PollMode.SECRET, motion="Antrag", majority="simple_of_cast", revote=True)
    with demo.app.app_context():
        poll_id: int = demo.perform(OFFICE, actions.open_poll, "LG-09", "6", wish).id
    people = sorted((MEMBER, HELD_BY, *OTHERS), key=lambda person: -seat_of(demo, person))
    slips = {person: fresh_slip() for person in people}
    group = [Cast(demo.actor(each), {"answer": "yes"}, moment(), slip=slips[each]) for each in people]
    again = Cast(demo.actor(MEMBER), {"answer": "no"}, moment(), slip=slips[MEMBER])
    other = Cast(demo.actor(MEMBER), {"answer": "no"}, moment(), slip=fresh_slip())
    done = together(demo, sealed.cast_together, poll_id, [*group, again, other])
    assert kinds(done) == [*[True] * 5, "again", True]
    assert acts(demo) == 5, "that a sealed ballot was replaced leaves no act"
    with demo.session() as session:
        connection = session.connection()
        for table in ("envelope", "ballot"):
            seats = list(connection.exec_driver_sql(f"SELECT seat_id FROM {table} ORDER BY rowid").scalars())
            assert seats == sorted(seats), f"{table}: the place tells nothing but the seat"
        assert len(session.exec(select(Envelope)).all()) == 5
    assert kinds(together(demo, laying.cast_together, poll_id, [group[0]])) == [InvalidInput], "not without a slip"
    changed = together(demo, sealed.cast_together, poll_id, [other, Cast(other.actor, {"answer": "?"}, moment())])
    assert kinds(changed) == ["again", InvalidInput]
    assert not changed.signals


@SQLITE
def test_a_form_sent_again_and_a_form_with_a_forged_seat_are_one_ballot_of_the_own_seat(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    client, address = demo.client(MEMBER), f"/abstimmungen/{poll_id}"
    forged = {"punkte-1": "2", "seat": str(seat_of(demo, HELD_BY)), "seat_id": str(seat_of(demo, HELD_BY))}
    sent = post(client, f"{address}/stimme", {**forged, "once": "derselbe"}, at=address)
    assert (sent.status_code, sent.location) == (303, address)
    assert post(client, f"{address}/stimme", {**forged, "once": "derselbe"}, at=address).status_code == 303
    assert post(client, f"{address}/stimme", forged, at=address).status_code == 409
    assert set(ballots(demo, poll_id)) == {seat_of(demo, MEMBER)}
    with demo.session() as session:
        names = list(session.exec(select(LiveEvent.name).where(LiveEvent.name == f"poll-{poll_id}")))
    assert len(names) == 2, "one for the opening, one for the ballot"
    assert issubclass(NotPlain, InvalidInput)
