"""How the time of a solution reads."""

from app.core.i18n import _, lazy
from knowledge.solutions.models import Solution

TEXT_TITLES = {
    "title": lazy("Titel"),
    "description": lazy("Was getan wurde"),
    "result": lazy("Was dabei herauskam"),
    "shortfall": lazy("Was nicht funktioniert hat"),
    "conditions": lazy("Unter welchen Bedingungen es trägt"),
    "lessons": lazy("Was daraus zu lernen ist, ein Satz je Zeile"),
    "transfer": lazy("Für ein nächstes Mal"),
}
"""The texts of a solution, in the order of its page."""


def period(solution: Solution) -> str | None:
    """„05/2023 bis 03/2024“, „seit 09/2024“, None where nothing is known."""
    start, end = _month(solution.period_start), _month(solution.period_end)
    if start and end:
        return _("%(start)s bis %(end)s", start=start, end=end)
    if start:
        return _("seit %(start)s", start=start)
    return _("bis %(end)s", end=end) if end else None


def _month(text: str | None) -> str | None:
    """A month written YYYY-MM as 05/2023."""
    return "/".join(reversed(text.split("-"))) if text else None
