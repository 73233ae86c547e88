"""The agenda of a meeting as a short document: day, place, and the items in their order."""

from collections.abc import Sequence
from datetime import datetime

from app.core.i18n import _, language, ngettext, show_date, show_time_span
from app.people.models import Tenant
from exports.document import Document, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from meetings.agenda.parts import is_public
from meetings.agenda.queries import FoundMeeting, ItemLine
from meetings.agenda.wording import item_kind_words


def agenda_document(meeting: FoundMeeting, lines: Sequence[ItemLine], tenant: Tenant, now: datetime) -> Document:
    """The agenda; the part that is not public stands by itself."""
    row = meeting.meeting
    public = [line for line in lines if is_public(line.item)]
    rest = [line for line in lines if not is_public(line.item)]
    sections = [_section(_("Tagesordnung"), public)] if public else []
    if rest:
        sections.append(_section(_("Nicht öffentlicher Teil"), rest))
    when = show_date(row.date, "long") if row.date else _("Termin steht noch nicht fest")
    times = show_time_span(row.starts_at, row.ends_at) if row.starts_at else ""
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Tagesordnung"),
        number=row.key,
        title=row.title,
        classification=_("Nur für Mitglieder des Gremiums – keine Einzelfälle"),
        date=show_date(row.date) if row.date else "–",
        sections=tuple(sections),
        issued_at=row.starts_at or now,
        lead=Fact(_("Termin"), ", ".join(part for part in (when, times, row.place or "") if part)),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _section(title: str, lines: Sequence[ItemLine]) -> Section:
    rows = tuple(
        (
            line.item.number or "–",
            line.item.title,
            item_kind_words(line.item.kind),
            line.speaker or "–",
            ngettext("%(num)s Minute", "%(num)s Minuten", line.item.minutes) if line.item.minutes else "–",
        )
        for line in lines
    )
    columns = (_("TOP"), _("Gegenstand"), _("Art"), _("Berichterstattung"), _("Zeit"))
    return Section(title, table=Table(title, columns, rows))
