"""The life of a case, who may be in the room, and what transitions tell over all cases."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cases.rules import (
    AUTHORITY_TYPES,
    CASE_LIFECYCLE,
    NON_AUTHORITY_TYPES,
    CaseFacts,
    TransitionNumbers,
    is_locked,
    locked_organisation_types,
    may_attend,
    may_set_attendance,
    reading_window_open,
    transition_numbers,
)
from knowledge.taxonomy.lists import keys

COORDINATION = frozenset({"coordination"})
READY = CaseFacts(
    consent_form="written",
    consent_month="2026-02",
    language_support_stated=True,
    consent_scopes=frozenset({"workshop", "gap_text"}),
    stations=10,
    giver_id=3,
    checked_by_id=1,
    released_by_id=1,
)

AHORN = {"workshop", "with_authorities", "gap_text"}
BIRKE = {"workshop", "gap_text"}
WEIDE = {"workshop", "welfare_only", "gap_text"}


def test_a_case_is_checked_by_a_second_person_and_then_released() -> None:
    assert CASE_LIFECYCLE.check("draft", "checked", COORDINATION, READY)
    assert CASE_LIFECYCLE.check("checked", "released", COORDINATION, READY)


@pytest.mark.parametrize(
    "missing",
    [
        {"consent_form": None},
        {"consent_month": None},
        {"language_support_stated": False},
        {"consent_scopes": frozenset({"gap_text"})},
        {"consent_withdrawn": True},
    ],
)
def test_no_release_without_a_complete_consent(missing: dict[str, object]) -> None:
    assert "Einwilligung" in CASE_LIFECYCLE.check("checked", "released", COORDINATION, replace(READY, **missing)).reason


def test_nobody_checks_or_releases_a_case_of_their_own() -> None:
    own_check = replace(READY, checked_by_id=READY.giver_id)
    own_release = replace(READY, released_by_id=READY.giver_id)

    assert not CASE_LIFECYCLE.check("draft", "checked", COORDINATION, own_check)
    assert not CASE_LIFECYCLE.check("checked", "released", COORDINATION, own_release)


def test_an_open_finding_of_the_privacy_check_blocks_the_case() -> None:
    assert not CASE_LIFECYCLE.check("draft", "checked", COORDINATION, replace(READY, open_findings_of_check=1))


def test_consent_can_be_withdrawn_as_long_as_the_case_is_there() -> None:
    for state in ("draft", "checked", "released", "closed"):
        assert CASE_LIFECYCLE.check(state, "withdrawn", {"giver"}, CaseFacts())
    assert CASE_LIFECYCLE.targets("withdrawn") == ()
    assert CASE_LIFECYCLE.targets("erased") == ()


@given(st.sampled_from(sorted(CASE_LIFECYCLE.states)), st.sampled_from(sorted(CASE_LIFECYCLE.states)))
def test_a_case_never_skips_its_check(source: str, target: str) -> None:
    if CASE_LIFECYCLE.check(source, target, {"coordination", "giver", "dpo"}, READY) and target == "released":
        assert source == "checked"


@pytest.mark.parametrize("organisation", sorted(AUTHORITY_TYPES))
def test_authorities_are_locked_out_unless_the_consent_names_them(organisation: str) -> None:
    assert is_locked(organisation, BIRKE)
    assert not is_locked(organisation, AHORN)


@pytest.mark.parametrize("organisation", ["kim_coordination", "kim_casemgmt", "migration_advice", "refugee_advice"])
def test_counselling_and_moderation_are_always_in_the_room(organisation: str) -> None:
    assert not any(is_locked(organisation, scopes) for scopes in (AHORN, BIRKE, WEIDE))


@pytest.mark.parametrize("organisation", ["jobcenter", "municipality", "health_office", "course_provider", "employer"])
def test_welfare_only_locks_everyone_but_counselling_and_moderation(organisation: str) -> None:
    assert is_locked(organisation, WEIDE)


def test_the_narrower_scope_wins() -> None:
    assert is_locked("jobcenter", {"workshop", "welfare_only", "with_authorities"})


def test_a_type_that_nobody_classified_is_treated_as_an_authority() -> None:
    assert is_locked("harbour_master", BIRKE)
    assert not is_locked("harbour_master", AHORN)


def test_without_consent_to_a_workshop_nobody_is_in_the_room() -> None:
    assert locked_organisation_types({"with_authorities"}) == AUTHORITY_TYPES | NON_AUTHORITY_TYPES


def test_a_type_is_an_authority_or_it_is_not() -> None:
    assert not AUTHORITY_TYPES & NON_AUTHORITY_TYPES
    assert set(keys("agency_types")) == AUTHORITY_TYPES | NON_AUTHORITY_TYPES


@given(st.sampled_from(sorted(AUTHORITY_TYPES | NON_AUTHORITY_TYPES)), st.sets(st.sampled_from(sorted(AHORN | WEIDE))))
def test_the_list_of_locked_types_and_the_single_answer_agree(organisation: str, scopes: set[str]) -> None:
    assert (organisation in locked_organisation_types(scopes)) == (not may_attend(organisation, scopes))


@pytest.mark.parametrize(
    ("scopes", "word"), [(BIRKE, "Behörden"), (WEIDE, "Beratungsstellen"), ({"gap_text"}, "Fallrekonstruktion")]
)
def test_the_grid_says_why_an_organisation_is_locked(scopes: set[str], word: str) -> None:
    assert word in may_attend("jobcenter", scopes).reason


def test_nobody_enters_without_confirming_confidentiality_or_after_the_end() -> None:
    assert may_set_attendance("jobcenter", AHORN, "running", confirmed_confidentiality=True)
    assert not may_set_attendance("jobcenter", AHORN, "running", confirmed_confidentiality=False)
    assert not may_set_attendance("jobcenter", AHORN, "released", confirmed_confidentiality=True)
    assert not may_set_attendance("jobcenter", BIRKE, "running", confirmed_confidentiality=True)


RELEASED_ON = date(2026, 4, 2)


@pytest.mark.parametrize(
    ("state", "today", "open_"),
    [
        ("planned", RELEASED_ON, False),
        ("running", RELEASED_ON, True),
        ("held", RELEASED_ON, True),
        ("released", date(2026, 4, 16), True),
        ("released", date(2026, 4, 17), False),
        ("cancelled", RELEASED_ON, False),
    ],
)
def test_attendees_read_from_the_start_until_fourteen_days_after_the_release(
    state: str, today: date, open_: bool
) -> None:
    assert reading_window_open(state, RELEASED_ON, today) is open_


def test_a_release_without_a_date_opens_nothing() -> None:
    assert not reading_window_open("released", None, RELEASED_ON)


def test_the_demo_change_to_sgb_2_is_one_bridge_and_two_breaks() -> None:
    ahorn, linde, weide = ("asylblg_sgb2", "break"), ("asylblg_sgb2", "break"), ("asylblg_sgb2", "bridge")

    numbers = transition_numbers([ahorn, (None, "break"), linde, ("shelter_flat", "neutral"), weide])

    assert numbers == {
        "asylblg_sgb2": TransitionNumbers(bridges=1, breaks=2, other=0),
        "shelter_flat": TransitionNumbers(bridges=0, breaks=0, other=1),
    }


stations = st.lists(
    st.tuples(
        st.none() | st.sampled_from(["asylblg_sgb2", "shelter_flat"]), st.sampled_from(["break", "bridge", "delay"])
    )
)


@given(stations)
def test_every_station_at_a_transition_is_counted_once(seen: list[tuple[str | None, str]]) -> None:
    numbers = transition_numbers(seen)

    assert sum(each.total for each in numbers.values()) == sum(transition is not None for transition, _ in seen)
