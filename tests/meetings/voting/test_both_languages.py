"""The wording of results and the four majorities over one vote, in German and in English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core import i18n
from meetings.voting.majority import MAJORITY_RULES, VoteCount, evaluate, rule_for
from meetings.voting.wording import result_sentence, vote_line

MEMBERS = 18
RECUSED_DE = "mehrheitlich angenommen (11 Ja, 1 Nein); 2 Mitglieder haben wegen Befangenheit nicht mitgewirkt"
RECUSED_EN = "adopted by majority (11 yes, 1 no); 2 members were recused and did not take part"


@pytest.fixture(scope="module")
def app() -> Flask:
    """An application that can do nothing but speak."""
    app = Flask(__name__)
    app.secret_key = "a key for this test"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(Path(i18n.__file__).parents[1] / "translations")
    i18n.install(app)
    return app


@pytest.fixture(params=["de", "en"])
def spoken(app: Flask, request: pytest.FixtureRequest) -> Iterator[int]:
    """The place of the language in the rows below."""
    with app.test_request_context("/", headers={"Accept-Language": request.param}):
        yield ["de", "en"].index(request.param)


def said(count: VoteCount, decision: str, tie: str, chair: str | None) -> str:
    """The result in words."""
    return result_sentence(evaluate(rule_for(decision, tie=tie), count, MEMBERS, chair), count)


SIMPLE = ("simple_of_cast", "rejected", None)


@pytest.mark.parametrize(
    ("count", "how", "words"),
    [
        (VoteCount(12, 0), SIMPLE, ("einstimmig angenommen", "adopted unanimously")),
        (
            VoteCount(12, 0, 1),
            SIMPLE,
            ("einstimmig bei 1 Enthaltung angenommen", "adopted unanimously with 1 abstention"),
        ),
        (
            VoteCount(12, 0, 2),
            SIMPLE,
            ("einstimmig bei 2 Enthaltungen angenommen", "adopted unanimously with 2 abstentions"),
        ),
        (
            VoteCount(12, 1, 2),
            SIMPLE,
            (
                "mehrheitlich angenommen (12 Ja, 1 Nein, 2 Enthaltungen)",
                "adopted by majority (12 yes, 1 no, 2 abstentions)",
            ),
        ),
        (
            VoteCount(3, 9, 1),
            SIMPLE,
            ("mehrheitlich abgelehnt (3 Ja, 9 Nein, 1 Enthaltung)", "rejected by majority (3 yes, 9 no, 1 abstention)"),
        ),
        (VoteCount(0, 12), SIMPLE, ("einstimmig abgelehnt", "rejected unanimously")),
        (
            VoteCount(6, 6),
            SIMPLE,
            ("abgelehnt bei Stimmengleichheit (6 Ja, 6 Nein)", "rejected on a tied vote (6 yes, 6 no)"),
        ),
        (
            VoteCount(6, 6),
            ("simple_of_cast", "chair_decides", "yes"),
            (
                "angenommen; bei Stimmengleichheit gab die Stimme des Vorsitzes den Ausschlag (6 Ja, 6 Nein)",
                "adopted; the vote was tied and the chair had the casting vote (6 yes, 6 no)",
            ),
        ),
        (
            VoteCount(6, 6),
            ("simple_of_cast", "lot", None),
            (
                "Stimmengleichheit (6 Ja, 6 Nein); das Los entscheidet",
                "tied vote (6 yes, 6 no); decided by lot",
            ),
        ),
        (
            VoteCount(12, 0, recused=1),
            SIMPLE,
            (
                "einstimmig angenommen; 1 Mitglied hat wegen Befangenheit nicht mitgewirkt",
                "adopted unanimously; 1 member was recused and did not take part",
            ),
        ),
        (VoteCount(11, 1, recused=2), SIMPLE, (RECUSED_DE, RECUSED_EN)),
        (
            VoteCount(12, 1),
            ("consensus_then_majority", "rejected", None),
            ("kein Einvernehmen (12 Ja, 1 Nein)", "no consensus (12 yes, 1 no)"),
        ),
        (
            VoteCount(0, 0, 12),
            ("consent", "rejected", None),
            ("ohne Widerspruch angenommen", "adopted without objection"),
        ),
    ],
)
def test_the_result_reads_as_minutes_word_it(
    spoken: int, count: VoteCount, how: tuple[str, str, str | None], words: tuple[str, str]
) -> None:
    assert said(count, *how) == words[spoken]


@pytest.mark.parametrize(
    ("rule", "accepted", "needed", "words"),
    [
        (
            "simple_of_cast",
            True,
            7,
            (
                "mehrheitlich angenommen (9 Ja, 4 Nein, 1 Enthaltung)",
                "adopted by majority (9 yes, 4 no, 1 abstention)",
            ),
        ),
        (
            "absolute_of_present",
            True,
            8,
            (
                "mehrheitlich angenommen (9 Ja, 4 Nein, 1 Enthaltung)",
                "adopted by majority (9 yes, 4 no, 1 abstention)",
            ),
        ),
        (
            "absolute_of_members",
            False,
            10,
            (
                "abgelehnt; die nötigen 10 Ja-Stimmen wurden nicht erreicht (9 Ja, 4 Nein, 1 Enthaltung)",
                "rejected; the 10 yes votes required were not reached (9 yes, 4 no, 1 abstention)",
            ),
        ),
        (
            "two_thirds_of_cast",
            True,
            9,
            (
                "mehrheitlich angenommen (9 Ja, 4 Nein, 1 Enthaltung)",
                "adopted by majority (9 yes, 4 no, 1 abstention)",
            ),
        ),
    ],
)
def test_one_vote_under_four_majorities(
    spoken: int, rule: str, accepted: bool, needed: int, words: tuple[str, str]
) -> None:
    """18 entitled, 14 present: 9 yes, 4 no, 1 abstention."""
    outcome = evaluate(MAJORITY_RULES[rule], VoteCount(9, 4, 1), MEMBERS)
    assert (outcome.accepted, outcome.needed) == (accepted, needed)
    assert said(VoteCount(9, 4, 1), rule, "rejected", None) == words[spoken]


def test_the_line_of_numbers(spoken: int) -> None:
    lines = (
        "Ja: 9, Nein: 3, Enthaltungen: 1, ungültig: 1, nicht abgegeben: 2, befangen: 1",
        "Yes: 9, No: 3, Abstentions: 1, invalid: 1, not cast: 2, recused: 1",
    )
    assert vote_line(VoteCount(9, 3, 1, 1, 2, 1)) == lines[spoken]
