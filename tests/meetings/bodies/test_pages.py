"""A body on the screen."""

import pytest

from tests.meetings.walk import GUEST, MEMBER, OFFICE, OUTSIDER
from tests.support.demo import Demo


def text(demo: Demo, person: str, address: str) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


@pytest.mark.parametrize("person", [OFFICE, MEMBER, GUEST, OUTSIDER, "p-ebert"])
@pytest.mark.parametrize("key", ["lg-kim", "pg-uebergang"])
def test_everyone_who_is_signed_in_reads_who_sits_where(demo: Demo, person: str, key: str) -> None:
    assert demo.client(person).get(f"/gremien/{key}").status_code == 200


def test_a_body_that_is_not_there_is_not_found(demo: Demo) -> None:
    assert demo.client(OFFICE).get("/gremien/lg-x").status_code == 404


def test_a_visitor_is_asked_to_sign_in(demo: Demo) -> None:
    assert demo.client().get("/gremien/lg-kim").status_code == 302


def test_seats_come_with_their_people_and_the_chair(demo: Demo) -> None:
    page = text(demo, OUTSIDER, "/gremien/lg-kim")
    assert "Annegret Wieland (Vorsitz)" in page
    assert "Holger Brandes · Vertretung Simone Vogt" in page
    assert page.index("Stimmberechtigt") < page.index("Beratend") < page.index("Kreisjugendamt")


@pytest.mark.parametrize(
    "sentence",
    [
        "wenn mindestens die Hälfte der Stimmberechtigten anwesend ist",
        "im Einvernehmen; nach zwei Versuchen mit einfacher Mehrheit",
        "eine Stimme je stimmberechtigter Organisation",
        "mindestens 14 Tage vor der Sitzung, Unterlagen mindestens 10 Tage vorher",
        "auf Verlangen von 4 Mitgliedern",
        "wird in der folgenden Sitzung genehmigt; Einwendungen binnen 14 Tagen",
    ],
)
def test_the_rules_of_procedure_stand_there_in_words(demo: Demo, sentence: str) -> None:
    assert sentence in text(demo, OUTSIDER, "/gremien/lg-kim")


def test_a_project_group_follows_the_rules_of_its_parent(demo: Demo) -> None:
    assert "mindestens 14 Tage vor der Sitzung" in text(demo, OUTSIDER, "/gremien/pg-uebergang")


def test_a_project_group_shows_its_mandate(demo: Demo) -> None:
    page = text(demo, MEMBER, "/gremien/pg-uebergang")
    assert "LG 8/2026, Beschluss 3" in page
    assert "Wie gelingt der Wechsel ohne Tag ohne Leistung" in page
    assert "Höhe von Leistungen und Gebühren" in page
    assert 'href="/themen/T-01"' in page


def test_meetings_and_decisions_are_shown_to_those_who_may_read_them(demo: Demo) -> None:
    assert "9. Sitzung" in text(demo, MEMBER, "/gremien/lg-kim")
    assert "D-08-4" in text(demo, MEMBER, "/gremien/lg-kim")
    outside = text(demo, OUTSIDER, "/gremien/lg-kim")
    assert "9. Sitzung" not in outside
    assert "D-08-4" not in outside
    guest = text(demo, GUEST, "/gremien/lg-kim")
    assert "9. Sitzung" in guest
    assert "8. Sitzung" not in guest
