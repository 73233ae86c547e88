"""How the finding on the quorum reads."""

import pytest

from meetings.room.rules import QUORUM_RULES, quorum
from meetings.room.wording import quorum_sentence


@pytest.mark.parametrize(
    ("present", "sentence"),
    [
        (9, "9 von 16 Stimmberechtigten anwesend, nötig sind 8: beschlussfähig."),
        (7, "7 von 16 Stimmberechtigten anwesend, nötig sind 8: nicht beschlussfähig."),
    ],
)
def test_the_sentence_shows_its_arithmetic(present: int, sentence: str) -> None:
    statement = quorum(QUORUM_RULES["half_of_voting_members"], range(16), range(present))

    assert quorum_sentence(statement) == sentence


def test_one_seat_is_enough_in_the_singular() -> None:
    assert "nötig ist 1:" in quorum_sentence(quorum(QUORUM_RULES["none"], range(3), range(1)))


def test_the_second_call_is_named() -> None:
    statement = quorum(QUORUM_RULES["more_than_half_min_three"], range(16), range(2), second_call=True)

    assert "nach zweiter Ladung" in quorum_sentence(statement)


def test_a_missing_invitation_is_named() -> None:
    statement = quorum(QUORUM_RULES["more_than_half_min_three"], range(16), range(16), all_invited=False)

    assert quorum_sentence(statement).startswith("Nicht alle Mitglieder wurden eingeladen")


def test_a_body_without_votes_is_named() -> None:
    assert "keine stimmberechtigten Sitze" in quorum_sentence(quorum(QUORUM_RULES["none"], [], []))
