"""What the audit says about a thing, in words for those who follow it. What has no words here is not told."""

from collections.abc import Callable, Mapping
from typing import Any

from app.core.i18n import _
from knowledge.taxonomy.terms import label

Words = Callable[[Mapping[str, Any]], str]
_words: dict[str, Words] = {}


def register_words(action: str, words: Words) -> None:
    """Tell followers of a thing of this act; `words` gets its facts. Only what every reader of the thing may know."""
    _words[action] = words


def in_words(action: str, facts: Mapping[str, Any]) -> str:
    """What happened, empty if it is not told."""
    words = _words.get(action)
    return words(facts) if words else ""


def register() -> None:
    """The acts of gaps, topics and solutions."""
    for action, words in {
        "gap.moved": lambda facts: _("Stand: %(state)s", state=label("gap_states", facts.get("target"))),
        "gap.edited": lambda _facts: _("Text oder Angaben geändert"),
        "gap.merged": lambda _facts: _("mit einer anderen Fehlstelle zusammengeführt"),
        "gap.separated": lambda _facts: _("Zusammenführung aufgehoben"),
        "gap.split": lambda _facts: _("aufgeteilt"),
        "topic.moved": lambda facts: _("Stand: %(state)s", state=label("topic_states", facts.get("target"))),
        "topic.edited": lambda _facts: _("Steckbrief geändert"),
        "topic.gap_added": lambda _facts: _("eine Fehlstelle aufgenommen"),
        "topic.gap_removed": lambda _facts: _("eine Fehlstelle herausgenommen"),
        "topic.merged": lambda _facts: _("mit einem anderen Thema zusammengeführt"),
        "topic.split": lambda _facts: _("aufgeteilt"),
        "solution.edited": lambda _facts: _("Text oder Angaben geändert"),
        "solution.restored": lambda _facts: _("Text oder Angaben geändert"),
        "comment.resolved": lambda facts: (
            _("Gespräch abgeschlossen") if facts.get("done") else _("Gespräch wieder aufgenommen")
        ),
    }.items():
        register_words(action, words)
