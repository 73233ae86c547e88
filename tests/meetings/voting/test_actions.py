"""Opening freezes rule and electorate, a seat casts once, closing counts."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from app.core.errors import DomainError, Forbidden, InvalidInput, NotFound
from app.core.lifecycle import RefusedMove
from app.core.records import AuditEntry
from meetings.agenda import actions as agenda
from meetings.agenda.models import AgendaItem
from meetings.agenda.states import ItemState
from meetings.room import actions as room
from meetings.room.buttons import Coming
from meetings.voting import actions
from meetings.voting.actions import AlreadyCast, DotsWish, PollNotOpen
from meetings.voting.counting import thaw_count
from meetings.voting.dots import thaw
from meetings.voting.models import Ballot, BallotPoint, Poll, PollEntitlement
from meetings.voting.results import results_of
from meetings.voting.states import PollState
from tests.meetings.walk import (
    ADVISOR,
    CHAIR,
    DEPUTY,
    GUEST,
    HELD_BY,
    MEMBER,
    OFFICE,
    OUTSIDER,
    PLANNER,
    TOPICS,
    cast,
    cast_all,
    closed_poll,
    open_dots,
    options_of,
    run,
    run_with_everyone,
    seat_of,
)
from tests.support.demo import Demo

THREE = {"p-diallo": (2, 1, 0, 0), "p-kessler": (1, 2, 0, 0), "p-marx": (0, 0, 2, 0)}


def poll(demo: Demo, poll_id: int) -> Poll:
    with demo.session() as session:
        return session.exec(select(Poll).where(col(Poll.id) == poll_id)).one()


def entitled(demo: Demo) -> set[int]:
    with demo.session() as session:
        return set(session.exec(select(PollEntitlement.seat_id)))


def test_the_rule_is_frozen_with_its_hash(demo: Demo) -> None:
    run_with_everyone(demo)
    opened = poll(demo, open_dots(demo))
    rule = thaw(opened.rule)
    assert (rule.dots_per_seat, rule.max_per_option, rule.capacity, len(rule.options)) == (3, 2, 2, 4)
    assert (rule.canonical(), rule.sha256()) == (opened.rule, opened.rule_sha256)


def test_the_electorate_is_who_is_there_and_not_recused(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform("p-pohl", room.leave, "LG-09")
    demo.perform(MEMBER, room.declare_recusal, "LG-09", "6")
    demo.perform(ADVISOR, room.arrive, "LG-09")
    open_dots(demo)
    missing = {seat_of(demo, "gd-quellenrade"), seat_of(demo, "st-brueckfeld"), seat_of(demo, "jugendamt")}
    assert len(entitled(demo)) == 14
    assert entitled(demo).isdisjoint(missing)


def test_the_item_becomes_the_current_one(demo: Demo) -> None:
    run_with_everyone(demo)
    open_dots(demo)
    with demo.session() as session:
        row = session.exec(select(AgendaItem).where(col(AgendaItem.number) == "6")).one()
    assert row.state == ItemState.CURRENT


def test_without_a_quorum_no_poll_is_opened(demo: Demo) -> None:
    run(demo)
    demo.perform(MEMBER, room.arrive, "LG-09")
    with pytest.raises(RefusedMove, match="nicht beschlussfähig"):
        open_dots(demo)


def test_in_a_pause_no_poll_is_opened(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(OFFICE, agenda.move_meeting, "LG-09", "paused")
    with pytest.raises(RefusedMove, match="nur in laufender Sitzung"):
        open_dots(demo)


def test_one_poll_at_a_time_on_an_item(demo: Demo) -> None:
    run_with_everyone(demo)
    open_dots(demo)
    with pytest.raises(DomainError, match="läuft schon eine Abstimmung"):
        open_dots(demo)


def test_a_rule_by_which_nobody_could_vote_is_not_taken_and_leaves_nothing(demo: Demo) -> None:
    run_with_everyone(demo)
    with pytest.raises(InvalidInput, match="könnte niemand abstimmen"):
        open_dots(demo, dots=2, each=3)
    with demo.session() as session:
        assert session.exec(select(Poll)).all() == []


@pytest.mark.parametrize(("person", "refusal"), [(MEMBER, Forbidden), (PLANNER, Forbidden), (OUTSIDER, NotFound)])
def test_only_chair_and_office_open_and_close(demo: Demo, person: str, refusal: type[Exception]) -> None:
    run_with_everyone(demo)
    with pytest.raises(refusal):
        demo.perform(person, actions.open_poll, "LG-09", "6", DotsWish(3, 2, None, TOPICS))
    poll_id = open_dots(demo)
    with pytest.raises(refusal):
        demo.perform(person, actions.close_poll, poll_id)


def test_the_chair_votes_and_conducts(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    cast(demo, CHAIR, poll_id, 0, 1, 2, 0)
    demo.perform(CHAIR, actions.close_poll, poll_id)
    assert poll(demo, poll_id).state == PollState.PUBLISHED


def test_a_ballot_is_kept_with_its_points(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    cast(demo, MEMBER, poll_id, 2, 0, 1, 0)
    with demo.session() as session:
        ballot = session.exec(select(Ballot)).one()
        points = {str(row.option_id): row.points for row in session.exec(select(BallotPoint))}
    first, _second, third, _fourth = options_of(demo, poll_id)
    assert (ballot.seat_id, ballot.cast_by_id) == (seat_of(demo, "st-brueckfeld"), demo.actor(MEMBER).person_id)
    assert points == {first: 2, third: 1}


def test_a_seat_casts_once(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    cast(demo, MEMBER, poll_id, 2, 1, 0, 0)
    with pytest.raises(AlreadyCast, match=r"Für diesen Sitz ist schon abgestimmt\.") as refusal:
        cast(demo, MEMBER, poll_id, 0, 0, 2, 1)
    assert refusal.value.status == 409


def test_holder_and_deputy_have_one_ballot_between_them(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    cast(demo, HELD_BY, poll_id, 1, 0, 0, 0)
    demo.perform(HELD_BY, room.leave, "LG-09")
    seat = seat_of(demo, "jobcenter")
    demo.perform(OFFICE, room.press, "LG-09", Coming(seat, demo.actor(DEPUTY).person_id))
    with pytest.raises(AlreadyCast):
        cast(demo, DEPUTY, poll_id, 0, 1, 0, 0)


def test_the_deputy_casts_while_on_the_seat_and_the_holder_does_not(demo: Demo) -> None:
    run(demo)
    demo.perform(DEPUTY, room.arrive, "LG-09")
    demo.perform(OFFICE, room.record_everyone, "LG-09")
    poll_id = open_dots(demo)
    with pytest.raises(Forbidden, match="nicht stimmberechtigt oder nicht als anwesend"):
        cast(demo, HELD_BY, poll_id, 1, 0, 0, 0)
    cast(demo, DEPUTY, poll_id, 1, 0, 0, 0)


def test_two_ballots_at_once_are_one(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    points = dict(zip(options_of(demo, poll_id), (1, 1, 1, 0), strict=True))

    def attempt(_number: int) -> str:
        try:
            demo.perform(MEMBER, actions.cast_ballot, poll_id, points)
        except AlreadyCast:
            return "refused"
        return "taken"

    with ThreadPoolExecutor(6) as people:
        outcomes = sorted(people.map(attempt, range(6)))
    assert outcomes == ["refused"] * 5 + ["taken"]
    with demo.session() as session:
        assert len(session.exec(select(Ballot)).all()) == 1


def test_the_database_itself_refuses_a_second_ballot(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    cast(demo, MEMBER, poll_id, 1, 0, 0, 0)

    def slip(work: object) -> None:
        seat, person = seat_of(demo, "st-brueckfeld"), demo.actor(MEMBER).person_id
        work.session.add(Ballot(poll_id=poll_id, seat_id=seat, cast_by_id=person, cast_at=work.now))  # type: ignore[attr-defined]
        work.session.flush()  # type: ignore[attr-defined]

    with pytest.raises(IntegrityError):
        demo.perform(OFFICE, slip)


@pytest.mark.parametrize("person", [OFFICE, ADVISOR, GUEST, PLANNER])
def test_who_has_no_vote_is_told_so(demo: Demo, person: str) -> None:
    run_with_everyone(demo)
    demo.perform(ADVISOR, room.arrive, "LG-09")
    poll_id = open_dots(demo)
    with pytest.raises(Forbidden, match="nicht stimmberechtigt"):
        cast(demo, person, poll_id, 1, 0, 0, 0)


def test_who_came_too_late_does_not_vote(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(MEMBER, room.leave, "LG-09")
    poll_id = open_dots(demo)
    demo.perform(MEMBER, room.arrive, "LG-09")
    with pytest.raises(Forbidden, match="nicht stimmberechtigt"):
        cast(demo, MEMBER, poll_id, 1, 0, 0, 0)


def test_a_recused_seat_does_not_vote(demo: Demo) -> None:
    run_with_everyone(demo)
    demo.perform(MEMBER, room.declare_recusal, "LG-09", "6")
    poll_id = open_dots(demo)
    with pytest.raises(Forbidden, match="Befangenheit"):
        cast(demo, MEMBER, poll_id, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("dots", "words"),
    [((2, 2, 0, 0), "4 Punkte vergeben, erlaubt sind 3"), ((3, 0, 0, 0), "höchstens 2"), ((-1, 0, 0, 0), "kein Punkt")],
)
def test_a_ballot_against_the_rule_is_not_taken(demo: Demo, dots: tuple[int, ...], words: str) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo)
    with pytest.raises(InvalidInput, match=words):
        cast(demo, MEMBER, poll_id, *dots)


def test_after_the_close_no_ballot_is_taken(demo: Demo) -> None:
    poll_id = closed_poll(demo, THREE)
    with pytest.raises(PollNotOpen, match="nicht mehr geöffnet") as refusal:
        cast(demo, "p-bruns", poll_id, 1, 0, 0, 0)
    assert refusal.value.status == 409


def test_a_closed_poll_is_not_closed_again(demo: Demo) -> None:
    poll_id = closed_poll(demo, THREE)
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, actions.close_poll, poll_id)


def test_the_count_is_frozen_and_agrees_with_a_recount(demo: Demo) -> None:
    poll_id = closed_poll(demo, THREE)
    counted = thaw_count(poll(demo, poll_id).tally or "")
    first, second, third, fourth = options_of(demo, poll_id)
    assert counted.tally.points == {first: 3, second: 3, third: 2, fourth: 0}
    assert counted.tally.voters == {first: 2, second: 2, third: 1, fourth: 0}
    assert counted.tally.ranking == ((first, second), (third,), (fourth,))
    assert (counted.tally.ballots, counted.entitled, counted.not_cast, counted.tally.unused) == (3, 16, 13, 1)
    with demo.session() as session:
        again = results_of(session, [poll_id])[poll_id]
    assert [(row.points, row.voters) for row in again.rows] == [(3, 2), (3, 2), (2, 1), (0, 0)]


def test_the_stored_ballots_say_nothing_about_their_voters(demo: Demo) -> None:
    poll_id = closed_poll(demo, THREE)
    stored = json.loads(poll(demo, poll_id).tally or "")
    first, second, third, _fourth = options_of(demo, poll_id)
    assert stored["papers"] == [{first: 2, second: 1}, {first: 1, second: 2}, {third: 2}]


def test_an_empty_ballot_is_an_abstention_and_is_counted(demo: Demo) -> None:
    poll_id = closed_poll(demo, {**THREE, "p-bruns": (0, 0, 0, 0)})
    assert thaw_count(poll(demo, poll_id).tally or "").tally.ballots == 4


def test_a_poll_without_ballots_can_be_closed(demo: Demo) -> None:
    poll_id = closed_poll(demo, {})
    assert thaw_count(poll(demo, poll_id).tally or "").tally.ballots == 0


def test_after_a_result_a_run_off_may_follow(demo: Demo) -> None:
    closed_poll(demo, THREE)
    second = open_dots(demo, topics=TOPICS[:2], capacity=1)
    assert len(options_of(demo, second)) == 2


def test_the_record_of_acts_tells_that_somebody_voted_not_how(demo: Demo) -> None:
    run_with_everyone(demo)
    poll_id = open_dots(demo, dots=9000, each=9000)
    cast_all(demo, poll_id, {MEMBER: (7351, 0, 0, 0)})
    demo.perform(OFFICE, actions.close_poll, poll_id)
    with demo.session() as session:
        acts = session.exec(select(AuditEntry.action, AuditEntry.facts).order_by(col(AuditEntry.seq))).all()
    assert [action for action, _facts in acts][-4:] == ["poll.opened", "ballot.cast", "poll.closed", "poll.published"]
    assert all("7351" not in facts for _action, facts in acts)
