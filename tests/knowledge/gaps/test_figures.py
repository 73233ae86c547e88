"""What a reader is told about the evidence, and what a sum must not betray."""

import pytest

from knowledge.gaps.figures import evidence_sentence, topic_sentence
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


def test_a_sum_is_a_lower_bound_that_its_parts_tell_already() -> None:
    assert topic_sentence(MEMBER, 5, 4, {"F-1": 4, "F-2": 1}) == "Belegt durch mindestens 4 Fallrekonstruktionen."
    assert topic_sentence(MEMBER, 5, 4, {"F-1": 2, "F-2": 2}) == "Belegt durch mindestens 3 Fallrekonstruktionen."
    assert topic_sentence(MEMBER, 2, 2, {"F-1": 2, "F-2": 1}) == "Belegt durch weniger als 3 Fallrekonstruktionen."


def test_the_coordination_reads_the_sum() -> None:
    of_gaps = {"F-1": 4, "F-2": 1}
    assert topic_sentence(COORDINATION, 5, 4, of_gaps) == "Belegt durch 5 Fallrekonstruktionen aus 4 Stellen."


def test_a_topic_of_one_gap_says_what_the_gap_says() -> None:
    assert topic_sentence(MEMBER, 4, 3, {"F-1": 4}) == evidence_sentence(MEMBER, 4, 3)
