"""What the page says about other methods: no more than what was compared."""

from collections.abc import Sequence

import pytest

from meetings.voting.ballot_files import CountedPaper
from meetings.voting.poll_counting import count_poll
from meetings.voting.poll_result import OtherResult, result_of_file
from meetings.voting.poll_rule import PollRule, RuleOption
from meetings.voting.poll_words import score_meaning
from meetings.voting.states import PollMethod
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
OPTIONS = tuple(RuleOption(key, key.upper()) for key in "abcd")
SAME_WINNER = (*[["a", "c", "b", "d"]] * 5, *[["b", "a", "c", "d"]] * 2)
"""„A“ is first by every method; who comes second differs."""


def ranked(demo: Demo, orders: Sequence[Sequence[str]], capacity: int | None) -> OtherResult:
    """The result of these orders by Schulze."""
    rule = PollRule(PollMethod.SCHULZE, OPTIONS, capacity=capacity)
    papers = [CountedPaper({"ranking": [[option] for option in order]}) for order in orders]
    text, count = count_poll(rule, papers, len(papers))
    with demo.app.test_request_context():
        return result_of_file(rule, count, text, {})


def sentence(demo: Demo, result: OtherResult) -> str:
    with demo.app.test_request_context():
        return result.comparison


@pytest.mark.parametrize(("method", "words"), [
    (PollMethod.SCHULZE, "Kette von Duellen"), (PollMethod.IRV, "ersten Plätze"), (PollMethod.BORDA, "Platzpunkte"),
    (PollMethod.APPROVAL, "unterstützt."), (PollMethod.SCORE, "Summe der Bewertungen"),
    (PollMethod.RESISTANCE, "je kleiner"), (PollMethod.EQUAL_SHARES, "entscheidet nicht"),
])  # fmt: skip
def test_what_the_number_beside_a_bar_counts_is_said(demo: Demo, method: PollMethod, words: str) -> None:
    with demo.app.test_request_context():
        assert words in score_meaning(PollRule(method, OPTIONS, capacity=2, highest=10))


def test_without_a_line_only_the_first_place_is_compared_and_named(demo: Demo) -> None:
    result = ranked(demo, SAME_WINNER, None)
    assert result.agrees
    assert sentence(demo, result) == "Alle anderen Verfahren hätten denselben ersten Platz."
    assert {each.words for each in result.comparisons} == {"hat denselben ersten Platz"}


def test_with_a_line_it_is_compared_what_stands_above_it(demo: Demo) -> None:
    result = ranked(demo, SAME_WINNER, 2)
    assert not result.agrees
    assert "Nicht jedes Verfahren käme zum selben Ergebnis." in sentence(demo, result)
    assert any("kommt zu einem anderen Ergebnis" in each.words for each in result.comparisons)


def test_with_a_line_all_agree_where_the_same_options_stand_above_it(demo: Demo) -> None:
    result = ranked(demo, [["a", "b", "c", "d"]] * 5 + [["b", "a", "c", "d"]] * 2, 2)
    assert result.agrees
    assert sentence(demo, result) == "Alle anderen Verfahren kämen zum selben Ergebnis."


def test_above_the_same_line_another_first_place_is_still_told(demo: Demo) -> None:
    result = ranked(demo, [["a", "b", "c", "d"]] * 3 + [["b", "c", "d", "a"]] * 2, 2)
    assert "hat einen anderen ersten Platz: „B“" in {each.words for each in result.comparisons}
    assert not result.agrees
