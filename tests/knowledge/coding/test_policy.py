"""Who may code, see, review and export: the case team alone; blind rounds hide; an administrator gets nothing."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.permissions import Actor
from knowledge.cases.policy import CaseAccess
from knowledge.coding.policy import (
    CodingFacts,
    may_change_coding,
    may_code_case,
    may_edit_codebook,
    may_export_codings,
    may_read_codebook,
    may_review_coding,
    may_see_coding,
    may_steer_rounds,
)

CASE = CaseAccess(
    state="released",
    giver_id=7,
    scopes=frozenset({"workshop", "with_authorities"}),
    attending_organisation_ids=frozenset({3, 4}),
    workshop_state="live",
    released_on=None,
    today=date(2026, 11, 23),
    moderator_id=8,
)


def actor(*roles: str, person_id: int = 1, organisation_type: str = "jobcenter") -> Actor:
    return Actor(person_id, 1, 3, organisation_type, frozenset(roles), (), "N", "O")


GIVER, MODERATOR = actor("casemgmt", person_id=7), actor("moderator", person_id=8)
COORDINATION, CLERK = actor("coordination"), actor("member")
ADMIN, OFFICER = actor("admin", "coordination"), actor("dpo")


def test_the_case_team_codes_and_nobody_else() -> None:
    assert all(may_code_case(each, CASE) for each in (GIVER, MODERATOR, COORDINATION))
    clerk = may_code_case(CLERK, CASE)
    assert not clerk
    assert not clerk.hidden, "who attends reads the case and is told why not"
    assert may_code_case(CLERK, replace(CASE, workshop_state="planned")).hidden
    assert may_code_case(ADMIN, CASE).hidden
    assert may_code_case(OFFICER, CASE).hidden


@pytest.mark.parametrize("state", ["withdrawn", "erased"])
def test_a_case_that_is_gone_is_not_coded(state: str) -> None:
    for each in (GIVER, MODERATOR, COORDINATION):
        assert may_code_case(each, replace(CASE, state=state)).hidden
        assert not may_export_codings(each, replace(CASE, state=state))


def test_a_draft_does_not_leave_the_house() -> None:
    assert may_export_codings(COORDINATION, CASE)
    assert not may_export_codings(COORDINATION, replace(CASE, state="draft"))
    assert not may_export_codings(CLERK, CASE)


def test_a_blind_round_hides_others_codings_but_never_ones_own() -> None:
    mine = CodingFacts(coder_id=7, round_open=True, hidden=True)
    assert may_see_coding(GIVER, mine)
    assert may_see_coding(COORDINATION, mine).hidden
    assert may_review_coding(COORDINATION, mine).hidden
    assert may_see_coding(COORDINATION, replace(mine, hidden=False))


def test_only_who_coded_changes_it_and_only_while_the_round_is_open() -> None:
    mine = CodingFacts(coder_id=7, round_open=True, hidden=False)
    assert may_change_coding(GIVER, mine)
    assert not may_change_coding(COORDINATION, mine)
    assert not may_change_coding(GIVER, replace(mine, round_open=False))


def test_a_second_person_reviews() -> None:
    mine = CodingFacts(coder_id=7, round_open=False, hidden=False)
    assert may_review_coding(COORDINATION, mine)
    assert not may_review_coding(GIVER, mine)
    assert not may_review_coding(COORDINATION, replace(mine, removed=True))


def test_rounds_are_steered_by_moderation_and_coordination() -> None:
    assert may_steer_rounds(MODERATOR, CASE)
    assert may_steer_rounds(COORDINATION, CASE)
    assert not may_steer_rounds(GIVER, CASE)


def test_the_codebook_is_for_those_who_code() -> None:
    assert all(may_read_codebook(each) for each in (GIVER, MODERATOR, COORDINATION))
    assert all(may_read_codebook(each).hidden for each in (CLERK, ADMIN, OFFICER))
    assert may_edit_codebook(COORDINATION)
    assert may_edit_codebook(MODERATOR)
    assert not may_edit_codebook(GIVER)
