"""Words that cannot have a wanted term are passed over, and no other: tried on all words of the demo county."""

from collections import defaultdict

from knowledge.search.analysis import Analysis, clean
from knowledge.search.compounds import CompoundSplitter, lexicon, nouns_of
from knowledge.search.synonyms import shipped
from tests.support.demo import DEMO_FILE

TEXT = clean(DEMO_FILE.read_text(encoding="utf-8"))


def test_every_word_with_a_wanted_term_is_there() -> None:
    analysis = Analysis(CompoundSplitter(lexicon(nouns_of(TEXT), shipped().nouns)))
    wanted = defaultdict(set)
    for token in analysis.tokens(TEXT):
        for term in (token.term, *token.parts) if token.spellable and not token.stop else ():
            wanted[term].add(TEXT[token.start : token.end])
    missed = {
        (term, word)
        for term, words in wanted.items()
        for word in words
        if not any(term in (token.term, *token.parts) for token in analysis.tokens_like(word, [term]))
    }
    assert missed == set()


def test_what_cannot_have_the_term_is_passed_over() -> None:
    tokens = Analysis().tokens_like("Sprachkurse und § 25a in der Ausländerbehörde", ["sprachkur"])
    assert [token.folded for token in tokens] == ["sprachkurse", "§25a"]
