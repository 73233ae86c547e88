"""Names of people in a text: after a title or a form of address, and first names of a small list of our own. Pure.

The list holds names that are frequent in Germany and among the people whom the programme works for, without those
that are words of German as well (Rosa, Heide, Kai, Mark). A name that stands alone and is not listed is not found.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.words import KNOWN_PLACES, word_list

_PARTICLE = r"(?:(?:von|van|vom|zu|zur|de|der|den|da|dos|di|al|el|Al|El|ben|bin|Ben|Bin|Abu|Abd)[ -])"
_WORD = r"[A-ZÄÖÜŠŽČĆĐİŞÇĞÁÉÍÓÚŁ][\w'’]{1,40}(?:-[A-ZÄÖÜŠŽČĆĐİŞÇĞÁÉÍÓÚŁ]?[\w'’]{1,40}){0,3}"
_INITIAL = r"[A-ZÄÖÜ]\.(?:[ -]?[A-ZÄÖÜ]\.)?"
_ACADEMIC = r"(?:(?:Prof|Dr|Dipl)\.(?:-?[A-Z][a-z]+\.?)?(?: ?(?:med|jur|phil|Ing)\.)? ?)"
_ADDRESSED = r"Herrn?|Frau|Hr\.|Fr\.|Familie|Fam\.|Eheleute|Ehepaar|Geschwister|namens|Mr\.?|Mrs\.?|Ms\.?"
_TITLED = re.compile(
    rf"(?<!\w)(?:(?i:{_ADDRESSED})\s+{_ACADEMIC}{{0,4}}|{_ACADEMIC}{{1,4}})"
    rf"(?P<name>{_INITIAL}(?!\w)(?: {_WORD})?|(?!de[nr] ){_PARTICLE}{{0,3}}{_WORD})"
)
_RELATED = (
    r"Sohn|Söhne|Tochter|Töchter|Bruder|Schwester|Mutter|Vater|Ehemann|Ehefrau|Onkel|Tante|Cousin|Cousine|Oma|Opa"
    r"|Neffe|Nichte|Nachbar|Nachbarin|Freund|Freundin|Kollege|Kollegin|Klient|Klientin|Beraterin|Berater"
    r"|Sachbearbeiter|Sachbearbeiterin|Lehrer|Lehrerin|Ehepartner|Schwager|Schwägerin|Enkel|Enkelin"
)
_CALLED = re.compile(
    r"(?<!\w)(?:heißt|heiße|heißen|hieß|hießen|genannt|(?:Vor|Nach|Spitz|Ruf)?[Nn]ame(?: ist| lautet|:)"
    rf"|(?:{_RELATED}))"
    rf" (?!(?:de[rn]?|da) ){_PARTICLE}{{0,2}}(?P<name>{_WORD})"
)
_INITIALS = re.compile(r"(?<![\w.])(?!Z\. ?B\.|D\. ?H\.|U\. ?A\.|N\. ?N\.)[A-ZÄÖÜ]\. ?[A-ZÄÖÜ]\.(?![\w]| ?[A-Za-z]\.)")
_SMALL_LINE = re.compile(r"(?m)^[^A-ZÄÖÜ\n]{12,2000}$")
_SMALL_WORD = re.compile(r"(?<![\w@.-])[a-zäöüßıışçğéèáíó]{4,40}(?![\w@-])")
_NEXT = re.compile(rf" {_PARTICLE}{{0,3}}{_WORD}")
_WORDS = re.compile(
    r"(?<![\w-])[A-ZÄÖÜİŞÇ][a-zäöüßıışçğéèáíó]{2,}(?![\w-])|(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+-[A-ZÄÖÜ][a-zäöüß]+"
)


FIRST_NAMES = word_list("first_names.txt")
_SMALL_NAMES = frozenset(name.lower() for name in FIRST_NAMES)
_NO_NAMES = word_list("not_names.txt")


def names_after_titles(text: str) -> Iterator[tuple[int, int]]:
    """Names after Herr, Frau, Familie, Dr. and the like, with the word in front; roles („Frau Landrätin“) are none."""
    for match in _TITLED.finditer(text):
        name = match["name"]
        if name.rstrip(".") not in _NO_NAMES and not _comes_from_a_place(name):
            yield match.start(), _with_surname(text, match)


def _comes_from_a_place(name: str) -> bool:
    """„Die Familie von Detmold“: where they live, and no name."""
    particle, _, word = name.rpartition(" ")
    return particle in ("von", "vom") and word in KNOWN_PLACES


def names_after_roles(text: str) -> Iterator[tuple[int, int]]:
    """Names after „heißt“, „Name:“ or what somebody is to somebody („ihr Sohn Farhad“), without the word in front."""
    for match in _CALLED.finditer(text):
        if match["name"] not in _NO_NAMES:
            yield match.start("name"), _with_surname(text, match)


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


def initials(text: str) -> Iterator[tuple[int, int]]:
    """Two initials („A. M.“), which stand for a person whom insiders know."""
    for match in _INITIALS.finditer(text):
        yield match.span()


def first_names_in_small_letters(text: str) -> Iterator[tuple[int, int]]:
    """First names of the list in lines without any capital letter, as people write in a chat."""
    for line in _SMALL_LINE.finditer(text):
        for match in _SMALL_WORD.finditer(text, *line.span()):
            if match.group() in _SMALL_NAMES:
                yield match.span()
