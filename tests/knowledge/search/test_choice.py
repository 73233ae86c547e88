"""The search as it stands in the address."""

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from knowledge.search.choice import LONGEST_QUERY, MOST_VALUES, PARAMETERS, Choice, read


def test_the_address_is_read_and_written_back() -> None:
    address = MultiDict([("q", "Kurs"), ("art", "gap"), ("art", "topic"), ("jahr", "2026"), ("sortierung", "neu")])
    choice = read(address, "Kurs")
    assert choice == Choice("Kurs", {"kind": ("gap", "topic"), "year": ("2026",)}, newest=True)
    assert choice.parameters() == {"q": ["Kurs"], "art": ["gap", "topic"], "jahr": ["2026"], "sortierung": ["neu"]}


def test_a_value_is_switched_on_and_off_and_leads_to_the_first_page() -> None:
    chosen = Choice("Kurs", page=3).toggled("kind", "gap")
    assert (chosen.values, chosen.page) == ({"kind": ("gap",)}, 1)
    assert chosen.toggled("kind", "gap") == Choice("Kurs")


def test_too_much_is_cut_off() -> None:
    many = MultiDict([("kommune", f"ort-{number}") for number in range(500)])
    choice = read(many, "a" * 10_000)
    assert (len(choice.query), len(choice.values["municipality"])) == (LONGEST_QUERY, MOST_VALUES)


@given(st.dictionaries(st.sampled_from([*PARAMETERS, "seite", "genau", "sortierung"]), st.text()), st.text())
def test_no_address_is_wrong_and_each_survives_a_round_trip(given_values: dict[str, str], query: str) -> None:
    choice = read(MultiDict(given_values), query)
    again = read(
        MultiDict([(name, value) for name, values in choice.parameters().items() for value in values]), choice.query
    )
    assert again == choice
