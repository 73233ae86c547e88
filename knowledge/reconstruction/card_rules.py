"""The rules of cards and dots: how long a card is, how many one has left, what a ballot may hold. Pure.

One idea per card, few cards per person, the author hidden: the card query as moderators teach it (domain.md 2.2).
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.core.permissions import Verdict, allowed_if, refused

LONGEST_CARD = 140
"""Characters of a card, counted as people count them."""
CARDS_EACH, MOST_CARDS_EACH = 5, 20
"""Cards of one person, and how far a moderator may raise that."""
DOTS_EACH, MOST_PER_CLUSTER = 3, 2
"""Dots of one person, and how many of them one cluster may get."""
MOST_DOTS = 20
LONGEST_SENTENCE_PART = 300
LONGEST_QUESTION = 500
MOST_LINES = 200
"""Lines that a minute taker may enter at once."""

_JOINER = "\u200d"


def length(text: str) -> int:
    """How many characters people see: an emoji of several parts, a flag or a letter with its accent is one."""
    letters = [each for each in unicodedata.normalize("NFC", text) if not _extends(each)]
    joined = sum(1 for before, _after in pairwise(letters) if before == _JOINER)
    seen = sum(1 for each in letters if each != _JOINER) - joined
    return seen - _flags(letters)


def _extends(letter: str) -> bool:
    """Whether it changes the character before it and is none of its own: accents, variants, skin tones."""
    return unicodedata.category(letter) in ("Mn", "Me") or "\U0001f3fb" <= letter <= "\U0001f3ff"


def _flags(letters: Iterable[str]) -> int:
    """Pairs of regional letters: each is one flag, so one of its two letters does not count."""
    pairs, open_half = 0, False
    for each in letters:
        if "\U0001f1e6" <= each <= "\U0001f1ff":
            pairs += open_half
            open_half = not open_half
        else:
            open_half = False
    return pairs


@dataclass(frozen=True)
class Tidy:
    """A card's text on one line; `joined` says that it was pasted from several."""

    text: str
    joined: bool = False


def one_line(text: str) -> Tidy:
    """The text as a card has it: line breaks and tabs of a pasted table become blanks."""
    stripped = text.strip()
    joined = any(each in stripped for each in ("\n", "\r", "\t", "\v", "\f", "\u2028", "\u2029"))
    return Tidy(" ".join(stripped.split()), joined)


def lines_of(text: str) -> list[str]:
    """The cards of a bulk entry: one line, one card; empty lines and bullets in front are left out."""
    tidy = (one_line(line).text for line in text.splitlines())
    return [line for line in (each.lstrip("-–•* ").strip() for each in tidy) if line]


def cards_left(limit: int, written: int) -> int:
    """How many cards somebody may still write; a limit that was lowered takes nothing away."""
    return max(0, limit - written)


def cluster_sentence(when: str, then: str, because: str) -> str:
    """The name of a cluster as people read it: „Wenn …, dann …, weil …“; what is not filled in is left out."""
    parts = [f"{word} {part}" for word, part in (("Wenn", when), ("dann", then), ("weil", because)) if part]
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True)
class DotRule:
    """How a dot query counts: dots of each person, and how many of them one cluster may get."""

    each: int = DOTS_EACH
    per_cluster: int = MOST_PER_CLUSTER


def ballot_counts(rule: DotRule, points: Mapping[str, int], clusters: Iterable[str]) -> Verdict:
    """Whether these dots count, or why not."""
    if not set(points) <= set(clusters):
        return refused("Die Gruppen haben sich geändert. Bitte verteilen Sie Ihre Punkte noch einmal.")
    if any(number < 0 for number in points.values()):
        return refused("Punkte gibt es nur als ganze Zahlen ab null.")
    if any(number > rule.per_cluster for number in points.values()):
        return refused("So viele Punkte darf eine einzelne Gruppe nicht bekommen.")
    return allowed_if(sum(points.values()) <= rule.each, "Das sind mehr Punkte, als Sie haben.")


def sums_count(rule: DotRule, people: int, points: Mapping[str, int]) -> Verdict:
    """Whether the dots of so many people, counted on a wall, can be right."""
    if people < 1:
        return refused("Bitte geben Sie an, wie viele Menschen auf Papier gepunktet haben.")
    if any(number < 0 for number in points.values()):
        return refused("Punkte gibt es nur als ganze Zahlen ab null.")
    if any(number > rule.per_cluster * people for number in points.values()):
        return refused("Eine Gruppe hat mehr Punkte, als so viele Menschen ihr geben dürfen.")
    return allowed_if(sum(points.values()) <= rule.each * people, "Das sind mehr Punkte, als so viele Menschen haben.")


def told_of_nobody(on_phones: int, on_paper: Sequence[int], cell: int) -> bool:
    """Whether the sums may be shown: neither all dots nor those given on phones come from fewer people than `cell`.

    Dots on a wall were seen there. Who subtracts them from the sums reads those of the phones.
    """
    return on_phones + sum(on_paper) >= cell and (on_phones == 0 or on_phones >= cell)


def counted(clusters: Iterable[str], ballots: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum per cluster; one without dots stays in the result."""
    sums = dict.fromkeys(clusters, 0)
    for ballot in ballots:
        for key, number in ballot.items():
            if key in sums:
                sums[key] += number
    return sums
