"""From a query to what is looked up: weighted terms, required and excluded phrases, and corrections.

Spelling looks only at words that the person who asks may read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.search import spelling, synonyms
from knowledge.search.analysis import LABEL, Analysis, Token
from knowledge.search.backend import Also, Correction
from knowledge.search.query import Query
from knowledge.search.second_stage import QueryWord
from knowledge.search.sight import Sight

MOST_WORDS = 64
MOST_PHRASES = 16
MOST_CORRECTED = 8
"""More of a query is not looked at, so that no query takes long."""

Phrase = tuple[tuple[tuple[str, ...], int], ...]
"""For each word the terms that may stand for it, and its position after the first word."""

_Forms = dict[str, float]
"""The folded words and phrases that may stand for a word of the query, with their weights."""


@dataclass
class Plan:
    """What a search looks up.

    Of each group of `required` phrases one must occur. Case-folded `keys`, if any, are those of the only documents.
    `also` are the synonyms with their terms, all of which a document has that was found by it. Without `has_words`
    the query is nothing but filters.
    """

    terms: dict[str, float] = field(default_factory=dict)
    words: list[QueryWord] = field(default_factory=list)
    required: list[list[Phrase]] = field(default_factory=list)
    excluded: list[Phrase] = field(default_factory=list)
    in_title: list[Phrase] = field(default_factory=list)
    not_in_title: list[Phrase] = field(default_factory=list)
    keys: frozenset[str] = frozenset()
    not_keys: frozenset[str] = frozenset()
    also: dict[Also, tuple[str, ...]] = field(default_factory=dict)
    has_words: bool = True
    corrections: list[Correction] = field(default_factory=list)
    corrected: str = ""

    def add(self, term: str, weight: float) -> None:
        """Look the term up with at least this weight."""
        self.terms[term] = max(weight, self.terms.get(term, 0.0))


class Planner:
    """Plans queries with one analysis and one list of synonyms."""

    def __init__(self, analysis: Analysis, groups: Sequence[synonyms.Group]) -> None:
        self._analysis = analysis
        self._shipped = tuple(groups)
        self._of = lru_cache(maxsize=8)(lambda groups: synonyms.Synonyms(groups, analysis))

    def plan(self, query: Query, view: Sight, literal: bool, groups: Sequence[synonyms.Group] | None = None) -> Plan:
        """The plan of a parsed query for one person; no corrections if `literal`, `groups` replace the shipped ones."""
        every = list(self._analysis.tokens(query.plain))
        tokens = [token for token in every if not token.stop][:MOST_WORDS]
        forms: list[_Forms] = [{token.folded: 1.0} for token in tokens]
        plan = Plan(has_words=bool(every))
        self._add_conditions(plan, query, None if literal else view)
        for token in tokens:
            for term in (token.term, *token.parts, LABEL + token.term):
                plan.add(term, 1.0)
        self._add_synonyms(plan, query, tokens, forms, self._shipped if groups is None else tuple(groups))
        if not literal:
            self._add_corrections(plan, query, tokens, forms, view)
        plan.words = [self._word(token, of, view) for token, of in zip(tokens, forms, strict=True)]
        return plan

    def _word(self, token: Token, forms: _Forms, view: Sight) -> QueryWord:
        """The word for the second stage. One that stands nowhere is as rare as the first word that stands in for it."""
        terms = [token.term, *(self._analysis.terms_of_word(form)[0] for form in forms)]
        known = next((term for term in terms if view.found(term)), token.term)
        return QueryWord(view.idf(known), tuple(forms.items()))

    def _phrases(self, texts: Sequence[str], view: Sight | None = None) -> list[Phrase]:
        """The phrases of these texts; with a view, unknown words may also be what was meant perhaps."""
        found = []
        for text in texts[:MOST_PHRASES]:
            tokens = [token for token in self._analysis.tokens(text) if not token.stop][:MOST_WORDS]
            found.append(tuple((self._spellings(token, view), token.position - tokens[0].position) for token in tokens))
        return [phrase for phrase in found if phrase]

    def _spellings(self, token: Token, view: Sight | None) -> tuple[str, ...]:
        nearest = view.nearest(token.folded) if view and _is_unknown(token, view) else []
        return (token.term, *(self._analysis.terms_of_word(word)[0] for word, _ in nearest))

    def _add_conditions(self, plan: Plan, query: Query, view: Sight | None) -> None:
        plan.required = [group for texts in query.required if (group := self._phrases(texts, view))][:MOST_PHRASES]
        plan.excluded = self._phrases(query.excluded)
        plan.in_title = self._phrases(query.wanted("title"), view)
        plan.not_in_title = self._phrases(query.unwanted("title"))
        plan.keys = frozenset(map(str.casefold, query.wanted("key")))
        plan.not_keys = frozenset(map(str.casefold, query.unwanted("key")))

    def _add_synonyms(
        self, plan: Plan, query: Query, tokens: list[Token], forms: list[_Forms], groups: tuple[synonyms.Group, ...]
    ) -> None:
        typed = {token.term for token in tokens}
        for expansion in self._of(groups).expand(tokens):
            for term in expansion.terms:
                plan.add(term, synonyms.WEIGHT / len(expansion.terms))
            if len(expansion.terms) == 1:
                plan.add(LABEL + expansion.terms[0], synonyms.WEIGHT)
            for place in range(expansion.start, expansion.end):
                forms[place][expansion.folded] = synonyms.WEIGHT
            if not typed.issuperset(expansion.terms):
                word = query.text[tokens[expansion.start].start : tokens[expansion.end - 1].end]
                plan.also[Also(word, expansion.words)] = expansion.terms

    def _add_corrections(self, plan: Plan, query: Query, tokens: list[Token], forms: list[_Forms], view: Sight) -> None:
        """Look for what was meant as well, and say so. A word with synonyms is spelled as the glossary has it."""
        unknown = [place for place, token in enumerate(tokens) if len(forms[place]) == 1 and _is_unknown(token, view)]
        meant: list[tuple[Token, str]] = []
        for place in unknown[:MOST_CORRECTED]:
            nearest = view.nearest(tokens[place].folded)
            for rank, (word, edits) in enumerate(nearest):
                forms[place][word] = spelling.weight(edits, rank)
                term, parts = self._analysis.terms_of_word(word)
                for found in (term, *parts, LABEL + term) if term else ():
                    plan.add(found, forms[place][word])
            if nearest:
                meant.append((tokens[place], self._surface(nearest[0][0], view)))
        self._suggest(plan, query, meant)

    @staticmethod
    def _suggest(plan: Plan, query: Query, meant: list[tuple[Token, str]]) -> None:
        plan.corrections = [Correction(query.text[token.start : token.end], word) for token, word in meant]
        plan.corrected = query.text if meant else ""
        for token, word in reversed(meant):
            plan.corrected = plan.corrected[: token.start] + word + plan.corrected[token.end :]

    def _surface(self, folded: str, view: Sight) -> str:
        """The folded word in the spelling of a document that the person may read."""
        for text in view.texts_with(folded):
            for token in self._analysis.tokens(text):
                if token.folded == folded:
                    return text[token.start : token.end]
        return folded


def _is_unknown(token: Token, view: Sight) -> bool:
    """Whether the person can read the word nowhere, in this form or another."""
    return token.spellable and not view.found(token.term) and not view.knows(token.folded)
