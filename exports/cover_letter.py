"""The letter that goes with the papers of a meeting: what is enclosed, what is asked of the receivers, who sends it."""

from datetime import datetime

from app.core.i18n import _, language, show_date
from app.people.models import Tenant
from exports.document import Document, Entry, Fact, Section
from exports.docx.wording import ENGLISH, GERMAN
from exports.invitation import BEFORE, InvitationSheet, greeting, letter, when_and_where
from meetings.agenda.wording import titled


def cover_letter_document(sheet: InvitationSheet, tenant: Tenant, now: datetime) -> Document:
    """The letter; it names no item that is not public, because letters lie on desks."""
    row, body = sheet.meeting.meeting, sheet.meeting.body_row
    enclosed = [Entry(_("Einladung mit Tagesordnung")), *(Entry(number, title) for number, title in sheet.papers)]
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Anschreiben"),
        number=row.key,
        title=titled(body.name, row.title),
        classification=_("Nur für Mitglieder und Gäste des Gremiums – keine Einzelfälle"),
        date=_day(now),
        sections=(
            letter(_text(), _day(now)),
            *greeting(sheet),
            Section(_("Anlagen"), entries=tuple(enclosed)),
        ),
        issued_at=row.starts_at or now,
        lead=Fact(_("Wann und wo"), when_and_where(sheet)),
        is_draft=row.state in BEFORE,
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _day(now: datetime) -> str:
    return show_date(now, "long")


def _text() -> str:
    return _(
        "anbei erhalten Sie die Unterlagen zu dieser Sitzung. Bitte prüfen Sie, ob Sie teilnehmen können, und geben "
        "Sie uns Bescheid, wenn Sie verhindert sind. Ihre Vertretung erhält die Unterlagen von Ihnen."
    )
