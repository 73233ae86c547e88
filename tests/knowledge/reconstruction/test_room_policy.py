"""Who may do what in the room, for every role and every state of being in it."""

from itertools import product

import pytest

from app.core.permissions import Actor
from knowledge.reconstruction import policy
from knowledge.reconstruction.policy import Member, RoomAccess
from knowledge.reconstruction.states import Entry, MemberRole

GUEST = Actor(0, 1, 5, "jobcenter", frozenset(), (), "Anna", "Jobcenter")
ACCOUNT = Actor(7, 1, 5, "jobcenter", frozenset(), (), "Anna", "Jobcenter")
EVERYTHING = list(product(MemberRole, [*Entry, None], [True, False], ["planned", "running", "held", "released"]))


def room(
    role: MemberRole = MemberRole.RESONANCE,
    entry: Entry | None = Entry.ADMITTED,
    sees: bool = True,
    state: str = "running",
    **more: object,
) -> RoomAccess:
    actor = more.pop("actor", GUEST)
    confirmed = bool(more.pop("confirmed", True))
    member = Member(workshop_id=1, participant_id=2, actor=actor, role=role, entry=entry, confirmed=confirmed)  # type: ignore[arg-type]
    return RoomAccess(member=member, state=state, sees_case=sees, position=int(str(more.pop("position", 3))))


@pytest.mark.parametrize(("role", "entry", "sees", "state"), EVERYTHING)
def test_only_an_admitted_moderator_steers_and_only_while_it_runs(
    role: MemberRole, entry: Entry | None, sees: bool, state: str
) -> None:
    may = bool(policy.may_steer(room(role, entry, sees, state)))
    assert may is (role == MemberRole.MODERATOR and entry == Entry.ADMITTED and state == "running")


@pytest.mark.parametrize(("role", "entry", "sees", "state"), EVERYTHING)
def test_a_card_needs_a_seat_a_case_and_a_running_workshop(
    role: MemberRole, entry: Entry | None, sees: bool, state: str
) -> None:
    may = bool(policy.may_write_card(room(role, entry, sees, state)))
    assert may is (entry == Entry.ADMITTED and sees and state == "running" and role != MemberRole.PROJECTOR)


def test_without_the_promise_nobody_writes() -> None:
    assert not policy.may_write_card(room(confirmed=False))
    assert policy.may_write_card(room(MemberRole.MODERATOR, confirmed=False))


def test_before_the_case_begins_nobody_writes() -> None:
    assert not policy.may_write_card(room(position=0))


@pytest.mark.parametrize(("role", "entry", "sees", "state"), EVERYTHING)
def test_a_case_that_is_not_for_them_does_not_exist(
    role: MemberRole, entry: Entry | None, sees: bool, state: str
) -> None:
    verdict = policy.may_see_case(room(role, entry, sees, state))
    assert bool(verdict) is (entry == Entry.ADMITTED and sees)
    assert verdict.allowed or verdict.hidden


@pytest.mark.parametrize("role", list(MemberRole))
def test_stations_come_from_those_who_lead_and_the_giver(role: MemberRole) -> None:
    may = bool(policy.may_add_station(room(role)))
    assert may is (role in (MemberRole.MODERATOR, MemberRole.MINUTES, MemberRole.CASE_GIVER))


def test_only_the_moderator_or_the_coordination_opens() -> None:
    coordination = Actor(8, 1, 2, "ki", frozenset({"coordination"}), (), "B", "KI")
    both = Actor(9, 1, 2, "ki", frozenset({"coordination", "admin"}), (), "C", "KI")
    assert policy.may_open(ACCOUNT, 7)
    assert policy.may_open(coordination, 7)
    assert not policy.may_open(ACCOUNT, 8)
    assert not policy.may_open(both, 9)
    assert not policy.may_open(GUEST, None)


def test_a_visitor_who_is_nobody_does_not_find_the_room() -> None:
    assert policy.may_know_room(room(entry=None)).hidden
    assert policy.may_know_room(room(entry=None, actor=ACCOUNT))
    assert policy.may_know_room(room(entry=Entry.REFUSED))
