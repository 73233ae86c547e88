"""Who reads, drafts and binds an organisation to a target agreement."""

from dataclasses import replace

from app.core.permissions import Actor, SeatHeld
from meetings.agreements.policy import (
    AgreementAccess,
    may_edit_agreement,
    may_give_consent,
    may_read_agreement,
    may_report_reading,
)

STEERING, PROJECT, ELSEWHERE = 9, 10, 77
JOBCENTER, KASSE, VHS = 6, 24, 22
ACCESS = AgreementAccess(
    drafting_body_id=PROJECT,
    body_ids=frozenset({STEERING}),
    obligated_organisation_ids=frozenset({JOBCENTER, KASSE}),
    state="consultation",
    lead_person_id=8,
)


def person(person_id: int, organisation: int, *seats: SeatHeld, role: str = "member") -> Actor:
    return Actor(person_id, 1, organisation, "jobcenter", frozenset({role}), seats, "T", "O")


LEAD = person(8, JOBCENTER, SeatHeld(1, STEERING, "voting", False), SeatHeld(2, PROJECT, "voting", False))
DEPUTY = person(18, JOBCENTER, SeatHeld(1, STEERING, "voting", True), role="deputy")
CLERK = person(19, JOBCENTER, role="expert")
INSURER = person(26, KASSE, SeatHeld(3, PROJECT, "advisory", False), role="expert")
ADVISER = person(20, 19, SeatHeld(4, STEERING, "advisory", False), role="advisor")
TEACHER = person(25, VHS, SeatHeld(5, ELSEWHERE, "voting", False), role="expert")
COORDINATION = person(1, 2, role="coordination")


def test_bodies_obligated_organisations_and_coordination_read_it() -> None:
    assert all(may_read_agreement(actor, ACCESS) for actor in (LEAD, DEPUTY, CLERK, INSURER, ADVISER, COORDINATION))
    assert may_read_agreement(TEACHER, ACCESS).hidden


def test_project_group_lead_and_coordination_draft_it_until_it_is_submitted() -> None:
    submitted = replace(ACCESS, state="submitted")

    assert may_edit_agreement(LEAD, ACCESS)
    assert may_edit_agreement(COORDINATION, ACCESS)
    assert not may_edit_agreement(ADVISER, ACCESS)
    assert not may_edit_agreement(INSURER, ACCESS)
    assert not may_edit_agreement(LEAD, submitted)


def test_an_organisation_consents_for_itself_only() -> None:
    assert may_give_consent(LEAD, ACCESS, JOBCENTER)
    assert may_give_consent(INSURER, ACCESS, KASSE)
    assert not may_give_consent(LEAD, ACCESS, KASSE)
    assert not may_give_consent(COORDINATION, ACCESS, KASSE)


def test_an_organisation_without_an_obligation_has_nothing_to_consent_to() -> None:
    assert not may_give_consent(ADVISER, ACCESS, ADVISER.organisation_id)


def test_neither_a_deputy_nor_a_clerk_binds_the_organisation() -> None:
    assert not may_give_consent(DEPUTY, ACCESS, JOBCENTER)
    assert not may_give_consent(CLERK, ACCESS, JOBCENTER)


def test_consent_may_still_follow_after_the_body_has_approved() -> None:
    for state in ("consultation", "submitted", "approved", "in_force"):
        assert may_give_consent(INSURER, replace(ACCESS, state=state), KASSE)
    for state in ("draft", "returned", "rejected", "ended"):
        assert not may_give_consent(INSURER, replace(ACCESS, state=state), KASSE)


def test_readings_come_from_the_owner_of_the_indicator_or_the_coordination() -> None:
    assert may_report_reading(CLERK, ACCESS, JOBCENTER)
    assert may_report_reading(COORDINATION, ACCESS, JOBCENTER)
    assert not may_report_reading(INSURER, ACCESS, JOBCENTER)
