"""Two texts that were written over the same one, joined paragraph by paragraph. Pure.

What only one of the two changed is taken over from it. Where both wrote at the same place, both paragraphs stay, the
saved one first: nothing that somebody wrote gets lost, and nobody has to understand a conflict mark.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_BETWEEN = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, as blank lines part them."""
    return [each.strip("\n") for each in _BETWEEN.split(text.replace("\r\n", "\n").strip()) if each.strip()]


def joined(base: str, saved: str, typed: str) -> str:
    """The text that has what was saved and what was typed since `base`."""
    old, first, second = paragraphs(base), paragraphs(saved), paragraphs(typed)
    of_first, of_second = _places(old, first), _places(old, second)
    result: list[str] = []
    place = at_first = at_second = 0
    for anchor in [index for index in range(len(old)) if index in of_first and index in of_second] + [len(old)]:
        end_first = of_first.get(anchor, len(first))
        end_second = of_second.get(anchor, len(second))
        result += _between(old[place:anchor], first[at_first:end_first], second[at_second:end_second])
        result += old[anchor : anchor + 1]
        place, at_first, at_second = anchor + 1, end_first + 1, end_second + 1
    return "\n\n".join(result)


def _between(old: list[str], first: list[str], second: list[str]) -> list[str]:
    """Between two paragraphs that both left alone: cut where it is known of both what came of the paragraphs before."""
    of_first, of_second = _places(old, first), _places(old, second)
    result: list[str] = []
    place = at_first = at_second = 0
    for end in range(1, len(old)):
        cut_first, cut_second = _cut(end, of_first), _cut(end, of_second)
        if cut_first is not None and cut_second is not None:
            result += _piece(old[place:end], first[at_first:cut_first], second[at_second:cut_second])
            place, at_first, at_second = end, cut_first, cut_second
    return result + _piece(old[place:], first[at_first:], second[at_second:])


def _cut(end: int, places: dict[int, int]) -> int | None:
    """Where in the new text the first `end` old paragraphs are over; None if neither neighbour is still there."""
    return places[end - 1] + 1 if end - 1 in places else places.get(end)


def _places(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Where the paragraphs of the old text stand in the new one."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {match.a + step: match.b + step for match in matcher.get_matching_blocks() for step in range(match.size)}


def _piece(old: list[str], first: list[str], second: list[str]) -> list[str]:
    if first == old:
        return second
    if second in (old, first):
        return first
    if old and first[: len(old)] == old:  # one wrote behind it, the other changed it
        return second + first[len(old) :]
    if old and second[: len(old)] == old:
        return first + second[len(old) :]
    return first + [each for each in second if each not in first]
