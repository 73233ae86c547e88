"""When a ballot may be called secret."""

import pytest

from meetings.voting.rules import MIN_SECRET_ELECTORATE
from meetings.voting.sealed.rules import FEWEST, Obstacle, may_open, obstacle


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([], Obstacle.TOO_FEW),
        ([1] * 4, Obstacle.TOO_FEW),
        ([1] * 5, None),
        ([3] * 5, None),
        ([1] * 5 + [2], Obstacle.WEIGHTS),
        ([1] * 5 + [2] * 5, Obstacle.WEIGHTS),
    ],
)
def test_a_poll_is_secret_only_where_nobody_stands_out(weights: list[int], expected: Obstacle | None) -> None:
    assert obstacle(weights) == expected


def test_an_urn_with_tellers_waits_for_both() -> None:
    assert obstacle([1] * 5, tellers=2, tellers_ready=1) == Obstacle.TELLERS
    assert obstacle([1] * 5, tellers=2, tellers_ready=2) is None
    assert obstacle([1] * 4, tellers=2, tellers_ready=1) == Obstacle.TOO_FEW


def test_fewer_than_five_envelopes_stay_closed() -> None:
    assert [number for number in range(8) if may_open(number)] == [5, 6, 7]
    assert FEWEST == MIN_SECRET_ELECTORATE
