"""Documents that contain a phrase: its words side by side in the title or the body, stop words counted as gaps."""

from functools import reduce

import numpy as np

from knowledge.search.plan import Phrase
from knowledge.search.scoring import View
from knowledge.search.segments import Mask

_FIELDS = ("title", "body")


def containing(view: View, phrase: Phrase) -> Mask:
    """The visible documents with this phrase (terms with positions, the first at 0)."""
    found: Mask = np.zeros(view.generation.size, np.bool_)
    for field in _FIELDS:
        found[_in_field(view, phrase, field)] = True
    return found


def _in_field(view: View, phrase: Phrase, field: str) -> list[int]:
    candidates = reduce(np.intersect1d, (view.documents(field, term) for term, _ in phrase)).tolist()
    if len(phrase) == 1 or not candidates:
        return list(candidates)
    places = [(view.generation.positions(field, term), offset) for term, offset in phrase]
    return [document for document in candidates if _side_by_side(document, places)]


def _side_by_side(document: int, places: list[tuple[dict[int, list[int]], int]]) -> bool:
    starts = [{place - offset for place in of_term[document]} for of_term, offset in places]
    return bool(set.intersection(*starts))
