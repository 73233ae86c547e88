"""Documents that contain a phrase: its words side by side in the title or the body, stop words counted as gaps."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from knowledge.search.plan import Phrase
from knowledge.search.scoring import View
from knowledge.search.segments import Mask

TITLE = ("title",)
ANYWHERE = ("title", "body")


def containing(view: View, phrase: Phrase, fields: Sequence[str] = ANYWHERE) -> Mask:
    """The visible documents with this phrase in any of the fields."""
    found: Mask = np.zeros(view.generation.size, np.bool_)
    for field in fields:
        found[_in_field(view, phrase, field)] = True
    return found


def _in_field(view: View, phrase: Phrase, field: str) -> list[int]:
    with_word = [reduce(np.union1d, (view.documents(field, term) for term in terms)) for terms, _ in phrase]
    candidates = reduce(np.intersect1d, with_word).tolist()
    if len(phrase) == 1 or not candidates:
        return list(candidates)
    places = [([view.generation.positions(field, term) for term in terms], offset) for terms, offset in phrase]
    return [document for document in candidates if _side_by_side(document, places)]


def _side_by_side(document: int, places: list[tuple[list[dict[int, list[int]]], int]]) -> bool:
    starts = [{place - offset for of_term in terms for place in of_term.get(document, ())} for terms, offset in places]
    return bool(set.intersection(*starts))
