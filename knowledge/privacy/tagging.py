"""Names by part of speech: what HanTa, a tagger of German whose model lies in its wheel, takes for a proper name.

Nothing leaves the machine. The model is loaded with the first text (a fraction of a second, about 30 MiB), once per
process. A word's analysis is kept while the process lives, because texts repeat words and the analysis is what costs.
Long texts and long words are looked at in part only, so that a pasted book or noise cannot hold the server up.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from knowledge.privacy.words import KNOWN_PLACES, word_list

LONGEST_TEXT = 40_000
"""So many characters of a text are tagged; the patterns and lists look at all of it."""
LONGEST_WORD = 32
LONGEST_SENTENCE = 80
"""Words that are tagged together; a longer stretch is cut."""
_KEPT_WORDS = 40_000
_PROPER = "NE"
_TOKEN = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*|\d+|[^\w\s]")
_END = frozenset(".!?:;\n")
_PARTICLES = frozenset(
    ("von", "van", "vom", "zu", "zur", "de", "der", "den", "da", "dos", "di", "al", "el", "ben", "bin", "abu", "abd")
)
_NOUN = re.compile(
    r"\w{7,}ung(?:en)?|\w{4,}(?:heit|keit|schaft|stelle|amt|ämter|geld|kurs|plan|liste|schein|antrag|anträge|kram"
    r"|lots(?:e|in|innen)|büro|zentrum|verein|verband|verfahren|termin|gespräch|pflicht|recht|leistung|hilfe)(?:e?n|s)?"
)
_ABBREVIATION = re.compile(
    r"[A-ZÄÖÜ]{1,5}s?|[IVXLC]+|\w*[a-zäöü][A-Z]\w?|[\w-]*[\d_][\w-]*"
    r"|(?!Mc|Mac|De|Di|La|Le|Al|El)[A-ZÄÖÜ][a-zäöüß]+[A-ZÄÖÜ]\w*"
)

Token = tuple[str, int, int]


_NO_PEOPLE = word_list("known_words.txt") | KNOWN_PLACES


@lru_cache(maxsize=1)
def _tagger() -> Any:
    from HanTa.HanoverTagger import HanoverTagger  # noqa: PLC0415  (only the processes that check texts pay for it)

    tagger = HanoverTagger("morphmodel_ger.pgz")
    tagger.analyze_forward = lru_cache(maxsize=_KEPT_WORDS)(tagger.analyze_forward)
    return tagger


def warm() -> None:
    """Load the model before somebody waits for it."""
    _tagger()


def names_by_part_of_speech(text: str) -> Iterator[tuple[int, int]]:
    """Where proper names stand that are no known place, language, brand or abbreviation; neighbours are one name."""
    for sentence in _sentences(text[:LONGEST_TEXT]):
        tags = _tagger().tag_sent([word for word, _start, _end in sentence], taglevel=0)
        yield from _joined([(token, tag == _PROPER) for token, tag in zip(sentence, tags, strict=True)])


def _sentences(text: str) -> Iterator[list[Token]]:
    """The words and signs of one sentence after the other, as far as any of them could be a name."""
    for start, end in _stretches(text):
        sentence: list[Token] = []
        for match in _TOKEN.finditer(text, start, end):
            if len(match.group()) <= LONGEST_WORD:
                sentence.append((match.group(), *match.span()))
            if len(sentence) == LONGEST_SENTENCE:
                yield sentence
                sentence = []
        if any(_could_be_a_name(word) for word, _start, _end in sentence):
            yield sentence


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end: at a sign of _END that a blank, a line or nothing follows."""
    start = 0
    for place, letter in enumerate(text):
        if letter in _END and (letter == "\n" or text[place + 1 : place + 2].isspace()):
            yield start, place + 1
            start = place + 1
    yield start, len(text)


def _joined(marked: list[tuple[Token, bool]]) -> Iterator[tuple[int, int]]:
    """Neighbouring names as one stretch, particles between them included."""
    run: list[Token] = []
    waiting: list[Token] = []
    for token, proper in marked:
        if proper and _could_be_a_name(token[0]):
            run += [*waiting, token]
            waiting = []
        elif run and token[0].casefold() in _PARTICLES and not waiting:
            waiting = [token]
        else:
            yield from _span(run)
            run, waiting = [], []
    yield from _span(run)


def _span(run: list[Token]) -> Iterator[tuple[int, int]]:
    if run:
        yield run[0][1], run[-1][2]


def _could_be_a_name(word: str) -> bool:
    """A capitalised word that is no abbreviation and no word that we know to mean something else than a person."""
    return (
        len(word) > 2
        and word[0].isupper()
        and not _ABBREVIATION.fullmatch(word)
        and not _NOUN.fullmatch(word)
        and word not in _NO_PEOPLE
        and (not word.endswith("s") or word[:-1] not in _NO_PEOPLE)
    )
