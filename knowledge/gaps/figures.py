"""The evidence behind gaps and topics in words, as one reader may see it (DP-11)."""

from collections.abc import Mapping
from typing import Any

from app.core.i18n import _, ngettext
from knowledge.gaps.rules import is_suppressed
from knowledge.gaps.suppression import Precision, Told, smallest_cell, told_alone, told_together
from knowledge.gaps.visibility import Reader
from knowledge.gaps.wording import shown_count


def evidence_sentence(reader: Reader, cases: int, organisations: int) -> str:
    """„Belegt durch 3 Fallrekonstruktionen aus 2 Stellen.“, or „weniger als 3“ where the count is not to be shown."""
    told = told_alone(cases, reader.min_cell, reader.in_coordination)
    if told.precision != Precision.EXACT:
        return _("Belegt durch %(count)s.", count=cases_in_words(told))
    if not cases:
        return _("Noch durch keine Fallrekonstruktion belegt.")
    return _(
        "Belegt durch %(cases)s aus %(organisations)s.",
        cases=cases_in_words(told),
        organisations=_places(reader, organisations),
    )


def counter_sentence(reader: Reader, cases: int) -> str:
    """How many cases show that it also worked, for the coordination; nothing for others and without any."""
    if not cases or not reader.in_coordination:
        return ""
    return _("Dagegen steht, dass es auch gelungen ist: %(cases)s.", cases=cases_in_words(told_alone(cases, 1, True)))


def topic_sentence(reader: Reader, cases: int, organisations: int, of_gaps: Mapping[str, int]) -> str:
    """The same for several gaps together, which outside the coordination is only a lower bound that they give."""
    told = told_together(cases, of_gaps.values(), reader.min_cell, reader.in_coordination)
    if told.precision == Precision.EXACT:
        return evidence_sentence(reader, cases, organisations)
    return _("Belegt durch %(count)s.", count=cases_in_words(told))


def cases_in_words(told: Told) -> str:
    """„3 Fallrekonstruktionen“, „mindestens 3 Fallrekonstruktionen“ or „weniger als 3 Fallrekonstruktionen“."""
    if told.precision == Precision.AT_LEAST:
        return _("mindestens %(num)s Fallrekonstruktionen", num=told.number)
    if told.precision == Precision.FEWER:
        return _("weniger als %(num)s Fallrekonstruktionen", num=told.number)
    return ngettext("%(num)s Fallrekonstruktion", "%(num)s Fallrekonstruktionen", told.number)


def concealed_sources(reader: Reader, sentence: str) -> list[dict[str, Any]]:
    """What the thread says in place of the findings that this reader does not get to see; nothing for the coordination.

    It stands there for every gap, with or without evidence, so that it tells no more than the sentence.
    """
    if reader.in_coordination:
        return []
    detail = _("Welche das sind, sieht nur die Koordination.")
    return [{"kind": "finding", "kind_label": _("Belege"), "title": sentence, "url": None, "detail": detail}]


def _places(reader: Reader, number: int) -> str:
    cell = smallest_cell(reader.min_cell)
    if is_suppressed(number, cell, reader.in_coordination):
        return _("%(count)s Stellen", count=shown_count(number, cell, False))
    return ngettext("%(num)s Stelle", "%(num)s Stellen", number)
