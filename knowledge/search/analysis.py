"""From German text to terms: tokens, folding, gender forms, stems and the parts of compounds.

Pure functions of the text and a compound splitter. Every backend and the query share this one analysis;
`ANALYSIS_VERSION` goes into the index fingerprint, so a change here makes old indexes rebuild.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

import snowballstemmer

from knowledge.search.stopwords import STOP_WORDS

ANALYSIS_VERSION = 1
LONGEST_WORD = 80
_HEAD = 5
LABEL = "="
"""Stands before the terms of what a document's codes are called; no term of a text begins with it."""

_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv"
_ROMAN = {name: number for number, name in enumerate(_NUMERALS.split(), 1)}
_LETTER = r"[^\W\d_]"
_NUMERAL = r"(?:[IVXivx]{1,4}|\d{1,2})(?!\w)"
_SECTION = r"\d{1,4}(?:[a-z](?!\w)|\s[a-z](?![\w.])|(?!\w))"
_AND = r"\s*(?:,|/|und|oder|bis|[-–])\s*"

_TOKEN = re.compile(
    rf"(?P<sections>§§\s*{_SECTION}(?:{_AND}(?:§\s*)?{_SECTION})*)"
    rf"|(?P<section>(?:§|\b[Pp]aragra(?:f|ph)(?:en|s)?\b)\s*{_SECTION})"
    rf"|(?P<article>\b[Aa]rt(?:ikels?|\.)\s*{_SECTION})"
    rf"|(?P<book>\b(?P<code>(?i:SGB|ALG))[\s-]*(?P<numerals>{_NUMERAL}(?:\s*(?:/|,|und|oder)\s*[IVX]{{1,4}}(?!\w))*))"
    rf"|(?P<gender>(?P<base>{_LETTER}{{2,}})(?:[*:_·]in(?:nen)?(?P<tail>{_LETTER}*)"
    rf"|(?:/-?in(?:nen)?|\(in(?:nen)?\))(?!\w)|(?<=[a-zäöüß])In(?:nen)?(?!\w)))"
    rf"|(?P<word>[^\W_]+)"
)
_ONE_SECTION = re.compile(_SECTION)
_ONE_NUMERAL = re.compile(_NUMERAL)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_FEMININE = re.compile(
    r"((?<=..)(?:er|or|eur|ist|ant|ent|log|at)|arzt|anwalt|beamt|expert|kolleg|freund|nachbar|zeug|kund)in(?:nen)?$"
)
_LAST_S = re.compile(r"(?<=..[abdfghiklmnort])s$")
_PLAIN_UE = re.compile(r"(?<![aeiouäöüq])ue")


class Splitter(Protocol):
    """Takes a folded word apart; no parts for a word that is no compound."""

    def parts(self, word: str) -> tuple[str, ...]: ...


class Token(NamedTuple):
    """One token of a text. `term` is indexed; `folded` is the same word unstemmed, for spelling and letter groups.

    `start` and `end` are offsets into the text as `clean` returns it, so `text[start:end]` is the surface form.
    `parts` are the terms of a compound's parts. A stop word keeps its `position` but is not indexed.
    """

    term: str
    folded: str
    parts: tuple[str, ...]
    position: int
    start: int
    end: int
    stop: bool = False
    spellable: bool = True


