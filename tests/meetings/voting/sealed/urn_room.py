"""A running meeting of the demo county with a secret poll, and what its seats put into the urn."""

import json
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from app.core.permissions import Actor, SeatHeld
from app.core.records import LiveEvent
from app.core.work import Work
from meetings.agenda.queries import item_by_number
from meetings.bodies.models import Seat
from meetings.room.models import Presence
from meetings.voting.casting import Cast, Laid
from meetings.voting.electing import Voter, electorate, frozen_electorate
from meetings.voting.models import Poll, PollEntitlement
from meetings.voting.poll_rule import PollRule
from meetings.voting.sealed import laying
from meetings.voting.sealed.box import SealedBox
from meetings.voting.sealed.codes import fresh_slip
from meetings.voting.states import PollMethod, PollMode, PollState
from tests.meetings.walk import OFFICE, run_with_everyone
from tests.support.demo import Demo
from tests.support.time import moment

YES, NO, ABSTAIN = ({"answer": answer} for answer in ("yes", "no", "abstain"))
BOX = SealedBox()


def secret_poll(demo: Demo, *, revote: bool = False, weights: Sequence[int] = (), voters: int | None = None) -> int:
    """A running meeting with an open secret resolution on item 6; its id."""
    run_with_everyone(demo)
    poll: Poll = act(demo, open_secret, revote, tuple(weights), voters)
    return poll.id or 0


def open_secret(work: Work, revote: bool, weights: tuple[int, ...], voters: int | None) -> Poll:
    """Open a secret resolution in the running meeting, for the first so many of those who may vote."""
    item = item_by_number(work.session, "LG-09", "6")
    assert item is not None
    rule = PollRule(
        PollMethod.MAJORITY, mode=PollMode.SECRET, motion="Antrag", majority="simple_of_cast", revote=revote
    )
    poll = Poll(
        item_id=item.item.id or 0,
        title="Geheim",
        method=PollMethod.MAJORITY,
        mode=PollMode.SECRET,
        state=PollState.OPEN,
        rule=rule.canonical(),
        rule_sha256=rule.sha256(),
        opened_at=work.now,
    )
    work.session.add(poll)
    work.session.flush()
    for place, voter in enumerate(electorate(work.session, item, work.now)[:voters]):
        weight = weights[place % len(weights)] if weights else 1
        row = PollEntitlement(
            poll_id=poll.id or 0, seat_id=voter.seat_id, organisation_id=voter.organisation_id, weight=weight
        )
        work.session.add(row)
    BOX.open(work, poll)
    work.record("poll.opened", poll)
    return poll


def act(demo: Demo, action: Any, *args: Any, person: str = OFFICE) -> Any:
    """Run an action as this person, within the application: the keys lie in its folder."""
    with demo.app.app_context():
        return demo.perform(person, action, *args)


def seats(demo: Demo, poll_id: int) -> tuple[Voter, ...]:
    """Who may vote."""
    with demo.session() as session:
        return frozen_electorate(session, poll_id)


def put(demo: Demo, poll_id: int, voter: Voter, answer: Any, slip: str = "") -> str:
    """Cast a ballot for a seat; its slip."""
    slip = slip or fresh_slip()

    def cast(work: Work) -> None:
        poll = work.session.exec(select(Poll).where(col(Poll.id) == poll_id)).one()
        ballot = BOX.cast(work, poll, voter, answer, slip)
        work.record("ballot.cast", ballot, seat=voter.seat_id)

    act(demo, cast)
    return slip


def put_together(demo: Demo, poll_id: int, ballots: Sequence[tuple[Voter, Any, str]]) -> None:
    """Cast ballots of several seats at the same moment, with their slips, on the way that the pages take."""
    with demo.session() as session:
        body_id = session.exec(select(Seat.body_id).where(col(Seat.id) == ballots[0][0].seat_id)).one()
        people = dict(session.exec(select(Presence.seat_id, Presence.person_id)).all())

    def actor(voter: Voter) -> Actor:
        seat = SeatHeld(voter.seat_id, body_id, "voting", deputy=False)
        person = people[voter.seat_id] or 1
        return Actor(person, demo.tenant_id, voter.organisation_id, "", frozenset(), (seat,), "", "")

    casts = [Cast(actor(voter), answer, moment(), slip=slip) for voter, answer, slip in ballots]

    def job(session: Session) -> list[Any]:
        done = laying.cast_together(session, poll_id, casts)
        session.add_all(LiveEvent(at=moment(), channel=channel, name=name) for channel, name in done.signals)
        return list(done.answers)

    with demo.app.app_context():
        answers = demo.app.extensions["lueckenlos"].writer.run(job, demo.tenant_id)
    assert all(isinstance(each, Laid) and not each.repeated for each in answers), answers


def count(demo: Demo, poll_id: int) -> list[tuple[str, Any]]:
    """Empty the urn; the published codes with their answers."""

    def empty(work: Work) -> list[tuple[str, Any]]:
        poll = work.session.exec(select(Poll).where(col(Poll.id) == poll_id)).one()
        papers = BOX.papers(work.session, poll)
        BOX.close(work, poll)
        poll.state = PollState.PUBLISHED
        work.record("poll.closed", poll)
        return [(paper.code, json.loads(json.dumps(paper.answer))) for paper in papers]

    found: list[tuple[str, Any]] = act(demo, empty)
    return found
