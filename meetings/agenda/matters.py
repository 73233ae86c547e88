"""Whether two items are the same matter though they are titled differently, and where a new one belongs. Pure.

In doubt they are two matters: a suggestion too many costs a glance, one too few costs a decision.
"""

import re
from collections.abc import Collection, Sequence

_WORD = re.compile(r"\w+")
_ARTICLES = "das dem den der des die ein eine einer the"
_JOINTS = "am an auf aus bei für im in und vom von zu zum zur über and of"
_MEETING = "letzte letzten nächste nächsten sitzung sitzungen vorige vorigen last meeting next"
_LITTLE = frozenset(f"{_ARTICLES} {_JOINTS} {_MEETING}".split())
_LAST = frozenset({"verschiedenes", "sonstiges"})
"""Words of items that every agenda ends with, whatever the body's template says."""


def title_words(title: str) -> frozenset[str]:
    """The words that carry a title: no articles, prepositions, nor the meeting itself."""
    return frozenset(_WORD.findall(title.casefold())) - _LITTLE


def is_named(title: str, name: str) -> bool:
    """Whether the title has all words of a name: „Billigung der Niederschrift der 8. Sitzung“ of „Niederschrift 8“."""
    words = title_words(name)
    return bool(words) and words <= title_words(title)


def same_formality(one: str, other: str) -> bool:
    """Whether two titles of items that stand on every agenda mean the same one: one title has all words of the other.

    „Termine und Verschiedenes“ is „Verschiedenes und nächste Termine“; „Beschlusskontrolle“ is in
    „Stand der Beschlüsse (Beschlusskontrolle)“.
    """
    return is_named(one, other) or is_named(other, one)


def opening_length(titles: Sequence[str], opening: Sequence[str], new: str) -> int:
    """Behind how many of the main items a formal one belongs: those that the template puts before it."""
    place = next((at for at, each in enumerate(opening) if same_formality(each, new)), len(opening))
    before = opening[:place]
    count = 0
    while count < len(titles) and any(same_formality(titles[count], each) for each in before):
        count += 1
    return count


def closing_start(titles: Sequence[str], closing: Collection[str]) -> int:
    """At which of the main items the closing begins; their number if the agenda has no closing."""
    start = len(titles)
    while start and closes(titles[start - 1], closing):
        start -= 1
    return start


def closes(title: str, closing: Collection[str]) -> bool:
    """Whether an agenda ends with an item of this title."""
    return bool(title_words(title) & _LAST) or any(same_formality(title, each) for each in closing)
