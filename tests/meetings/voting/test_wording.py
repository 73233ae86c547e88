"""Ballots and results in words: the grammar of German minutes."""

import pytest

from meetings.voting.dots import (
    DotsOption,
    DotsRule,
    NegativeDots,
    TooFewDots,
    TooManyDots,
    TooManyOnOption,
    UnknownOption,
    tally_dots,
)
from meetings.voting.majority import VoteCount, evaluate, rule_for
from meetings.voting.wording import ballot_error_words, result_sentence, standing_words, vote_line

TITLES = {"T-03": "Bleiberecht sichern"}


def sentence(
    count: VoteCount, decision: str = "simple_of_cast", tie: str = "rejected", chair: str | None = None
) -> str:
    return result_sentence(evaluate(rule_for(decision, tie=tie), count, members=16, chair_vote=chair), count)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (VoteCount(12, 0), "einstimmig angenommen"),
        (VoteCount(12, 0, 1), "einstimmig bei 1 Enthaltung angenommen"),
        (VoteCount(12, 0, 2), "einstimmig bei 2 Enthaltungen angenommen"),
        (VoteCount(12, 1), "mehrheitlich angenommen (12 Ja, 1 Nein)"),
        (VoteCount(12, 1, 2), "mehrheitlich angenommen (12 Ja, 1 Nein, 2 Enthaltungen)"),
        (VoteCount(3, 9, 1), "mehrheitlich abgelehnt (3 Ja, 9 Nein, 1 Enthaltung)"),
        (VoteCount(0, 12), "einstimmig abgelehnt"),
        (VoteCount(6, 6), "abgelehnt bei Stimmengleichheit (6 Ja, 6 Nein)"),
        (
            VoteCount(0, 0, 14),
            "abgelehnt; es wurde weder mit Ja noch mit Nein gestimmt (0 Ja, 0 Nein, 14 Enthaltungen)",
        ),
        (VoteCount(12, 0, recused=1), "einstimmig angenommen; 1 Mitglied hat wegen Befangenheit nicht mitgewirkt"),
        (
            VoteCount(11, 1, recused=2),
            "mehrheitlich angenommen (11 Ja, 1 Nein); 2 Mitglieder haben wegen Befangenheit nicht mitgewirkt",
        ),
    ],
)
def test_the_result_reads_as_minutes_word_it(count: VoteCount, words: str) -> None:
    assert sentence(count) == words


@pytest.mark.parametrize(
    ("tie", "chair", "words"),
    [
        (
            "chair_decides",
            "yes",
            "angenommen; bei Stimmengleichheit gab die Stimme des Vorsitzes den Ausschlag (6 Ja, 6 Nein)",
        ),
        (
            "chair_decides",
            "no",
            "abgelehnt; bei Stimmengleichheit gab die Stimme des Vorsitzes den Ausschlag (6 Ja, 6 Nein)",
        ),
        ("revote", None, "Stimmengleichheit (6 Ja, 6 Nein); die Abstimmung wird wiederholt"),
        ("lot", None, "Stimmengleichheit (6 Ja, 6 Nein); das Los entscheidet"),
    ],
)
def test_a_tie_says_who_settles_it(tie: str, chair: str | None, words: str) -> None:
    assert sentence(VoteCount(6, 6), tie=tie, chair=chair) == words


def test_a_missed_qualified_majority_says_what_was_needed() -> None:
    assert sentence(VoteCount(10, 2), "two_thirds_of_members") == (
        "abgelehnt; die nötigen 11 Ja-Stimmen wurden nicht erreicht (10 Ja, 2 Nein)"
    )


def test_a_missing_consensus_is_no_rejection() -> None:
    assert sentence(VoteCount(12, 1), "consensus_then_majority") == "kein Einvernehmen (12 Ja, 1 Nein)"


def test_silence_without_objection_is_not_called_unanimous() -> None:
    assert sentence(VoteCount(0, 0, 12), "consent") == "ohne Widerspruch angenommen"


def test_a_body_may_prefer_without_votes_against() -> None:
    count = VoteCount(12, 0, 2)
    outcome = evaluate(rule_for("simple_of_cast"), count, 16)

    assert result_sentence(outcome, count, without_dissent=True) == "ohne Gegenstimmen bei 2 Enthaltungen angenommen"


def test_the_line_of_numbers_names_the_rare_ones_only_if_there_are_any() -> None:
    assert vote_line(VoteCount(12, 0)) == "Ja: 12, Nein: 0, Enthaltungen: 0"
    assert vote_line(VoteCount(9, 3, 1, 1, 2, 1)) == (
        "Ja: 9, Nein: 3, Enthaltungen: 1, ungültig: 1, nicht abgegeben: 2, befangen: 1"
    )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TooManyDots(4, 3), "Sie haben 4 Punkte vergeben, erlaubt sind 3."),
        (TooFewDots(2, 3), "Bitte vergeben Sie alle 3 Punkte, bisher sind es 2."),
        (TooManyOnOption("T-03", 3, 2), "„Bleiberecht sichern“ hat 3 Punkte, höchstens 2 sind erlaubt."),
        (TooManyOnOption("T-03", 3, 1), "„Bleiberecht sichern“ hat 3 Punkte, höchstens 1 ist erlaubt."),
        (NegativeDots("T-03", -1), "„Bleiberecht sichern“: Weniger als kein Punkt ist nicht möglich."),
        (UnknownOption("T-99"), "Der Stimmzettel nennt etwas, das hier nicht zur Wahl steht."),
    ],
)
def test_a_wrong_ballot_is_told_what_is_wrong(error, words: str) -> None:
    assert ballot_error_words(error, TITLES) == words


def test_points_are_shown_with_the_people_behind_them() -> None:
    rule = DotsRule(3, 2, (DotsOption("a", "A"), DotsOption("b", "B"), DotsOption("c", "C")))
    tally = tally_dots(rule, [{"a": 2, "b": 1}, {"a": 1}])

    assert standing_words(tally, "a") == "3 Punkte von 2 Stimmberechtigten"
    assert standing_words(tally, "b") == "1 Punkt von 1 Stimmberechtigten"
    assert standing_words(tally, "c") == "0 Punkte"
