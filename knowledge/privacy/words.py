"""The lists of words that the check reads, one text file each beside this module. Pure."""

from pathlib import Path


def word_list(name: str) -> frozenset[str]:
    """The words of a file, parted by blanks and lines."""
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


_TOWNS = word_list("towns.txt")
TOWNS = frozenset(word for word in _TOWNS if not word.startswith("~"))
"""Towns and districts of Germany whose names are no other words."""
AMBIGUOUS_TOWNS = frozenset(word[1:] for word in _TOWNS if word.startswith("~"))
"""Towns that are words as well: Essen, Regen, Halle."""
COUNTRIES = word_list("origins.txt")
"""Countries, and large cities abroad."""
KNOWN_PLACES = TOWNS | AMBIGUOUS_TOWNS | COUNTRIES
