"""Who sees a case. The demo's own people: the Jobcenter attends Ahorn, but consent keeps it out of Birke."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.permissions import Actor
from knowledge.cases.policy import (
    CaseAccess,
    may_check_case,
    may_edit_case,
    may_erase_case,
    may_list_cases,
    may_read_case,
    may_read_case_giver,
    may_read_case_log,
    may_read_municipality,
    may_release_case,
    may_withdraw_case,
    may_write_case,
    may_write_finding,
)

KI, CARITAS, JOBCENTER, BAMF = 1, 2, 3, 4


def person(person_id: int, organisation_id: int, organisation_type: str, *roles: str) -> Actor:
    return Actor(person_id, 1, organisation_id, organisation_type, frozenset(roles), (), "Name", "Stelle")


ALBERS = person(10, KI, "kim_coordination", "coordination", "moderator")
TERHORST = person(11, KI, "kim_coordination", "casemgmt")
STEFFENS = person(12, CARITAS, "migration_advice", "member", "casemgmt")
BRANDES = person(13, JOBCENTER, "jobcenter", "member", "project_lead")
NAUMANN = person(14, BAMF, "bamf", "member")
ADMIN = person(15, KI, "kim_coordination", "admin", "coordination")
OFFICER = person(16, KI, "county_admin", "dpo")

AHORN = CaseAccess(
    state="released",
    giver_id=TERHORST.person_id,
    scopes=frozenset({"workshop", "with_authorities", "gap_text"}),
    attending_organisation_ids=frozenset({KI, CARITAS, JOBCENTER}),
    workshop_state="released",
    released_on=date(2026, 4, 2),
    today=date(2026, 4, 10),
    moderator_id=99,
)
BIRKE = replace(
    AHORN,
    giver_id=STEFFENS.person_id,
    scopes=frozenset({"workshop", "gap_text"}),
    attending_organisation_ids=frozenset({KI, CARITAS}),
)


def test_the_jobcenter_clerk_sees_ahorn_while_the_window_is_open() -> None:
    assert may_read_case(BRANDES, AHORN)


def test_the_jobcenter_clerk_does_not_see_birke() -> None:
    assert may_read_case(BRANDES, BIRKE).hidden


def test_the_jobcenter_clerk_does_not_see_birke_even_if_someone_put_it_on_the_list() -> None:
    by_mistake = replace(BIRKE, attending_organisation_ids=frozenset({KI, CARITAS, JOBCENTER}))

    assert may_read_case(BRANDES, by_mistake).hidden


def test_an_organisation_that_does_not_attend_sees_nothing() -> None:
    assert may_read_case(NAUMANN, AHORN).hidden


def test_attendees_no_longer_read_after_the_window() -> None:
    later = replace(AHORN, today=date(2026, 4, 17))

    assert may_read_case(BRANDES, later).hidden
    assert may_read_case(STEFFENS, later).hidden


def test_case_giver_coordination_and_moderator_read_at_any_time() -> None:
    moderator = person(99, BAMF, "bamf", "moderator")

    for today in (date(2026, 1, 1), date(2027, 1, 1)):
        for actor in (TERHORST, ALBERS, moderator):
            assert may_read_case(actor, replace(AHORN, today=today, workshop_state=None, released_on=None))


def test_the_role_of_moderator_does_not_open_other_peoples_cases() -> None:
    assert may_read_case(person(98, BAMF, "bamf", "moderator"), AHORN).hidden


def test_attendees_do_not_read_before_the_workshop_or_before_the_release_of_the_case() -> None:
    assert may_read_case(BRANDES, replace(AHORN, workshop_state="planned")).hidden
    assert may_read_case(BRANDES, replace(AHORN, state="checked")).hidden


@pytest.mark.parametrize("case", [AHORN, BIRKE], ids=["Ahorn", "Birke"])
def test_an_administrator_never_reads_a_case_whatever_else_the_account_may(case: CaseAccess) -> None:
    assert may_read_case(ADMIN, case).hidden
    assert not may_list_cases(ADMIN)
    assert not may_write_case(ADMIN)
    assert not may_read_municipality(ADMIN)
    assert not may_read_case_log(ADMIN)


def test_a_withdrawn_consent_locks_every_attendee() -> None:
    assert may_read_case(BRANDES, replace(AHORN, scopes=frozenset())).hidden


def test_cases_are_written_by_case_management_and_coordination() -> None:
    assert may_write_case(TERHORST)
    assert may_write_case(ALBERS)
    assert not may_write_case(BRANDES)
    assert may_list_cases(BRANDES)


def test_only_giver_and_coordination_edit_and_only_a_draft() -> None:
    draft = replace(AHORN, state="draft")

    assert may_edit_case(TERHORST, draft)
    assert may_edit_case(ALBERS, draft)
    assert may_edit_case(BRANDES, draft).hidden
    assert not may_edit_case(TERHORST, AHORN)


def test_the_case_giver_neither_checks_nor_releases_the_own_case() -> None:
    own = replace(AHORN, giver_id=ALBERS.person_id, state="draft")

    assert not may_check_case(ALBERS, own)
    assert not may_release_case(ALBERS, own)
    assert may_check_case(ALBERS, AHORN)
    assert may_release_case(ALBERS, AHORN)
    assert not may_check_case(TERHORST, AHORN)


def test_giver_and_coordination_enter_a_withdrawal_once() -> None:
    assert may_withdraw_case(TERHORST, AHORN)
    assert may_withdraw_case(ALBERS, AHORN)
    assert not may_withdraw_case(BRANDES, AHORN)
    assert not may_withdraw_case(TERHORST, replace(AHORN, state="withdrawn"))


def test_the_data_protection_officer_erases_and_audits_without_reading() -> None:
    assert may_read_case(OFFICER, AHORN).hidden
    assert may_erase_case(OFFICER, AHORN)
    assert not may_erase_case(OFFICER, replace(AHORN, state="erased"))
    assert may_read_case_log(OFFICER)
    assert may_erase_case(ALBERS, AHORN)
    assert not may_erase_case(TERHORST, AHORN)


def test_findings_and_the_givers_name_stay_with_the_case_team() -> None:
    for predicate in (may_write_finding, may_read_case_giver):
        assert predicate(TERHORST, AHORN)
        assert predicate(ALBERS, AHORN)
        assert not predicate(BRANDES, AHORN)


def test_the_municipality_is_for_the_coordination() -> None:
    assert may_read_municipality(ALBERS)
    assert not may_read_municipality(TERHORST)
