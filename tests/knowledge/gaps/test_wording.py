"""How a count of the catalogue reads."""

from knowledge.gaps.wording import shown_count


def test_a_small_count_reads_less_than_three() -> None:
    assert shown_count(1, 3, in_coordination=False) == "weniger als 3"


def test_the_coordination_reads_the_number() -> None:
    assert shown_count(1, 3, in_coordination=True) == "1"


def test_a_count_that_is_large_enough_reads_as_it_is() -> None:
    assert shown_count(3, 3, in_coordination=False) == "3"
