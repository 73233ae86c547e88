"""A county's list of synonyms over the shipped one."""

from knowledge.search import glossary
from knowledge.search.glossary import Abbreviation, Entry
from knowledge.search.models import SearchSynonym
from knowledge.search.synonyms import Group, shipped


def words(rows: list[SearchSynonym]) -> list[tuple[str, ...]]:
    return [entry.group.words for entry in glossary.entries(rows)]


def test_without_rows_the_shipped_list_applies() -> None:
    assert sorted(words([])) == sorted(group.words for group in shipped().groups)


def test_a_row_of_the_county_stands_beside_the_shipped_ones() -> None:
    assert ("Tandem", "Patenschaft") in words([SearchSynonym(id=1, words="Tandem\nPatenschaft")])
    assert len(words([SearchSynonym(id=1, words="Tandem\nPatenschaft")])) == len(shipped().groups) + 1


def test_a_changed_shipped_group_takes_its_place_and_a_removed_one_leaves_it_empty() -> None:
    changed = words([SearchSynonym(id=1, words="ABH\nMigrationsamt", shipped="ABH")])
    assert ("ABH", "Migrationsamt") in changed
    assert ("ABH", "Ausländerbehörde", "Ausländeramt") not in changed
    removed = words([SearchSynonym(id=1, words="ABH", shipped="ABH", active=False)])
    assert all("ABH" not in group for group in removed)


def test_a_change_is_seen_before_it_is_made() -> None:
    entries = glossary.entries([SearchSynonym(id=1, words="a\nb")])
    groups = glossary.changed(entries, Entry(Group(("a", "c")), number=1))
    assert Group(("a", "c")) in groups
    assert Group(("a", "b")) not in groups
    new = glossary.changed(entries, Entry(Group(("x", "y"))))
    assert len(new) == len(entries) + 1


def test_typed_words_are_cleaned_and_each_stands_once() -> None:
    assert glossary.words_in("  ABH \n\nAusländer  behörde\nABH\n") == ("ABH", "Ausländer behörde")
    assert glossary.searchable(["ABH", "und", "§"]) == ("ABH",)


def test_words_are_sorted_as_german_dictionaries_do() -> None:
    given = ["Zeit", "Übergang", "Umzug", "Amt", "Ämter", "Straße", "Strasse", "Strand"]
    expected = ["Amt", "Ämter", "Strand", "Strasse", "Straße", "Übergang", "Umzug", "Zeit"]
    assert sorted(given, key=glossary.as_in_a_dictionary) == expected


def test_every_shipped_group_is_one_that_people_could_type() -> None:
    for group in shipped().groups:
        assert len(group.words) <= glossary.MOST_WORDS
        assert max(map(len, group.words)) <= glossary.LONGEST_WORD


def test_what_another_group_does_already_stands_already() -> None:
    there = [
        Entry(Group(("Amt", "Behörde", "Stelle")), number=1),
        Entry(Group(("SB", "Sachbearbeitung"), True), number=2),
    ]
    assert glossary.stands_already(there, Entry(Group(("behörde", "Amt"))))
    assert not glossary.stands_already(there, Entry(Group(("Amt", "Rathaus"))))
    assert not glossary.stands_already(there, Entry(Group(("Amt", "Stelle")), number=1)), "the group that is changed"
    assert glossary.stands_already(there, Entry(Group(("SB", "Sachbearbeitung"), True)))
    assert not glossary.stands_already(there, Entry(Group(("SB", "Sachbearbeitung"))))


def test_abbreviations_are_found_with_the_words_they_stand_for() -> None:
    texts = [
        "Die Integrationsfachkraft (IFK) und das Kommunale Integrationsmanagement (KIM) arbeiten zusammen.",
        "Eine Integrationsfachkraft (IFK) fehlt (Stand 2026). Der Fachdienst Jugend und Familie (FDJF) auch.",
        "Er kam (Anna) nicht.",
    ]
    found = glossary.abbreviations(texts, ["KIM"])
    assert found == [
        Abbreviation("IFK", "Integrationsfachkraft", 2),
        Abbreviation("FDJF", "Fachdienst Jugend und Familie", 1),
    ]


def test_endless_brackets_are_read_in_no_time() -> None:
    assert glossary.abbreviations(["Wort " * 20_000 + " (AB)" * 5_000], []) == []
