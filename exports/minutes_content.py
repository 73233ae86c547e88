"""From the recorded meeting to the content of its minutes document: every text put into words, nothing looked up."""

from collections.abc import Mapping

from app.core.i18n import _, language, ngettext, show_date, show_time
from app.people.models import Tenant
from exports.docx.content import (
    AgendaItem,
    AttendanceGroup,
    Attendee,
    DecisionBox,
    Facts,
    ItemRecord,
    MinutesDocument,
    MinutesStatus,
    Signature,
    VoteTable,
)
from exports.docx.wording import ENGLISH, GERMAN
from meetings.agenda.wording import result_words
from meetings.decisions.models import Decision
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.minutes.rules import SeatAtMeeting, attended, excused
from meetings.room.rules import QUORUM_RULES, quorum
from meetings.room.wording import quorum_sentence
from meetings.voting.results import PollResult

KINDS = {
    "procedural": "Formalie",
    "decision": "Beschluss",
    "report": "Bericht",
    "discussion": "Beratung",
    "vote": "Abstimmung",
}
SIGNED = {"signed", "noted", "approved"}


def minutes_document(sheet: MinutesSheet, tenant: Tenant, results: Mapping[int, PollResult]) -> MinutesDocument:
    """The document of a sheet; `results` are the counts of its closed polls by id."""
    meeting = sheet.meeting
    return MinutesDocument(
        county=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        body=sheet.body.name,
        number=meeting.key,
        title=meeting.title,
        date=show_date(meeting.date, "long"),
        status=MinutesStatus.SIGNED if sheet.state in SIGNED else MinutesStatus.DRAFT,
        facts=_facts(sheet),
        attendance=_attendance(sheet),
        agenda=tuple(_line(entry) for entry in sheet.items),
        records=tuple(_record(entry, results) for entry in sheet.items),
        excused=tuple(_attendee(seat) for seat in excused(sheet.seats)),
        signatures=_signatures(sheet),
        classification=_("Nur für Mitglieder des Gremiums – keine Einzelfälle"),
        version=str(sheet.version),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
        issued_at=meeting.starts_at,
    )


def _facts(sheet: MinutesSheet) -> Facts:
    meeting = sheet.meeting
    return Facts(
        place=meeting.place or "–",
        begin=show_time(meeting.starts_at),
        end=show_time(meeting.ends_at),
        chair=sheet.chair or "–",
        minute_taker=sheet.minute_taker or "–",
        invited_on=show_date(meeting.invited_on),
        notice=_notice(sheet),
        quorum=_quorum(sheet),
    )


def _notice(sheet: MinutesSheet) -> str:
    meeting = sheet.meeting
    if meeting.invited_on is None or meeting.date is None:
        return ""
    days = (meeting.date - meeting.invited_on).days
    needed = sheet.rules.invitation_days if sheet.rules else 0
    kept = _("Frist gewahrt") if days >= needed else _("Frist nicht gewahrt")
    words = f"{kept}, {ngettext('%(num)s Tag', '%(num)s Tage', days)}"
    if not meeting.urgency:
        return words
    return _("%(notice)s; Dringlichkeit: %(reason)s", notice=words, reason=meeting.urgency)


def _quorum(sheet: MinutesSheet) -> str:
    rule = QUORUM_RULES[sheet.rules.quorum if sheet.rules else "half_of_voting_members"]
    voting = {place for place, seat in enumerate(sheet.seats) if seat.kind == "voting"}
    present = {place for place, seat in enumerate(sheet.seats) if seat.present is not None}
    return quorum_sentence(quorum(rule, voting, present))


def _attendance(sheet: MinutesSheet) -> tuple[AttendanceGroup, ...]:
    groups = (
        (_("Stimmberechtigte Mitglieder"), attended(sheet.seats, "voting")),
        (_("Beratende Mitglieder"), attended(sheet.seats, "advisory")),
        (_("Geschäftsstelle"), attended(sheet.seats, "office")),
    )
    found = [AttendanceGroup(title, tuple(map(_attendee, seats))) for title, seats in groups if seats]
    if sheet.guests:
        guests = tuple(Attendee(guest.organisation, guest.name) for guest in sheet.guests)
        found.append(AttendanceGroup(_("Eingeladene Gäste"), guests))
    return tuple(found)


def _attendee(seat: SeatAtMeeting) -> Attendee:
    return Attendee(seat.organisation, seat.present or seat.holder, seat.substitute_for)


def _line(entry: ItemSheet) -> AgendaItem:
    item = entry.item
    return AgendaItem(item.number or "–", item.title, _(KINDS[item.kind.value]), item.minutes or None)


def _record(entry: ItemSheet, results: Mapping[int, PollResult]) -> ItemRecord:
    counted = [results[poll.id or 0] for poll in entry.polls if poll.id in results]
    return ItemRecord(
        number=entry.item.number or "–",
        title=entry.item.title,
        reporter=entry.speaker,
        text=_text(entry),
        ranking=_ranking(counted[-1]) if counted else None,
        decisions=tuple(map(_box, entry.decisions)),
    )


def _text(entry: ItemSheet) -> str:
    """What was written, and what came of an item without a decision."""
    item = entry.item
    if item.result is None:
        return entry.text
    parts = [entry.text, _("Ergebnis: %(result)s.", result=result_words(item.result)), item.result_note or ""]
    return "\n\n".join(part for part in parts if part)


def _ranking(result: PollResult) -> VoteTable:
    columns = (_("Rang"), _("Thema"), _("Punkte"), _("Organisationen"))
    rows = tuple((str(row.rank), row.title, str(row.points), str(row.voters)) for row in result.rows)
    line = ngettext(
        "%(num)s von %(entitled)s Stimmberechtigten hat abgestimmt; je %(dots)s Punkte, höchstens %(most)s je Thema.",
        "%(num)s von %(entitled)s Stimmberechtigten haben abgestimmt; je %(dots)s Punkte, höchstens %(most)s je Thema.",
        result.cast,
        entitled=result.entitled,
        dots=result.dots_per_seat,
        most=result.max_per_option,
    )
    return VoteTable(_("Ergebnis der Punktabfrage"), columns, rows, line)


def _box(decision: Decision) -> DecisionBox:
    tally = _(
        "Ja: %(yes)s, Nein: %(no)s, Enthaltungen: %(abstained)s",
        yes=decision.in_favour,
        no=decision.against,
        abstained=decision.abstained,
    )
    return DecisionBox(decision.key, decision.text, decision.result_text or "", tally)


def _signatures(sheet: MinutesSheet) -> tuple[Signature, ...]:
    return (Signature(_("Vorsitz"), sheet.chair), Signature(_("Schriftführung"), sheet.minute_taker))
