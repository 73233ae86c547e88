"""The extract of a decision (Beschlussauszug): goes back to where the paper came from."""

from datetime import datetime

from app.core.i18n import _, language, show_date
from app.people.models import Tenant
from exports.document import Document, Entry, Fact, Section
from exports.docx.wording import ENGLISH, GERMAN
from meetings.agenda.models import AgendaItem, Meeting
from meetings.bodies.models import Body
from meetings.decisions.models import Decision


def extract_document(
    decision: Decision,
    body: Body,
    meeting: Meeting | None,
    item: AgendaItem | None,
    tenant: Tenant,
    *,
    signed: bool,
    now: datetime,
) -> Document:
    """The extract; before the minutes are signed it says that it is provisional."""
    kind = _("Beschlussauszug")
    title = item.title if item else _("Beschluss %(key)s", key=decision.key)
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=kind,
        number=decision.key,
        title=title,
        classification=_("Nur für die Stellen, die der Beschluss betrifft"),
        date=show_date(decision.date),
        sections=(
            Section(_("Beschluss"), facts=_wording(decision)),
            Section(_("Woher"), facts=_origin(decision, body, meeting, item)),
            Section(
                _("Zur Kenntnis und weiteren Veranlassung"),
                entries=(Entry(_("Stelle, von der die Vorlage kam")), Entry(_("mit Aufgaben betraute Organisationen"))),
            ),
        ),
        issued_at=meeting.starts_at if meeting and meeting.starts_at else now,
        facts=() if signed else (Fact(_("Hinweis"), _("Vorläufig: Die Niederschrift ist noch nicht unterzeichnet.")),),
        is_draft=not signed,
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _wording(decision: Decision) -> tuple[Fact, ...]:
    tally = _(
        "Ja: %(yes)s, Nein: %(no)s, Enthaltungen: %(abstained)s",
        yes=decision.in_favour,
        no=decision.against,
        abstained=decision.abstained,
    )
    facts = [Fact(_("Wortlaut"), decision.text), Fact(_("Abstimmungsergebnis"), decision.result_text or "–")]
    if decision.accepted is not None:
        facts.append(Fact(_("Stimmen"), tally))
    return tuple(facts)


def _origin(decision: Decision, body: Body, meeting: Meeting | None, item: AgendaItem | None) -> tuple[Fact, ...]:
    facts = [Fact(_("Gremium"), body.name)]
    if meeting is not None:
        facts.append(Fact(_("Sitzung"), f"{meeting.title}, {show_date(meeting.date, 'long')}"))
    if item is not None:
        facts.append(Fact(_("Tagesordnungspunkt"), f"TOP {item.number or '–'} {item.title}"))
    return (*facts, Fact(_("Beschlossen am"), show_date(decision.date)))
