"""The proposed text of a ranking."""

from meetings.decisions.rules import ranks
from meetings.decisions.wording import proposed_text


def test_the_ranking_becomes_a_sentence() -> None:
    placed = ranks((("Nahtloser Übergang",), ("Verlässliche Nachweise",)))

    assert proposed_text(placed) == "Priorisierung: Rang 1 „Nahtloser Übergang“, Rang 2 „Verlässliche Nachweise“."


def test_a_shared_rank_is_said_to_be_shared() -> None:
    assert proposed_text(ranks((("A", "B"),))) == ("Priorisierung: gemeinsamer Rang 1 „A“, gemeinsamer Rang 1 „B“.")


def test_no_ranking_no_text() -> None:
    assert proposed_text(()) == ""
