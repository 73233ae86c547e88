"""The evidence behind gaps and topics in words, as one reader may see it (DP-11)."""

from collections.abc import Mapping
from typing import Any

from app.core.i18n import _, ngettext
from knowledge.gaps.rules import is_suppressed, shown_cells
from knowledge.gaps.visibility import Reader
from knowledge.gaps.wording import shown_count


def evidence_sentence(reader: Reader, cases: int, organisations: int) -> str:
    """„Belegt durch 3 Fallrekonstruktionen aus 2 Stellen.“, or „weniger als 3“ where the count is not to be shown."""
    if is_suppressed(cases, reader.min_cell, reader.in_coordination):
        return _("Belegt durch %(count)s Fallrekonstruktionen.", count=shown_count(cases, reader.min_cell, False))
    if not cases:
        return _("Noch durch keine Fallrekonstruktion belegt.")
    return _(
        "Belegt durch %(cases)s aus %(organisations)s.",
        cases=_cases(cases),
        organisations=_places(reader, organisations),
    )


def topic_sentence(reader: Reader, cases: int, organisations: int, of_gaps: Mapping[str, int]) -> str:
    """The same for several gaps together, unless the sum would betray what the page of one gap conceals."""
    if sum_betrays(reader, of_gaps):
        return _("Wie viele Fallrekonstruktionen zusammenkommen, nennt nur die Koordination.")
    return evidence_sentence(reader, cases, organisations)


def sum_betrays(reader: Reader, of_gaps: Mapping[str, int]) -> bool:
    """Whether the sum beside the shown counts would tell a concealed one (the complement is suppressed too)."""
    shown = shown_cells(of_gaps, reader.min_cell, reader.in_coordination)
    return any(shown[key] is None and count >= reader.min_cell for key, count in of_gaps.items())


def concealed_sources(reader: Reader, sentence: str) -> list[dict[str, Any]]:
    """What the thread says in place of the findings that this reader does not get to see; nothing for the coordination.

    It stands there for every gap, with or without evidence, so that it tells no more than the sentence.
    """
    if reader.in_coordination:
        return []
    detail = _("Welche das sind, sieht nur die Koordination.")
    return [{"kind": "finding", "kind_label": _("Belege"), "title": sentence, "url": None, "detail": detail}]


def _cases(number: int) -> str:
    return ngettext("%(num)s Fallrekonstruktion", "%(num)s Fallrekonstruktionen", number)


def _places(reader: Reader, number: int) -> str:
    if is_suppressed(number, reader.min_cell, reader.in_coordination):
        return _("%(count)s Stellen", count=shown_count(number, reader.min_cell, False))
    return ngettext("%(num)s Stelle", "%(num)s Stellen", number)
