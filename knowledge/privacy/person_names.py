"""Names of people in a text: after a title or a form of address, and first names of a small list of our own. Pure.

The list holds names that are frequent in Germany and among the people whom the programme works for, without those
that are words of German as well (Rosa, Heide, Kai, Mark). A name that stands alone and is not listed is not found.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_PARTICLE = r"(?:(?:von|van|vom|zu|zur|de|der|den|da|dos|di|al|el|Al|El|ben|bin|Ben|Bin|Abu|Abd)[ -])"
_WORD = r"[A-ZÄÖÜŠŽČĆĐİŞÇĞÁÉÍÓÚŁ][\w'’]{1,40}(?:-[A-ZÄÖÜŠŽČĆĐİŞÇĞÁÉÍÓÚŁ]?[\w'’]{1,40}){0,3}"
_INITIAL = r"[A-ZÄÖÜ]\.(?:[ -]?[A-ZÄÖÜ]\.)?"
_ACADEMIC = r"(?:(?:Prof|Dr|Dipl)\.(?:-?[A-Z][a-z]+\.?)?(?: ?(?:med|jur|phil|Ing)\.)? ?)"
_ADDRESSED = r"Herrn?|Frau|Hr\.|Fr\.|Familie|Fam\.|Eheleute|Ehepaar|Geschwister|namens|Mr\.?|Mrs\.?|Ms\.?"
_TITLED = re.compile(
    rf"(?<!\w)(?:(?i:{_ADDRESSED})\s+{_ACADEMIC}{{0,4}}|{_ACADEMIC}{{1,4}})"
    rf"(?P<name>{_INITIAL}(?!\w)(?: {_WORD})?|{_PARTICLE}{{0,3}}{_WORD})"
)
_NEXT = re.compile(rf" {_PARTICLE}{{0,3}}{_WORD}")
_WORDS = re.compile(
    r"(?<![\w-])[A-ZÄÖÜİŞÇ][a-zäöüßıışçğéèáíó]{2,}(?![\w-])|(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+-[A-ZÄÖÜ][a-zäöüß]+"
)


def _word_list(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


FIRST_NAMES = _word_list("first_names.txt")
_NO_NAMES = _word_list("not_names.txt")


def names_after_titles(text: str) -> Iterator[tuple[int, int]]:
    """Names after Herr, Frau, Familie, Dr. and the like, with the word in front; roles („Frau Landrätin“) are none."""
    for match in _TITLED.finditer(text):
        name = match["name"]
        if name.rstrip(".") not in _NO_NAMES:
            yield match.start(), _with_surname(text, match)


def _with_surname(text: str, match: re.Match[str]) -> int:
    """The end of the name; after a first name of the list the next capitalised word belongs to it."""
    following = _NEXT.match(text, match.end())
    return following.end() if following and match["name"] in FIRST_NAMES else match.end()


def first_names(text: str) -> Iterator[tuple[int, int]]:
    """First names of the list, with the surname behind them, also in the genitive („Aminas“) and then alone."""
    for match in _WORDS.finditer(text):
        parts = match.group().split("-")
        if not FIRST_NAMES.isdisjoint(parts):
            following = _NEXT.match(text, match.end())
            yield match.start(), following.end() if following else match.end()
        elif any(part.endswith("s") and part[:-1] in FIRST_NAMES for part in parts):
            yield match.span()
