"""From a meeting to the content of its invitation: when, where, the agenda as far as the reader may know it, papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.i18n import _, language, show_date, show_time_span
from app.people.models import Tenant
from exports.document import Document, Entry, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from meetings.agenda.queries import FoundMeeting, ItemLine, dial_in
from meetings.agenda.states import MeetingState
from meetings.agenda.steps import notice_of
from meetings.agenda.wording import item_kind_words, minutes_words, titled
from meetings.invitations.wording import proof_words

BEFORE = (MeetingState.DRAFT, MeetingState.SCHEDULED)


@dataclass(frozen=True)
class InvitationSheet:
    """What an invitation says, for one reader: the public items, the others if the reader may know them, papers."""

    meeting: FoundMeeting
    public: Sequence[ItemLine]
    closed: Sequence[ItemLine]
    chair: str
    papers: Sequence[tuple[str, str]] = ()


def invitation_document(sheet: InvitationSheet, tenant: Tenant, now: datetime) -> Document:
    """The invitation; a meeting that nobody is invited to yet says that it is a draft."""
    row, body = sheet.meeting.meeting, sheet.meeting.body_row
    day = show_date(row.date, "long") if row.date else _("Termin steht noch nicht fest")
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Einladung"),
        number=row.key,
        title=titled(body.name, row.title),
        classification=_("Nur für Mitglieder und Gäste des Gremiums – keine Einzelfälle"),
        date=day,
        sections=tuple(_sections(sheet)),
        issued_at=row.starts_at or now,
        lead=Fact(_("Wann und wo"), when_and_where(sheet)),
        facts=closing_facts(sheet),
        is_draft=row.state in BEFORE,
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def when_and_where(sheet: InvitationSheet) -> str:
    """Day, time and place in one line, as far as they are fixed."""
    row = sheet.meeting.meeting
    day = show_date(row.date, "long") if row.date else _("Termin steht noch nicht fest")
    times = show_time_span(row.starts_at, row.ends_at) if row.starts_at else _("Uhrzeit offen")
    return ", ".join((day, times, row.place or _("Ort offen")))


def _sections(sheet: InvitationSheet) -> list[Section]:
    row = sheet.meeting.meeting
    opening = _("zu dieser Sitzung lade ich Sie ein. Die Tagesordnung finden Sie unten.")
    if sheet.papers:
        opening = _("zu dieser Sitzung lade ich Sie ein. Die Tagesordnung und die Unterlagen finden Sie unten.")
    found = [letter(opening, show_date(row.invited_on, "long") if row.invited_on else "")]
    if row.state == MeetingState.CANCELLED:
        found = [Section(_("Die Sitzung ist abgesagt."), row.reason or "")]
    if sheet.public and sheet.closed:
        found.append(_agenda(_("Tagesordnung, Teil A: öffentlich"), sheet.public))
        found.append(_agenda(_("Tagesordnung, Teil B: nicht öffentlich"), sheet.closed))
    else:
        found.append(_agenda(_("Tagesordnung"), [*sheet.public, *sheet.closed]))
    if sheet.papers:
        entries = tuple(Entry(reference, title) for reference, title in sheet.papers)
        found.append(Section(_("Unterlagen"), entries=entries))
    if row.state != MeetingState.CANCELLED:
        found.append(Section(_("Ihre Antwort"), _answer_text()))
    return [*found, *greeting(sheet)]


def letter(text: str, day: str) -> Section:
    """The day, the salutation and what is written under it: a letter has no headings there."""
    return Section("", "\n\n".join(part for part in (day, _("Sehr geehrte Damen und Herren,"), text) if part))


def greeting(sheet: InvitationSheet) -> tuple[Section, ...]:
    """The greeting with room for the chair's signature; nothing while nobody has the chair."""
    if not sheet.chair:
        return ()
    return (Section("", _("Mit freundlichen Grüßen"), signed_by=(sheet.chair, _("Vorsitz"))),)


def _answer_text() -> str:
    return _(
        "Bitte sagen Sie auf der Seite der Sitzung zu oder ab. Wenn Sie verhindert sind, schicken Sie bitte die "
        "Vertretung, die für Ihren Sitz bestimmt ist. Ändern können Sie Ihre Antwort bis zum Beginn der Sitzung."
    )


def _agenda(title: str, lines: Sequence[ItemLine]) -> Section:
    columns = (_("Nr."), _("Gegenstand"), _("Art und Zeit"))
    rows = tuple((line.item.number or "–", item_title(line), item_detail(line)) for line in lines)
    if not rows:
        return Section(title, _("Die Tagesordnung ist noch leer."))
    return Section(title, table=Table(_("Punkte mit geplanter Zeit"), columns, rows))


def item_title(line: ItemLine) -> str:
    """The item's title; one that came later says so."""
    title = line.item.title
    return _("%(title)s (Nachtrag)", title=title) if line.item.supplement else title


def item_detail(line: ItemLine) -> str:
    """What kind of item it is and how long it is to take."""
    kind = item_kind_words(line.item.kind)
    return f"{kind}, {minutes_words(line.item.minutes)}" if line.item.minutes else kind


def closing_facts(sheet: InvitationSheet) -> tuple[Fact, ...]:
    """What stands at the end: the chair, the days, whether the notice was in time."""
    row = sheet.meeting.meeting
    facts = []
    if sheet.chair:
        facts.append(Fact(_("Vorsitz"), sheet.chair))
    if dial_in(row):
        where = _("möglich; die Zugangsdaten stehen in der Mail und auf der Seite der Sitzung")
        facts.append(Fact(_("Zuschaltung"), where))
    if row.papers_until:
        facts.append(Fact(_("Unterlagen bis"), show_date(row.papers_until)))
    statement = notice_of(sheet.meeting)
    if statement and row.invited_on and row.date and row.state not in BEFORE:
        facts.append(Fact(_("Ladungsfrist"), proof_words(statement, row.invited_on, row.date)))
    if row.urgency:
        facts.append(Fact(_("Dringlichkeit"), row.urgency))
    return tuple(facts)
