"""What keeps a workshop from being released."""

import pytest

from app.core.lifecycle import RefusedMove
from app.core.permissions import Actor
from knowledge.aftermath.policy import may_release_workshop, may_review
from knowledge.aftermath.rules import HELD, LEADS, RELEASE, RELEASED, ClusterFacts, Lack, ReleaseFacts, lacking
from knowledge.workshops.policy import WorkshopAccess

LED = WorkshopAccess(moderator_id=7, minute_taker_id=8, organisation_ids=frozenset({1}))


def someone(person_id: int, *roles: str) -> Actor:
    return Actor(person_id, 1, 1, "jobcenter", frozenset(roles), (), "Jemand", "Irgendwo")


def test_what_is_open_is_counted_and_what_is_done_is_not_named() -> None:
    clusters = [
        ClusterFacts(None, None),
        ClusterFacts("new", None),
        ClusterFacts("link", 3),
        ClusterFacts("single", None),
    ]
    assert lacking(clusters, [None, 4], [True, False]) == {
        Lack.UNDECIDED: 1,
        Lack.NO_GAP: 1,
        Lack.NO_FINDING: 1,
        Lack.UNLINKED: 1,
        Lack.NO_OWNER: 1,
    }
    assert lacking([ClusterFacts("link", 3)], [3], [True]) == {}
    assert lacking([], [], [], 2) == {Lack.PASSAGES: 2}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (ReleaseFacts(frozenset(), None, 2), "noch nicht vorgelegt"),
        (ReleaseFacts(frozenset(), 2, 2), "zweite Person"),
        (ReleaseFacts(frozenset({Lack.UNDECIDED}), 1, 2), "noch nicht gesagt"),
        (ReleaseFacts(frozenset({Lack.PASSAGES}), 1, 2), "markierte Stelle"),
    ],
)
def test_a_release_is_refused_with_its_reason(facts: ReleaseFacts, reason: str) -> None:
    with pytest.raises(RefusedMove, match=reason):
        RELEASE.require(HELD, RELEASED, {LEADS}, facts)


def test_a_second_person_releases_what_the_first_presented() -> None:
    RELEASE.require(HELD, RELEASED, {LEADS}, ReleaseFacts(frozenset({Lack.UNLINKED}), 1, 2))


def test_only_those_who_lead_and_the_coordination_review() -> None:
    assert may_review(someone(7), LED)
    assert may_review(someone(8), LED)
    assert may_review(someone(9, "coordination"), LED)
    assert not may_review(someone(9, "member"), LED)
    assert not may_review(someone(9, "coordination", "admin"), LED)


def test_nobody_releases_what_they_presented() -> None:
    assert may_release_workshop(someone(8), LED, 7)
    assert not may_release_workshop(someone(7), LED, 7)
    assert not may_release_workshop(someone(8), LED, None)
