"""How a text is set must hide nothing: lines that break an identifier, and lines in capitals. Pure.

Both views of a text are as long as the text itself, so that what is found in them stands at the same place.
"""

import re

from knowledge.privacy.words import word_list

_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LINE = re.compile(r"[^\n]+")
_LITTLE = word_list("little_words.txt")
"""Words that no name looks like; as nouns they would only confuse."""
FEWEST_WORDS = 3
"""A line of fewer words in capitals is a heading or an abbreviation, and looked at as it stands."""


def unbroken(text: str) -> str:
    """The text with a blank for every single line break; between paragraphs the breaks stay."""
    return _BREAK.sub(" ", text)


def in_small_letters(text: str) -> str:
    """The text with lines in capitals as if each word were a noun: „HERR YILMAZ RUFT AN“ → „Herr Yilmaz Ruft An“.

    The same text if no line is in capitals.
    """
    return _LINE.sub(lambda line: _small(line.group()), text)


def _small(line: str) -> str:
    words = _WORD.findall(line)
    if len(words) < FEWEST_WORDS or not all(word.replace("ß", "").isupper() for word in words):
        return line
    return _WORD.sub(lambda word: _as_noun(word.group()), line)


def _as_noun(word: str) -> str:
    small = word.lower()
    if len(small) != len(word) or (len(word) < 4 and small not in _LITTLE):
        return word
    return small if small in _LITTLE else word[0] + small[1:]
