"""Which words of a text say most about it: what `similar` looks up. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable

from knowledge.search.analysis import Token

MOST_TERMS = 10
LEAST_SHARED = 2
"""Terms that a similar document shares at least, if the text has as many."""

LEAST_LIKE = 0.08
"""Of the score that a document with all terms often would reach; below that nobody sees a likeness."""

TITLE_COUNTS, PART_COUNTS = 3.0, 0.5


def heaviest(
    title: Iterable[Token], body: Iterable[Token], idf: Callable[[str], float], others: Callable[[str], int]
) -> dict[str, float]:
    """Up to ten terms with their weights; `others` says in how many further documents a term stands (0: no use)."""
    counts: Counter[str] = Counter()
    for tokens, factor in ((title, TITLE_COUNTS), (body, 1.0)):
        for token in tokens:
            if not token.stop:
                counts[token.term] += factor  # type: ignore[assignment]
                for part in token.parts:
                    counts[part] += factor * PART_COUNTS  # type: ignore[assignment]
    weights = {term: count / (count + 1.0) for term, count in counts.items()}
    ranked = sorted(weights, key=lambda term: (-weights[term] * idf(term), term))
    return {term: weights[term] for term in _with_others(ranked, others)}


def _with_others(ranked: Iterable[str], others: Callable[[str], int]) -> list[str]:
    found: list[str] = []
    for term in ranked:
        if len(found) == MOST_TERMS:
            break
        if others(term):
            found.append(term)
    return found