def clean(text: str) -> str:
    """The text with composed letters and without the soft hyphens and zero-width characters that documents bring."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """One spelling for all: lower case, ß as ss, umlauts and their ae/oe/ue spellings as the base vowel, no accents.

    `ue` stays after a vowel or q, where it is no umlaut (`neue`, `Quelle`).
    """
    low = word.lower().replace("ß", "ss").replace("ae", "a").replace("oe", "o")
    low = _PLAIN_UE.sub("u", low)
    if low.isascii():
        return low
    return "".join(letter for letter in unicodedata.normalize("NFKD", low) if not unicodedata.combining(letter))


@lru_cache(maxsize=64)
def _like(heads: frozenset[str]) -> Callable[[str], object]:
    return re.compile("|".join(sorted(map(re.escape, heads))) or "(?!)").search


def neutral(folded: str) -> str:
    """The base of a feminine person noun (`beraterinnen`, `beraterin` → `berater`); other words stay as they are."""
    return _FEMININE.sub(r"\1", folded)


class _Stemmers(threading.local):
    """One Snowball stemmer per thread: it keeps the word it works on in itself."""

    def __init__(self) -> None:
        self.german = snowballstemmer.stemmer("german")


_stemmers = _Stemmers()


@lru_cache(maxsize=20_000)
def stem(folded: str) -> str:
    """Snowball's German stem of a folded word, and of that the last s where it is an ending or a foreign plural.

    Snowball takes the s off Kurs but leaves it in Kurse, and leaves it in Kitas; so all of them lose it here.
    """
    return _LAST_S.sub("", _stemmers.german.stemWord(folded))


class Analysis:
    """The analysis with one compound splitter; without one, words have no parts."""

    def __init__(self, splitter: Splitter | None = None) -> None:
        self._splitter = splitter
        self._word = lru_cache(maxsize=20_000)(self._analyse)

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of a clean text, in order."""
        position = 0
        for match in _TOKEN.finditer(text):
            for token in self._of(match, position):
                yield token
                position += 1

    def tokens_like(self, text: str, terms: Collection[str]) -> Iterator[Token]:
        """The tokens of a clean text that may have one of the terms, at least; their positions mean nothing.

        A stem keeps the beginning of its word, a part of a compound stands in it: words without the first letters of
        any term are passed over unanalysed, which spares nine tenths of the work where only marks are wanted.
        """
        is_like = _like(frozenset(term[:_HEAD] for term in terms if term and not term.startswith(LABEL)))
        for match in _TOKEN.finditer(text):
            folded = fold(match.group()[:LONGEST_WORD]) if match.lastgroup == "word" else ""
            if not folded or is_like(folded):
                yield from self._of(match, 0)

    def terms_of_word(self, word: str) -> tuple[str, tuple[str, ...]]:
        """Term and part terms of one plain word; the term of a stop word is empty."""
        _, term, parts, _ = self._word(word)
        return term, parts

    def _of(self, match: re.Match[str], position: int) -> Iterator[Token]:
        kind = match.lastgroup
        if kind in {"word", "gender"}:
            word = match["word"] or match["base"] + (match["tail"] or "")
            folded, term, parts, spellable = self._word(word)
            yield Token(term, folded, parts, position, *match.span(), not term, spellable)
        elif kind == "book":
            yield from _book_tokens(match, position)
        else:
            yield from _section_tokens(match, "art" if kind == "article" else "§", position)

    def _analyse(self, word: str) -> tuple[str, str, tuple[str, ...], bool]:
        folded = fold(word[:LONGEST_WORD])
        if word.lower() in STOP_WORDS:
            return folded, "", (), folded.isalpha()
        base = neutral(folded)
        term = stem(base)
        pieces = self._splitter.parts(base) if self._splitter else ()
        parts = dict.fromkeys(stem(piece) for piece in pieces)
        parts.pop(term, None)
        return folded, term, tuple(parts), folded.isalpha()


def _section_tokens(match: re.Match[str], sign: str, position: int) -> Iterator[Token]:
    """`§§ 25a, 25b` → §25a, §25b; the bare number is a part, so that `25a` alone finds it with less weight."""
    for count, found in enumerate(_ONE_SECTION.finditer(match.string, match.start(), match.end())):
        number = found.group().replace(" ", "").lower()
        start = found.start() if count else match.start()
        term = sign + number
        yield Token(term, term, (number,), position + count, start, found.end(), spellable=False)


def _book_tokens(match: re.Match[str], position: int) -> Iterator[Token]:
    """`SGB II`, `SGB 2`, `SGB-II` → sgb2; the name of the code is a part, so that `SGB` finds them all."""
    code = match["code"].lower()
    first, last = match.span("numerals")
    for count, found in enumerate(_ONE_NUMERAL.finditer(match.string, first, last)):
        numeral = found.group().lower()
        number = _ROMAN.get(numeral) or numeral
        start = found.start() if count else match.start()
        term = f"{code}{number}"
        yield Token(term, term, (code,), position + count, start, found.end(), spellable=False)
