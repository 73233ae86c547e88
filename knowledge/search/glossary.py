"""A county's list of synonyms: the shipped groups, with those of its own in their place or beside them.

Pure but for reading the rows. A group of the county that names a shipped one stands in its place; an inactive one
only takes the shipped one away. So a later release brings its new groups to everybody.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from knowledge.search.analysis import Analysis, clean
from knowledge.search.models import SearchSynonym
from knowledge.search.synonyms import Group, shipped

MOST_WORDS, LONGEST_WORD = 20, 60
_SHORT = re.compile(r" \(([A-ZÄÖÜ][A-Za-zÄÖÜäöü]{1,9})\)")
_LONGEST_LONG_FORM = 120


@dataclass(frozen=True)
class Entry:
    """One group as the coordination sees it: `number` of the county's row, `shipped` the word of the shipped one."""

    group: Group
    number: int | None = None
    shipped: str | None = None

    @property
    def word(self) -> str:
        """The first word, by which the list is sorted."""
        return self.group.words[0]


@dataclass(frozen=True)
class Abbreviation:
    """A long form with its short form, as texts have it, and in how many texts."""

    short: str
    long: str
    texts: int


def entries(rows: Iterable[SearchSynonym]) -> list[Entry]:
    """What applies in a county with these rows, by the alphabet."""
    own = list(rows)
    replaced = {row.shipped for row in own}
    found = [Entry(group_of(row), row.id, row.shipped) for row in own if row.active]
    found += [Entry(group, None, group.words[0]) for group in shipped().groups if group.words[0] not in replaced]
    return sorted(found, key=lambda entry: as_in_a_dictionary(entry.word))


def as_in_a_dictionary(word: str) -> tuple[str, str]:
    """What German words are sorted by: ä as a, ß as ss, no accents (DIN 5007-1)."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), word


def removed(rows: Iterable[SearchSynonym]) -> list[SearchSynonym]:
    """The rows that only take a shipped group away."""
    return [row for row in rows if not row.active]


def group_of(row: SearchSynonym) -> Group:
    """The group of a row."""
    return Group(tuple(row.words.split("\n")), row.one_way)


def rows_of(session: Session) -> Sequence[SearchSynonym]:
    """All rows of the session's county. One statement."""
    return session.exec(select(SearchSynonym).order_by(col(SearchSynonym.id))).all()


def groups_of(session: Session) -> tuple[Group, ...] | None:
    """What applies in the session's county, None for the shipped list as it is. One statement."""
    rows = rows_of(session)
    return tuple(entry.group for entry in entries(rows)) if rows else None


def changed(before: Iterable[Entry], entry: Entry) -> tuple[Group, ...]:
    """The groups as they would be with this entry in the place of the one with its number or shipped word."""
    others = [each.group for each in before if not _same(each, entry)]
    return (*others, entry.group)


def stands_already(before: Iterable[Entry], entry: Entry) -> bool:
    """Whether another group already does all that this one would do."""
    return any(_does_as_much(each.group, entry.group) for each in before if not _same(each, entry))


def _does_as_much(there: Group, new: Group) -> bool:
    known, words = ([word.casefold() for word in group.words] for group in (there, new))
    same_way = not there.one_way or (new.one_way and known[0] == words[0])
    return same_way and set(words) <= set(known)


def _same(one: Entry, other: Entry) -> bool:
    if other.number is not None:
        return one.number == other.number
    return other.shipped is not None and one.shipped == other.shipped


def words_in(text: str) -> tuple[str, ...]:
    """The words that were typed, one a line, each once."""
    lines = (" ".join(clean(line).split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def searchable(words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that a search can look for: not stop words, not signs alone."""
    analysis = Analysis()
    return tuple(word for word in words if any(not token.stop for token in analysis.tokens(word)))


def abbreviations(texts: Iterable[str], known: Collection[str]) -> list[Abbreviation]:
    """Pairs „Langform (KURZ)“ of these texts whose short form stands in no group yet, the most frequent first."""
    there = {word.casefold() for word in known}
    counts: dict[tuple[str, str], int] = {}
    for text in texts:
        for pair in {pair for match in _SHORT.finditer(text) if (pair := _pair(_before(match), match[1]))}:
            counts[pair] = counts.get(pair, 0) + 1
    found = [Abbreviation(short, long, number) for (short, long), number in counts.items()]
    return sorted(
        (pair for pair in found if pair.short.casefold() not in there and len(pair.long) <= LONGEST_WORD),
        key=lambda pair: (-pair.texts, pair.short),
    )


def _before(match: re.Match[str]) -> str:
    return re.split(r"[.;:!?\n()]", match.string[max(0, match.start() - _LONGEST_LONG_FORM) : match.start()])[-1]


def _pair(before: str, short: str) -> tuple[str, str] | None:
    """The shortest end of `before` whose letters begin like the short form and hold its letters in order."""
    words = before.split()
    for start in range(len(words) - 1, -1, -1):
        long = " ".join(words[start:])
        if long[0].casefold() == short[0].casefold() and _holds(long.casefold(), short.casefold()):
            return short, long
    return None


def _holds(text: str, letters: str) -> bool:
    at = 0
    for letter in letters:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return len(text) > len(letters) + 3


def shipped_words() -> frozenset[str]:
    """The first words of the shipped groups, by which rows name them."""
    return frozenset(group.words[0] for group in shipped().groups)


def find(before: Iterable[Entry], number: int | None, word: str | None) -> Entry | None:
    """The entry of this number, or the untouched shipped one of this word."""
    for entry in before:
        if (number is not None and entry.number == number) or (
            number is None and word and entry.number is None and entry.shipped == word
        ):
            return entry
    return None
