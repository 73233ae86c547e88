"""What is open in a review, in words."""

from app.core.i18n import ngettext
from knowledge.aftermath.rules import STOPS, Lack
from knowledge.workshops.states import WorkshopState

OPEN = (WorkshopState.RUNNING, WorkshopState.PAUSED, WorkshopState.HELD)
"""The states in which findings of a workshop can still be put right."""


def lack_words(lacks: dict[Lack, int]) -> list[tuple[str, bool]]:
    """Sentences, each with whether it keeps the workshop from being released."""
    words = {
        Lack.UNDECIDED: lambda n: ngettext(
            "Zu %(num)s Gruppe ist noch nicht gesagt, was daraus wird.",
            "Zu %(num)s Gruppen ist noch nicht gesagt, was daraus wird.",
            n,
        ),
        Lack.NO_GAP: lambda n: ngettext(
            "%(num)s Gruppe soll zu einer Fehlstelle führen, die noch nicht angelegt ist.",
            "%(num)s Gruppen sollen zu Fehlstellen führen, die noch nicht angelegt sind.",
            n,
        ),
        Lack.NO_FINDING: lambda n: ngettext(
            "%(num)s Gruppe gehört zu einer Fehlstelle, ist aber noch kein Befund.",
            "%(num)s Gruppen gehören zu einer Fehlstelle, sind aber noch kein Befund.",
            n,
        ),
        Lack.UNLINKED: lambda n: ngettext(
            "%(num)s Befund gehört zu keiner Fehlstelle (Einzelfall).",
            "%(num)s Befunde gehören zu keiner Fehlstelle (Einzelfälle).",
            n,
        ),
        Lack.NO_OWNER: lambda n: ngettext(
            "%(num)s offene Frage hat noch niemanden, der sich kümmert.",
            "%(num)s offene Fragen haben noch niemanden, der sich kümmert.",
            n,
        ),
        Lack.PASSAGES: lambda n: ngettext(
            "%(num)s markierte Stelle in ergänzten Stationen ist noch nicht entschieden.",
            "%(num)s markierte Stellen in ergänzten Stationen sind noch nicht entschieden.",
            n,
        ),
    }
    return [(words[lack](number), lack in STOPS) for lack, number in lacks.items()]
