"""The one refusal of forms whose text more people will read, and the live look at a text while it is typed."""

import pytest

from knowledge.privacy.confirming import Unchecked, hits_in, refuse_unconfirmed
from tests.support.demo import Demo, hidden_fields

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
TEXT = "Frau Yilmaz kam aus Ostervelde."
PLACES = ("Gemeinde Ostervelde", "Ostervelde")


def keys(*texts: str, **given: object) -> list[str]:
    return [hit.key for hit in hits_in(texts, **given)]  # type: ignore[arg-type]


def test_every_new_passage_is_confirmed_and_ticked_ones_are_asked_again_with_the_others() -> None:
    refuse_unconfirmed([TEXT], keys(TEXT))
    refuse_unconfirmed(["Nichts steht hier."], ())
    with pytest.raises(Unchecked) as refused:
        refuse_unconfirmed([TEXT, "Herr Schulze auch."], keys(TEXT), allowed=PLACES)
    assert [hit.text for hit in refused.value.hits] == ["Frau Yilmaz", "Herr Schulze"]


def test_what_the_same_readers_see_already_is_not_asked_again() -> None:
    refuse_unconfirmed([TEXT], (), accepted=["Gestern war Frau Yilmaz da."], allowed=PLACES)
    with pytest.raises(Unchecked) as refused:
        refuse_unconfirmed([TEXT + " Herr Schulze auch."], (), accepted=[TEXT])
    assert [hit.text for hit in refused.value.hits] == ["Herr Schulze"]


def test_whose_names_count_is_the_callers_to_say() -> None:
    names, allowed = ("Gemeinde Ostervelde",), ("Yilmaz",)
    assert [hit.text for hit in hits_in([TEXT], names)] == ["Frau Yilmaz", "Ostervelde"]
    refuse_unconfirmed(["Frau Yilmaz hat recht."], (), allowed=allowed)
    assert [hit.text for hit in hits_in([TEXT], allowed=PLACES)] == ["Frau Yilmaz"]


@SQLITE
@pytest.mark.parametrize("who", ["p-albers", "p-brandes"])
def test_the_live_look_answers_with_what_stands_out_and_with_no_field(demo: Demo, who: str) -> None:
    client = demo.client(who)
    form = hidden_fields(client.get("/meldungen").get_data(as_text=True))
    typed = {**form, "text": "Frau Yilmaz zog 2024 nach Ostervelde.", "neutral": "ahorn"}
    everywhere = client.post("/pruefung", data=typed).get_data(as_text=True)
    in_a_case = client.post("/pruefung?fall=1", data={**typed, "title": "Familie Ahorn"}).get_data(as_text=True)
    assert "Frau Yilmaz" in everywhere
    assert "2024" not in everywhere
    assert "Ostervelde" in everywhere
    assert "2024" in in_a_case
    assert "Ahorn" not in in_a_case
    assert "<input" not in in_a_case
    assert client.post("/pruefung", data={**form, "text": "Alles gut."}).get_data(as_text=True).strip() == ""


@SQLITE
def test_nobody_without_an_account_has_texts_looked_over_there(demo: Demo) -> None:
    assert demo.client().post("/pruefung", data={"text": "Frau Yilmaz"}).status_code in (302, 303, 400, 401)
