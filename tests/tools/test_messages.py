"""The message catalogues: complete, or told what is missing."""

from babel.messages.catalog import Catalog

from tools.messages import faults


def template(*messages: str) -> Catalog:
    catalogue = Catalog()
    for message in messages:
        catalogue.add(message)
    return catalogue


def catalogue(**translations: str) -> Catalog:
    english = Catalog(locale="en")
    for message, text in translations.items():
        english.add(message, text)
    return english


def test_a_complete_catalogue_has_no_fault() -> None:
    assert faults(template("Fehlstelle"), catalogue(Fehlstelle="gap")) == []


def test_a_message_that_is_not_in_the_catalogue_is_named() -> None:
    assert faults(template("Fehlstelle"), catalogue()) == ["not in the catalogue, run `make messages`: „Fehlstelle“"]


def test_a_message_that_nothing_uses_is_named() -> None:
    assert faults(template(), catalogue(Fehlstelle="gap")) == ["no longer used, run `make messages`: „Fehlstelle“"]


def test_an_empty_translation_is_a_fault() -> None:
    assert faults(template("Fehlstelle"), catalogue(Fehlstelle="")) == ["not translated: „Fehlstelle“"]


def test_a_doubtful_translation_is_a_fault() -> None:
    english = catalogue(Fehlstelle="gap")
    english["Fehlstelle"].flags.add("fuzzy")

    assert faults(template("Fehlstelle"), english) == ["marked as doubtful (fuzzy): „Fehlstelle“"]


def test_a_plural_needs_all_its_forms() -> None:
    source, english = Catalog(), Catalog(locale="en")
    source.add(("%(num)s Fall", "%(num)s Fälle"))
    english.add(("%(num)s Fall", "%(num)s Fälle"), ("%(num)s case", ""))

    assert faults(source, english) == ["not translated: „%(num)s Fall“"]


def test_places_for_values_must_match() -> None:
    source, english = Catalog(), Catalog(locale="en")
    source.add("Hallo %(name)s", flags=["python-format"])
    english.add("Hallo %(name)s", "Hello %(person)s", flags=["python-format"])

    (fault,) = faults(source, english)

    assert "Hallo %(name)s" in fault
