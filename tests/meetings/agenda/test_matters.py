"""When two items are the same matter under two titles, and where a new one goes on an agenda."""

import pytest

from meetings.agenda.matters import closing_start, is_named, opening_length, same_formality, title_words

OPENING = [
    "Eröffnung, Feststellung der Beschlussfähigkeit und der Tagesordnung",
    "Niederschrift der letzten Sitzung",
    "Stand der Beschlüsse (Beschlusskontrolle)",
]
CLOSING = ["Verschiedenes und nächste Termine"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Termine und Verschiedenes", "Verschiedenes und nächste Termine", True),
        ("Beschlusskontrolle", "Stand der Beschlüsse (Beschlusskontrolle)", True),
        ("Genehmigung der Niederschrift der 8. Sitzung vom 02.07.2026", "Niederschrift der letzten Sitzung", True),
        ("ERÖFFNUNG", OPENING[0], True),
        ("Bericht der Koordinierenden Stelle", "Bericht der Projektgruppe", False),
        ("Die nächste Sitzung", "Niederschrift der letzten Sitzung", False),
        ("", "Verschiedenes", False),
    ],
)
def test_formal_items_are_known_under_other_titles(one: str, other: str, same: bool) -> None:
    assert same_formality(one, other) == same_formality(other, one) == same


def test_minutes_are_known_by_their_number_or_their_day() -> None:
    title = "Genehmigung der Niederschrift der 8. Sitzung vom 02.07.2026"

    assert is_named(title, "Niederschrift 8")
    assert is_named(title, "Niederschrift 02.07.2026")
    assert not is_named(title, "Niederschrift 7")
    assert not is_named(title, "der die das")


def test_a_title_is_made_of_its_telling_words() -> None:
    assert title_words("Verschiedenes und nächste Termine") == {"verschiedenes", "termine"}


@pytest.mark.parametrize(
    ("titles", "start"),
    [
        ([], 0),
        (["Eröffnung", "Bericht"], 2),
        (["Eröffnung", "Bericht", "Termine und Verschiedenes"], 2),
        (["Eröffnung", "Bericht", "Sonstiges", "Verschiedenes"], 2),
        (["Verschiedenes"], 0),
        (["Verschiedenes", "Bericht"], 2),
    ],
)
def test_a_new_item_comes_before_what_closes_the_meeting(titles: list[str], start: int) -> None:
    assert closing_start(titles, CLOSING) == start


def test_what_opens_a_meeting_comes_in_the_order_of_its_template() -> None:
    agenda = ["Eröffnung", "Genehmigung der Niederschrift der 8. Sitzung", "Bericht"]

    assert opening_length(agenda, OPENING, OPENING[2]) == 2
    assert opening_length(agenda[1:], OPENING, OPENING[0]) == 0
    assert opening_length(["Bericht"], OPENING, "Beschlusskontrolle") == 0
    assert opening_length(agenda, OPENING, "Gäste begrüßen") == 2
