"""Paper for a meeting without devices: the list to sign, ballot papers, a sheet for each result. No case in it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.core.i18n import _, language, show_date, show_time_span
from app.people.models import Tenant
from exports.document import Document, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import FoundMeeting, Guest
from meetings.agenda.states import ItemKind
from meetings.bodies.queries import SeatRow
from meetings.bodies.states import SeatKind

ROOM_TO_SIGN = "\u00a0" * 30 + "\n\u00a0"
TIME_TO_FILL = "\u00a0" * 10
BOX = "□"
PUT_TO_A_VOTE = (ItemKind.DECISION, ItemKind.VOTE)


def attendance_document(
    meeting: FoundMeeting, seats: Sequence[SeatRow], guests: Sequence[Guest], tenant: Tenant, now: datetime
) -> Document:
    """The list that everybody signs: seats in the body's order with deputies, guests, and the times by hand."""
    kinds = (
        (SeatKind.VOTING, _("Stimmberechtigte Mitglieder")),
        (SeatKind.ADVISORY, _("Beratende Mitglieder")),
        (SeatKind.OFFICE, _("Geschäftsstelle")),
    )
    sections = [Section(title, table=_seat_table(title, rows)) for kind, title in kinds if (rows := _of(seats, kind))]
    if guests:
        sections.append(Section(_("Gäste"), table=_guest_table(guests)))
    return _document(meeting, tenant, now, _("Anwesenheitsliste"), sections)


def _of(seats: Sequence[SeatRow], kind: SeatKind) -> list[SeatRow]:
    return [seat for seat in seats if seat.kind == kind]


def _seat_table(title: str, seats: Sequence[SeatRow]) -> Table:
    columns = (_("Organisation"), _("Name"), _("von"), _("bis"), _("Unterschrift"))
    rows = tuple((seat.organisation, _names(seat), TIME_TO_FILL, TIME_TO_FILL, ROOM_TO_SIGN) for seat in seats)
    return Table(title, columns, rows)


def _names(seat: SeatRow) -> str:
    deputies = [_("i. V. %(name)s", name=each.name) for each in seat.deputies]
    return "\n".join([f"{BOX} {name}" for name in ([seat.holder.name] if seat.holder else []) + deputies])


def _guest_table(guests: Sequence[Guest]) -> Table:
    columns = (_("Organisation"), _("Name"), _("zu TOP"), _("Unterschrift"))
    return Table(
        _("Gäste"), columns, tuple((each.organisation, each.name, TIME_TO_FILL, ROOM_TO_SIGN) for each in guests)
    )


def ballot_document(meeting: FoundMeeting, items: Sequence[AgendaItem], tenant: Tenant, now: datetime) -> Document:
    """For each item that is put to a decision: a ballot paper to copy, and the sheet on which its count is written."""
    asked = [item for item in items if item.kind in PUT_TO_A_VOTE and item.number]
    sections = [section for item in asked for section in _voting_sheets(item)]
    if not sections:
        sections = [Section(_("Stimmzettel"), text=_("Diese Tagesordnung sieht keine Abstimmung vor."))]
    return _document(meeting, tenant, now, _("Stimmzettel und Ergebniszettel"), sections)


def _voting_sheets(item: AgendaItem) -> Iterable[Section]:
    title = _("TOP %(number)s", number=item.number or "") + f" {item.title}"
    answers = tuple((BOX, words) for words in (_("Ja"), _("Nein"), _("Enthaltung")))
    yield Section(
        _("Stimmzettel: %(title)s", title=title),
        text=item.proposal or "",
        table=Table(_("Bitte eine Antwort ankreuzen"), (" ", _("Antwort")), answers),
    )
    counted = (_("Ja"), _("Nein"), _("Enthaltungen"), _("ungültig"), _("nicht abgegeben"))
    rows = (
        (_("Stimmberechtigte anwesend"), TIME_TO_FILL),
        (_("davon befangen"), TIME_TO_FILL),
        *((words, TIME_TO_FILL) for words in counted),
        (_("Uhrzeit"), TIME_TO_FILL),
        (_("Gezählt von"), ROOM_TO_SIGN),
    )
    yield Section(
        _("Ergebniszettel: %(title)s", title=title),
        text=_(
            "Probe: Ja, Nein, Enthaltungen, ungültige und nicht abgegebene Stimmen ergeben zusammen die anwesenden"
            " Stimmberechtigten ohne die Befangenen."
        ),
        table=Table(_("Ergebnis"), (_("Was"), _("Zahl")), rows),
    )


def _document(meeting: FoundMeeting, tenant: Tenant, now: datetime, kind: str, sections: Sequence[Section]) -> Document:
    row = meeting.meeting
    when = show_time_span(row.starts_at, row.ends_at) if row.starts_at else ""
    parts = (show_date(row.date, "long") if row.date else "", when, row.place or "")
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=kind,
        number=row.key,
        title=row.title,
        classification=_("Nur für Mitglieder des Gremiums – keine Einzelfälle"),
        date=_("Stand: %(date)s", date=show_date(now)),
        sections=tuple(sections),
        issued_at=now,
        lead=Fact(_("Termin"), ", ".join(part for part in parts if part)),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )
