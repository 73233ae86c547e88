"""How decisions are cited."""

from app.core.i18n import _, show_date
from meetings.decisions.queries import FoundDecision


def citation(found: FoundDecision) -> str:
    """The decision as one cites it: body, number, day, and the item where it was made in a meeting."""
    decision = found.decision
    words = _(
        "%(body)s, Beschluss %(key)s vom %(day)s",
        body=found.body_row.name,
        key=decision.key,
        day=show_date(decision.date),
    )
    if found.meeting is None:
        return _("%(words)s (Umlaufbeschluss)", words=words)
    if found.item is None or not found.item.number:
        return _("%(words)s (%(meeting)s)", words=words, meeting=found.meeting.title)
    return _(
        "%(words)s (%(meeting)s, TOP %(number)s)", words=words, meeting=found.meeting.title, number=found.item.number
    )
