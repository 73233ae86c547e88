"""Who sees a gap, level by level."""

from dataclasses import dataclass

import pytest

from app.core.permissions import Actor, SeatHeld
from knowledge.gaps.policy import (
    LEVELS,
    may_edit_gap,
    may_move_gap,
    may_read_catalogue,
    may_read_evidence,
    may_read_gap,
    may_read_report,
    may_read_topic,
    may_report_gap,
    rises,
)


@dataclass(frozen=True)
class Gap:
    visibility: str


@dataclass(frozen=True)
class Report:
    reporter_id: int | None


def person(*roles: str, seat: str | None = None) -> Actor:
    seats = (SeatHeld(1, 9, seat, deputy=False),) if seat else ()
    return Actor(4, 1, 7, "jobcenter", frozenset(roles), seats, "Holger Brandes", "Jobcenter")


@pytest.mark.parametrize(
    ("actor", "levels"),
    [
        (person("coordination"), set(LEVELS)),
        (person("member", seat="voting"), {"body", "network", "public"}),
        (person("advisor", seat="advisory"), {"body", "network", "public"}),
        (person("expert", seat="guest"), {"network", "public"}),
        (person("casemgmt"), {"network", "public"}),
        (person("admin"), {"network", "public"}),
    ],
    ids=["coordination", "voting member", "adviser", "guest", "case manager", "administrator"],
)
def test_each_level_shows_itself_to_its_own_readers(actor: Actor, levels: set[str]) -> None:
    assert {level for level in LEVELS if may_read_gap(actor, Gap(level))} == levels
    assert {level for level in LEVELS if may_read_topic(actor, Gap(level))} == levels


def test_a_gap_of_the_coordination_is_hidden_not_refused() -> None:
    assert may_read_gap(person("member", seat="voting"), Gap("coordination")).hidden


def test_an_unknown_level_is_the_coordinations_alone() -> None:
    assert not may_read_gap(person("member", seat="voting"), Gap("somebody"))
    assert may_read_gap(person("coordination"), Gap("somebody"))


def test_only_the_coordination_writes_moves_and_sees_the_cases_behind() -> None:
    for predicate in (may_edit_gap, may_move_gap, may_read_evidence):
        assert predicate(person("coordination"))
        assert not predicate(person("member", "chair", "casemgmt", "admin", seat="voting"))


def test_everyone_reads_the_catalogue_and_everyone_who_works_with_people_reports() -> None:
    assert may_read_catalogue(person("expert"))
    assert may_report_gap(person("casemgmt"))
    assert not may_report_gap(person("admin"))


def test_a_report_is_read_by_its_author_and_the_coordination() -> None:
    assert may_read_report(person("casemgmt"), Report(reporter_id=4))
    assert may_read_report(person("coordination"), Report(reporter_id=None))
    assert may_read_report(person("casemgmt"), Report(reporter_id=5)).hidden


def test_only_a_rising_level_calls_for_the_privacy_check() -> None:
    assert rises("coordination", "network")
    assert not rises("network", "body")
    assert not rises("body", "body")
