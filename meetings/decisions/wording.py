"""The proposed text of a decision that fixes a ranking. A body may change it before it decides."""

from collections.abc import Sequence

from app.core.i18n import _
from meetings.decisions.rules import Ranked


def proposed_text(placed: Sequence[Ranked]) -> str:
    """„Priorisierung: Rang 1 „…“, Rang 2 „…“.“ from ranked titles; shared ranks are said to be shared."""
    parts = [_place_words(each) for each in placed]
    return _("Priorisierung: %(places)s.", places=", ".join(parts)) if parts else ""


def _place_words(each: Ranked) -> str:
    if each.shared:
        return _("gemeinsamer Rang %(rank)s „%(title)s“", rank=each.rank, title=each.option)
    return _("Rang %(rank)s „%(title)s“", rank=each.rank, title=each.option)
