"""The rules of topics: the outline of a brief, keys, the order of gaps, what may be joined. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.permissions import ALLOWED, Verdict, refused


class Part(StrEnum):
    """The parts of a brief, in the order in which a body reads them."""

    PROBLEM = "problem"
    EVIDENCE = "evidence"
    AFFECTED = "affected"
    TRIED = "tried"
    DECISION = "decision"
    COST = "cost"


HEADINGS: dict[Part, tuple[str, str]] = {
    Part.PROBLEM: ("Problem", "Problem"),
    Part.EVIDENCE: ("Belege", "Evidence"),
    Part.AFFECTED: ("Betroffene", "Affected"),
    Part.TRIED: ("Was schon versucht wurde", "What was tried"),
    Part.DECISION: ("Was zu entscheiden ist", "What is to be decided"),
    Part.COST: ("Kosten/Zuständigkeit", "Cost and responsibility"),
}
"""What the parts are called in a brief, in German and in English."""

_HEADING = re.compile(r"^ {0,3}#{1,3}[ \t]+(.+?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_PARTS = {_name.casefold(): part for part, names in HEADINGS.items() for _name in names}


@dataclass(frozen=True)
class Passage:
    """A headed stretch of a brief. `part` is None where the author chose a heading beyond the outline."""

    part: Part | None
    heading: str
    text: str


def passages(brief: str) -> tuple[Passage, ...]:
    """The brief, cut at its headings; text before the first one tells the problem, empty parts are left out."""
    found: list[tuple[Part | None, str, list[str]]] = [(Part.PROBLEM, "", [])]
    fenced = False
    for line in brief.replace("\r\n", "\n").split("\n"):
        fenced ^= bool(_FENCE.match(line))
        match = None if fenced else _HEADING.match(line)
        if match:
            found.append((_PARTS.get(match[1].casefold()), match[1], []))
        else:
            found[-1][2].append(line)
    whole = [Passage(part, heading, "\n".join(lines).strip("\n")) for part, heading, lines in found]
    return tuple(each for each in whole if each.text.strip())


def text_of(brief: str, part: Part) -> str:
    """What the brief says under this part, as Markdown; empty if nothing."""
    return "\n\n".join(each.text for each in passages(brief) if each.part is part)


def is_written(brief: str | None) -> bool:
    """Whether a brief says more than the headings of its outline."""
    return bool(passages(brief or ""))


def outline(language: str = "de") -> str:
    """The empty brief that an author starts from."""
    place = 1 if language == "en" else 0
    return "\n\n".join(f"## {names[place]}\n" for names in HEADINGS.values())


def moved(order: Sequence[str], key: str, by: int) -> list[str]:
    """The order with one key moved `by` places, -1 up or 1 down; at either end, or unknown, it stays as it is."""
    if key not in order:
        return list(order)
    place = order.index(key)
    target = min(max(place + by, 0), len(order) - 1)
    changed = [each for each in order if each != key]
    changed.insert(target, key)
    return changed


def reordered(order: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """The same keys in the wanted order; what is not known is passed over, what is missing follows at the end."""
    known = list(dict.fromkeys(key for key in wanted if key in order))
    return [*known, *(key for key in order if key not in known)]


def may_split(gaps: Sequence[str], leaving: Iterable[str]) -> Verdict:
    """Whether a topic can be split like this: both halves need a gap."""
    going = set(leaving)
    if not going:
        return refused("Bitte wählen Sie mindestens eine Fehlstelle, die in das neue Thema geht.")
    if not going <= set(gaps):
        return refused("Eine der gewählten Fehlstellen gehört nicht mehr zu diesem Thema. Bitte wählen Sie neu.")
    if len(going) == len(set(gaps)):
        return refused("Mindestens eine Fehlstelle muss im bisherigen Thema bleiben.")
    return ALLOWED


def may_merge(source: str, target: str, source_state: str, target_state: str) -> Verdict:
    """Whether two topics can become one: only before a body decided, and both in the same state."""
    if source == target:
        return refused("Ein Thema lässt sich nicht mit sich selbst zusammenführen.")
    if source_state not in OPEN_STATES or target_state not in OPEN_STATES:
        return refused("Über eines der beiden Themen hat ein Gremium schon entschieden.")
    if source_state != target_state:
        return refused(
            "Ein Entwurf und ein vorgelegtes Thema passen nicht zusammen. Bringen Sie beide erst auf einen Stand."
        )
    return ALLOWED


OPEN_STATES = ("draft", "submitted")
"""States in which the coordination still shapes a topic; after that, bodies have decided about it."""
