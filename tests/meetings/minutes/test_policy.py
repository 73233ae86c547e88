"""Who reads, writes, signs and objects to minutes."""

from dataclasses import replace

import pytest

from app.core.permissions import Actor, SeatHeld
from meetings.bodies.policy import BodyAccess
from meetings.minutes.policy import (
    MinutesAccess,
    may_circulate_minutes,
    may_object,
    may_read_minutes,
    may_read_public_version,
    may_sign_minutes,
    may_write_minutes,
)

BODY = BodyAccess(9, chair_person_id=2)


def person(person_id: int, *roles: str, kind: str | None = None) -> Actor:
    seats = (SeatHeld(person_id, 9, kind, False),) if kind else ()
    return Actor(person_id, 1, 7, "drk", frozenset(roles), seats, "T", "DRK")


def minutes(state: str, public: bool = False) -> MinutesAccess:
    return MinutesAccess(BODY, state, minute_taker_id=7, public=public)


CHAIR, OFFICE, MEMBER = person(2, kind="voting"), person(3, kind="office"), person(4, kind="voting")
ADVISER, MINUTE_TAKER = person(5, kind="advisory"), person(7, "minutes")
OUTSIDER, COORDINATION = person(8, "casemgmt", "admin"), person(6, "coordination")


@pytest.mark.parametrize("state", ["drafting", "internal_review"])
def test_a_draft_is_read_by_those_who_write_and_lead(state: str) -> None:
    assert all(may_read_minutes(actor, minutes(state)) for actor in (CHAIR, OFFICE, MINUTE_TAKER, COORDINATION))
    assert may_read_minutes(MEMBER, minutes(state)).hidden


def test_from_circulation_on_the_body_reads_them_and_nobody_else() -> None:
    assert may_read_minutes(MEMBER, minutes("circulated"))
    assert may_read_minutes(ADVISER, minutes("signed"))
    assert may_read_minutes(OUTSIDER, minutes("signed")).hidden


def test_only_the_public_version_is_public_and_only_once_signed() -> None:
    assert may_read_public_version(OUTSIDER, minutes("signed", public=True))
    assert may_read_public_version(OUTSIDER, minutes("circulated", public=True)).hidden
    assert may_read_public_version(OUTSIDER, minutes("signed")).hidden
    assert may_read_minutes(OUTSIDER, minutes("signed", public=True)).hidden


def test_nobody_instructs_the_minute_taker_not_even_the_chair() -> None:
    assert may_write_minutes(MINUTE_TAKER, minutes("drafting"))
    assert may_write_minutes(OFFICE, minutes("drafting"))
    assert not may_write_minutes(CHAIR, minutes("drafting"))


def test_the_role_of_minute_taker_needs_a_tie_to_the_body() -> None:
    assert may_write_minutes(person(9, "minutes", "coordination"), minutes("drafting"))
    assert may_write_minutes(person(9, "minutes", kind="advisory"), minutes("drafting"))
    assert may_write_minutes(person(9, "minutes"), minutes("drafting")).hidden
    assert not may_write_minutes(COORDINATION, minutes("drafting"))


def test_circulated_minutes_are_not_rewritten() -> None:
    assert not may_write_minutes(MINUTE_TAKER, minutes("circulated"))
    assert may_circulate_minutes(OFFICE, minutes("internal_review"))
    assert not may_circulate_minutes(OFFICE, minutes("circulated"))
    assert not may_circulate_minutes(MINUTE_TAKER, minutes("drafting"))


def test_chair_and_minute_taker_sign_what_was_circulated() -> None:
    assert may_sign_minutes(CHAIR, minutes("circulated"))
    assert may_sign_minutes(MINUTE_TAKER, minutes("circulated"))
    assert not may_sign_minutes(OFFICE, minutes("circulated"))
    assert not may_sign_minutes(CHAIR, minutes("signed"))


def test_members_with_a_vote_object_in_time() -> None:
    assert may_object(MEMBER, minutes("circulated"))
    assert not may_object(ADVISER, minutes("circulated"))
    assert may_object(MEMBER, minutes("signed"))
    assert not may_object(MEMBER, minutes("approved"))
    assert not may_object(MEMBER, replace(minutes("signed"), objections_open=False))
