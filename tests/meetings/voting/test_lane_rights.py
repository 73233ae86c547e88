"""The lane judges who may cast as things stand under the hold, not as they stood when the poll was opened."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.core.errors import Forbidden, NotFound
from app.core.work import Done
from meetings.room import actions as room
from meetings.room.buttons import Coming
from meetings.voting import actions, laying
from meetings.voting.casting import Cast, Laid, Refusal
from meetings.voting.models import Ballot, PollEntitlement
from meetings.voting.sealed import laying as sealed
from meetings.voting.sealed.codes import fresh_slip
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wishes import PollWish
from tests.meetings.walk import CHAIR, DEPUTY, HELD_BY, MEMBER, OFFICE, run_with_everyone, seat_of
from tests.support.county import a_county
from tests.support.demo import Demo
from tests.support.time import moment

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
STAYS = "p-okafor"
Take = Callable[..., Done[Laid | Refusal]]


def lay(demo: Demo, tenant_id: int, take: Take, poll_id: int, people: list[str]) -> list[Any]:
    """What becomes of a yes of each of these people who send it together: True, or the kind of the refusal."""
    slips = {person: fresh_slip() if take is sealed.cast_together else "" for person in people}
    group = [Cast(demo.actor(each), {"answer": "yes"}, moment(), slip=slips[each]) for each in people]

    def job(session: Session) -> Done[Laid | Refusal]:
        return take(session, poll_id, group)

    done: Done[Laid | Refusal] = demo.app.extensions["lueckenlos"].writer.run(job, tenant_id)
    return [each.kind if isinstance(each, Refusal) else True for each in done.answers]


@pytest.mark.parametrize(("mode", "take"), [
    (PollMode.NAMED, laying.cast_together), (PollMode.SECRET, sealed.cast_together),
])  # fmt: skip
def test_what_changed_after_the_opening_is_asked_for_every_ballot(demo: Demo, mode: PollMode, take: Take) -> None:
    run_with_everyone(demo)
    wish = PollWish(PollMethod.MAJORITY, mode, motion="Antrag", majority="simple_of_cast")
    with demo.app.app_context():
        poll_id: int = demo.perform(OFFICE, actions.open_poll, "LG-09", "6", wish).id
    demo.perform(MEMBER, room.declare_recusal, "LG-09", "6")
    demo.perform(CHAIR, room.leave, "LG-09")
    demo.perform(HELD_BY, room.leave, "LG-09")
    deputy = Coming(seat_of(demo, "jobcenter"), demo.actor(DEPUTY).person_id)
    demo.perform(OFFICE, room.press, "LG-09", deputy)
    assert lay(demo, demo.tenant_id, take, poll_id, [MEMBER, CHAIR, HELD_BY, DEPUTY, STAYS]) == [
        Forbidden, Forbidden, Forbidden, True, True,
    ]  # fmt: skip
    with demo.session() as session:
        cast = set(session.exec(select(Ballot.seat_id).where(col(Ballot.poll_id) == poll_id)))
    assert cast == {seat_of(demo, "jobcenter"), seat_of(demo, "diakonie")}
    demo.perform(OFFICE, room.lift_recusal, "LG-09", "6", seat_of(demo, "st-brueckfeld"))
    assert lay(demo, demo.tenant_id, take, poll_id, [MEMBER]) == [True], "a lifted recusal gives the vote back"


def test_a_poll_of_another_county_is_not_there(demo: Demo) -> None:
    run_with_everyone(demo)
    wish = PollWish(PollMethod.MAJORITY, PollMode.NAMED, motion="Antrag", majority="simple_of_cast")
    poll_id: int = demo.perform(OFFICE, actions.open_poll, "LG-09", "6", wish).id
    elsewhere = a_county(demo.database, "nebenan")[0].id or 0
    assert lay(demo, elsewhere, laying.cast_together, poll_id, [MEMBER]) == [NotFound]
    assert lay(demo, elsewhere, sealed.cast_together, poll_id, [MEMBER]) == [NotFound]
    with demo.session() as session:
        assert session.exec(select(PollEntitlement).where(col(PollEntitlement.poll_id) == poll_id)).first()
        assert not session.exec(select(Ballot)).all()


def test_a_seat_that_the_voter_no_longer_holds_is_no_vote(demo: Demo) -> None:
    run_with_everyone(demo)
    wish = PollWish(PollMethod.MAJORITY, PollMode.NAMED, motion="Antrag", majority="simple_of_cast")
    poll_id: int = demo.perform(OFFICE, actions.open_poll, "LG-09", "6", wish).id
    gone = replace(demo.actor(MEMBER), seats=())
    advisory = replace(gone, seats=tuple(replace(s, kind="advisory") for s in demo.actor(MEMBER).seats))
    other_body = replace(gone, seats=tuple(replace(s, body_id=s.body_id + 900) for s in demo.actor(MEMBER).seats))
    group = [Cast(actor, {"answer": "yes"}, moment()) for actor in (gone, advisory, other_body)]

    def job(session: Session) -> Done[Laid | Refusal]:
        return laying.cast_together(session, poll_id, group)

    done: Done[Laid | Refusal] = demo.app.extensions["lueckenlos"].writer.run(job, demo.tenant_id)
    assert not any(isinstance(each, Laid) for each in done.answers)
