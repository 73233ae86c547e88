"""Whether something that was read could point at a person (DP-10). Pure, and a sieve: a human decides what comes of it.

The days that papers and tables name are no passages here, days of birth are.
"""

import re
from collections.abc import Iterable

from knowledge.imports.rules import day_in
from knowledge.privacy.patterns import Kind
from knowledge.privacy.rules import check

LONGEST = 20_000
"""So many characters of a row are looked at."""

PASSAGES = "passages"
"""The code of a waiting row that has such a passage, one of `wording.PROBLEMS`."""

_BIRTH = re.compile(r"\bgeb(?:oren|\.)?\W*(?:am\W*)?$|\bGeburts\w*\W*$", re.IGNORECASE)
_ONLY_A_DAY = re.compile(r"[\d.:/\s-]{,25}")


def points_at_somebody(values: Iterable[str]) -> bool:
    """Whether the texts of a row have a hit of the privacy check."""
    texts = "\n".join(each for each in values if not _is_a_day(each))
    text = texts[:LONGEST]
    return any(hit.kind != Kind.DATE or _BIRTH.search(text[max(0, hit.start - 20) : hit.start]) for hit in check(text))


def _is_a_day(value: str) -> bool:
    return _ONLY_A_DAY.fullmatch(value) is not None and day_in(value) is not None
