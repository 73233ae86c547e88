"""The list that everybody signs, as a document: who was there, and that it stays in the room (DP-18). No case in it."""

from collections.abc import Sequence
from datetime import datetime

from app.core.i18n import _, language, show_date, show_time_span
from app.people.models import Tenant
from exports.document import Document, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from knowledge.workshops.models import Workshop
from knowledge.workshops.wording import confidentiality_statement

ROOM_TO_SIGN = "\u00a0" * 44 + "\n\u00a0"
"""Empty, but as wide and as high as a signature."""


def attendance_document(
    workshop: Workshop, expected: Sequence[tuple[str, str]], tenant: Tenant, now: datetime
) -> Document:
    """`expected` are names and agencies; empty ones are lines for whoever comes besides."""
    rows = tuple((name, agency, ROOM_TO_SIGN) for name, agency in expected)
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Anwesenheitsliste"),
        number=workshop.key,
        title=_("Anwesenheit und Vertraulichkeit"),
        classification=_("Vertraulich. Wird mit dem Protokoll aufbewahrt."),
        date=_("Stand: %(date)s", date=show_date(now)),
        sections=(
            Section(
                workshop.title,
                text=confidentiality_statement(),
                table=Table(_("Anwesenheit"), (_("Name"), _("Stelle"), _("Unterschrift")), rows),
            ),
        ),
        issued_at=now,
        lead=Fact(
            _("Termin"),
            ", ".join(
                part
                for part in (
                    show_date(workshop.date, "long"),
                    show_time_span(workshop.starts_at, workshop.ends_at) if workshop.starts_at else "",
                    workshop.place or "",
                )
                if part
            ),
        ),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )
