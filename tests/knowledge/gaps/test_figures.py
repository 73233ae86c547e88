"""What a reader is told about the evidence, and what a sum must not betray."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.gaps.figures import evidence_sentence, sum_betrays, topic_sentence
from knowledge.gaps.visibility import Reader

COORDINATION = Reader((), in_coordination=True, min_cell=3)
MEMBER = Reader((), in_coordination=False, min_cell=3)


@pytest.mark.parametrize(
    ("reader", "cases", "organisations", "sentence"),
    [
        (COORDINATION, 1, 1, "Belegt durch 1 Fallrekonstruktion aus 1 Stelle."),
        (COORDINATION, 0, 0, "Noch durch keine Fallrekonstruktion belegt."),
        (COORDINATION, 3, 2, "Belegt durch 3 Fallrekonstruktionen aus 2 Stellen."),
        (MEMBER, 2, 2, "Belegt durch weniger als 3 Fallrekonstruktionen."),
        (MEMBER, 0, 0, "Belegt durch weniger als 3 Fallrekonstruktionen."),
        (MEMBER, 3, 2, "Belegt durch 3 Fallrekonstruktionen aus weniger als 3 Stellen."),
        (MEMBER, 4, 3, "Belegt durch 4 Fallrekonstruktionen aus 3 Stellen."),
    ],
)
def test_small_counts_are_for_the_coordination(reader: Reader, cases: int, organisations: int, sentence: str) -> None:
    assert evidence_sentence(reader, cases, organisations) == sentence


def test_a_sum_that_would_tell_a_concealed_count_is_not_shown() -> None:
    of_gaps = {"F-1": 4, "F-2": 1}
    assert topic_sentence(MEMBER, 5, 4, of_gaps).startswith("Wie viele")
    assert topic_sentence(COORDINATION, 5, 4, of_gaps) == "Belegt durch 5 Fallrekonstruktionen aus 4 Stellen."


def test_a_sum_over_shown_counts_is_shown() -> None:
    assert not sum_betrays(MEMBER, {"F-1": 4, "F-2": 3})
    assert topic_sentence(MEMBER, 5, 4, {"F-1": 4, "F-2": 3}) == "Belegt durch 5 Fallrekonstruktionen aus 4 Stellen."


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1))
def test_one_concealed_count_beside_shown_ones_always_takes_the_sum_with_it(of_gaps: dict[str, int]) -> None:
    small = [count for count in of_gaps.values() if count < 3]
    if len(small) == 1 and len(of_gaps) > 1:
        assert sum_betrays(MEMBER, of_gaps)
    assert not sum_betrays(COORDINATION, of_gaps)
