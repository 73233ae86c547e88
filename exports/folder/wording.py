"""What the folder says of attachments that it cannot hold, and how far its making is."""

from app.core.i18n import _, lazy, ngettext
from meetings.papers.wording import size_words

REASONS = {
    "not_pdf": lazy("keine PDF-Datei"),
    "encrypted": lazy("mit einem Kennwort geschützt"),
    "broken": lazy("die Datei lässt sich nicht lesen"),
    "too_long": lazy("mehr als 300 Seiten"),
    "too_big": lazy("zu aufwendig zum Einbinden"),
    "too_many": lazy("die Mappe wäre länger als 3.000 Seiten"),
    "missing": lazy("die Datei fehlt auf dem Server"),
}
"""Why the pages of an attachment are not in the PDF, by code."""

GONE = "missing"


def left_out_words(problem: str, size: int) -> str:
    """Why an attachment is not among the pages, and where it is instead."""
    reason = str(REASONS.get(problem, REASONS["broken"]))
    if problem == GONE:
        return reason
    return _("%(reason)s; liegt in der ZIP-Mappe bei (%(size)s)", reason=reason, size=size_words(size))


def difference_words(agenda: bool, papers: int, enclosures: int) -> list[str]:
    """What has changed since a folder was made."""
    words = [_("die Tagesordnung")] if agenda else []
    if papers:
        words.append(ngettext("%(num)s Vorlage", "%(num)s Vorlagen", papers))
    if enclosures:
        words.append(ngettext("%(num)s Anlage", "%(num)s Anlagen", enclosures))
    return words or [_("Angaben zu einer Vorlage")]
