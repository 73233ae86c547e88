"""Synonyms and the shipped glossary."""

from collections import Counter

from knowledge.search.analysis import Analysis, Token
from knowledge.search.synonyms import Group, Synonyms, shipped

ANALYSIS = Analysis()


def tokens(text: str) -> list[Token]:
    return [token for token in ANALYSIS.tokens(text) if not token.stop]


def others(text: str, *groups: tuple[str, ...]) -> set[str]:
    return {expansion.folded for expansion in Synonyms(map(Group, groups), ANALYSIS).expand(tokens(text))}


def test_every_word_of_a_group_stands_for_the_others() -> None:
    group = ("ABH", "Ausländerbehörde", "Ausländeramt")
    assert others("Termin ABH", group) == {"auslanderbehorde", "auslanderamt"}
    assert others("Ausländeramt", group) == {"abh", "auslanderbehorde"}


def test_phrases_of_several_words_are_recognised_and_given() -> None:
    group = ("BAMF", "Bundesamt für Migration und Flüchtlinge")
    assert others("das Bundesamt für Migration und Flüchtlinge", group) == {"bamf"}
    (expansion,) = Synonyms([Group(group)], ANALYSIS).expand(tokens("BAMF"))
    assert expansion.terms == ("bundesamt", "migration", "fluchtling")
    assert others("Migration", group) == set()


def test_the_shipped_glossary_knows_the_abbreviations_of_the_field() -> None:
    synonyms = Synonyms(shipped().groups, ANALYSIS)
    for short, long in [
        ("ABH", "auslanderbehorde"),
        ("JC", "jobcenter"),
        ("ALG II", "burgergeld"),
        ("Kita", "kindergarten"),
    ]:
        assert long in {expansion.folded for expansion in synonyms.expand(tokens(short))}


def test_no_phrase_of_the_shipped_glossary_stands_in_two_groups() -> None:
    phrases = Counter(
        tuple(token.term for token in tokens(phrase)) for group in shipped().groups for phrase in group.words
    )
    assert [phrase for phrase, count in phrases.items() if count > 1] == []
    assert () not in phrases
