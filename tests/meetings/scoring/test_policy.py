"""Who may open, score, enter and read: every role, every state."""

import pytest

from app.core.permissions import ADVISORY, GUEST, OFFICE, VOTING, Actor, SeatHeld
from meetings.agenda.policy import MeetingAccess
from meetings.bodies.policy import BodyAccess
from meetings.scoring import policy
from meetings.scoring.policy import ScoringAccess

BODY = BodyAccess(1, chair_person_id=9)


def actor(kind: str = "", person: int = 5, seat: int = 7, deputy: bool = False, *roles: str) -> Actor:
    """Somebody with a seat of this kind."""
    seats = (SeatHeld(seat, 1, kind, deputy),) if kind else ()
    return Actor(person, 1, 3, "jobcenter", frozenset(roles), seats, "P", "O")


def access(state: str = "open", **more: object) -> ScoringAccess:
    """A scoring in which organisation 3 has seat 7."""
    values = {"seats": {7: 3, 8: 4}, **more}
    return ScoringAccess(MeetingAccess(BODY, "invited"), state, **values)  # type: ignore[arg-type]


MEMBER, DEPUTY, ADVISOR, VISITOR = actor(VOTING), actor(VOTING, 6, 7, True), actor(ADVISORY), actor(GUEST)
CLERK, CHAIR, STRANGER = actor(OFFICE), actor("", 9), actor("")
PLANNER = actor("", 11, 0, False, "coordination")


@pytest.mark.parametrize(
    ("who", "reads", "opens", "scores", "enters"),
    [
        (MEMBER, True, False, True, False),
        (DEPUTY, True, False, True, False),
        (ADVISOR, True, False, False, False),
        (VISITOR, False, False, False, False),
        (STRANGER, False, False, False, False),
        (CLERK, True, True, False, True),
        (CHAIR, True, True, False, True),
        (PLANNER, True, True, False, False),
    ],
)
def test_each_role_may_do_its_own(who: Actor, reads: bool, opens: bool, scores: bool, enters: bool) -> None:
    found = access()
    assert bool(policy.may_read_scoring(who, found)) is reads
    assert bool(policy.may_open_scoring(who, found.meeting)) is opens
    assert bool(policy.may_steer_scoring(who, found)) is opens
    assert bool(policy.may_score(who, found)) is scores
    assert bool(policy.may_enter_sheets(who, found)) is enters
    assert bool(policy.may_enter_for(who, found, 4)) is enters
    assert not policy.may_read_scores(who, found)
    assert bool(policy.may_read_scores(who, access("closed"))) is reads


def test_a_stranger_does_not_learn_that_there_is_a_scoring() -> None:
    for who in (VISITOR, STRANGER):
        assert policy.may_read_scoring(who, access()).hidden
        assert policy.may_open_scoring(who, access().meeting).hidden


def test_nothing_is_taken_after_the_close_nor_after_a_firm_deadline() -> None:
    for found in (access("closed"), access("withdrawn"), access(over=True, late=False)):
        assert not policy.may_score(MEMBER, found)
        assert not policy.may_enter_for(CLERK, found, 4)
    assert policy.may_score(MEMBER, access(over=True))


def test_the_office_never_opens_a_sheet_that_an_organisation_filled_in_itself() -> None:
    itself = access(answered=frozenset({3, 4}), by_office=frozenset({4}))
    assert not policy.may_enter_for(CLERK, itself, 3)
    assert policy.may_enter_for(CLERK, itself, 4)
    assert policy.may_enter_for(CLERK, itself, 99).hidden


def test_who_has_answered_sees_the_standing_only_where_the_rule_says_so() -> None:
    early = access(shown="answered", answered=frozenset({3}), complete=frozenset({3}))
    assert policy.may_read_scores(MEMBER, early)
    assert not policy.may_read_scores(MEMBER, access(shown="answered"))
    begun = access(shown="answered", answered=frozenset({3}))
    assert not policy.may_read_scores(MEMBER, begun), "one mark is no answer: the others' are not read first"
    assert not policy.may_read_scores(MEMBER, access(answered=frozenset({3})))
    for who in (CLERK, CHAIR, ADVISOR, PLANNER):
        assert not policy.may_read_scores(who, early)


def test_the_seat_decides_for_whom_one_scores() -> None:
    assert policy.own_organisation(MEMBER, access()) == 3
    assert policy.own_organisation(actor(VOTING, 5, 8), access()) == 4
    assert policy.own_organisation(ADVISOR, access()) is None


def test_after_the_meeting_nothing_is_opened_or_closed() -> None:
    held = ScoringAccess(MeetingAccess(BODY, "held"), "open", seats={7: 3})
    assert not policy.may_steer_scoring(CLERK, held)
    assert not policy.may_open_scoring(CLERK, held.meeting)
