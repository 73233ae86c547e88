"""Circulars in words: how they stand, what came of them, what the answers mean."""

from app.core.i18n import _
from meetings.circular.models import Circular
from meetings.circular.states import CircularKind, CircularState
from meetings.voting.poll_counting import thaw_poll_count
from meetings.voting.poll_rule import thaw_rule
from meetings.voting.poll_words import poll_verdict


def state_words(state: CircularState) -> str:
    """The state for a badge."""
    return {
        CircularState.RUNNING: _("läuft"),
        CircularState.STOPPED: _("durch Widerspruch beendet"),
        CircularState.CLOSED: _("ausgezählt"),
        CircularState.WITHDRAWN: _("zurückgezogen"),
    }[state]


def kind_words() -> dict[CircularKind, str]:
    """What can be decided in writing."""
    return {
        CircularKind.CONCEPT: _("Konzept oder Vorgehen"),
        CircularKind.MEMBERSHIP: _("Mitgliedschaft im Gremium"),
        CircularKind.RULES: _("Geschäftsordnung"),
        CircularKind.REPORT: _("Bericht"),
        CircularKind.MINUTES: _("Niederschrift"),
    }


def result_words(circular: Circular) -> str:
    """What came of it, in one sentence; why it was stopped or withdrawn."""
    if circular.tally:
        return poll_verdict(thaw_rule(circular.rule), thaw_poll_count(circular.tally))
    return circular.note or ""


def voice_words(answer: str | None) -> str:
    """What a seat answered."""
    words = {
        "yes": _("Ja"),
        "no": _("Nein"),
        "abstain": _("Enthaltung"),
        "object": _("Widerspruch gegen das Umlaufverfahren"),
    }
    return words[answer] if answer else _("noch keine Antwort")
