"""From the recorded meeting to the content of its minutes document: every text put into words, nothing looked up."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.core.i18n import _, language, show_date, show_datetime, show_time, show_time_span
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
    Motion,
    Signature,
    Statement,
    Task,
    VoteTable,
)
from exports.docx.wording import ENGLISH, GERMAN
from exports.minutes_votes import poll_line
from meetings.agenda.rules import notice
from meetings.agenda.states import ItemPart
from meetings.agenda.steps import notice_rule_of
from meetings.agenda.wording import result_words
from meetings.bodies.wording import days_words
from meetings.decisions.models import Decision
from meetings.invitations.holidays import holidays_before
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.minutes.recorded import Recused
from meetings.minutes.rules import SeatAtMeeting, attended, excused
from meetings.minutes.signing import Objection
from meetings.minutes.states import SigningRole
from meetings.minutes.wording import first_item, stay_words, time_words, treatments
from meetings.room.captured import Captured
from meetings.room.rules import QUORUM_RULES, quorum
from meetings.room.states import CapturedKind, MotionResult, Occasion
from meetings.room.wording import finding_words, quorum_sentence

KINDS = {
    "procedural": "Formalie",
    "decision": "Beschluss",
    "report": "Bericht",
    "discussion": "Beratung",
    "vote": "Abstimmung",
}
SIGNED = {"signed", "noted", "approved"}


def minutes_document(sheet: MinutesSheet, tenant: Tenant, results: Mapping[int, VoteTable]) -> MinutesDocument:
    """The document of a sheet; `results` are those of its closed polls by id."""
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
        agenda=_agenda(sheet.items),
        records=tuple(_record(entry, results, public=sheet.public) for entry in sheet.items),
        excused=tuple(_attendee(seat, "") for seat in excused(sheet.seats)),
        tasks=_tasks(sheet),
        next_meeting=_next(sheet),
        closed_at=show_time(sheet.ended_at) if sheet.ended_at else "",
        signatures=_signatures(sheet),
        distribution=sheet.distribution,
        annexes=sheet.annexes,
        objections=tuple(map(_objection, sheet.treated)),
        checksum=sheet.content_sha256,
        is_public=sheet.public,
        classification=_("Öffentlich") if sheet.public else _("Nur für Mitglieder des Gremiums – keine Einzelfälle"),
        version=str(sheet.version),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
        issued_at=meeting.starts_at,
    )


def _facts(sheet: MinutesSheet) -> Facts:
    meeting, (begun, ended) = sheet.meeting, time_words(sheet)
    return Facts(
        place=meeting.place or "–",
        begin=begun,
        end=ended,
        chair=sheet.chair or "–",
        minute_taker=sheet.minute_taker or "–",
        invited_on=show_date(meeting.invited_on),
        notice=_notice(sheet),
        quorum=_quorum(sheet),
        breaks=_breaks(sheet),
    )


def _breaks(sheet: MinutesSheet) -> str:
    """The interruptions with their reasons; in the public version the times alone."""
    spans = []
    for each in sheet.breaks:
        span = show_time_span(each.since, each.until)
        spans.append(f"{span} ({each.reason})" if each.reason and not sheet.public else span)
    return ", ".join(spans)


def _next(sheet: MinutesSheet) -> str:
    found = sheet.next_meeting
    if found is None:
        return ""
    return ", ".join(
        part
        for part in (show_date(found.date, "long"), show_time(found.starts_at) if found.starts_at else "", found.place)
        if part
    )


def _objection(found: Objection) -> Statement:
    """An objection to earlier minutes with what this meeting made of it."""
    about = ", ".join(
        part for part in (found.row.name, found.meeting, f"TOP {found.number}" if found.number else "") if part
    )
    treated = treatments().get(str(found.row.treatment or ""), "")
    made = ": ".join(part for part in (treated, found.row.note or "") if part)
    return Statement(about, "\n".join(part for part in (found.row.text, made) if part))


def _tasks(sheet: MinutesSheet) -> tuple[Task, ...]:
    """The list of tasks at the end: what was captured at each item, with the item's decision if there is one."""
    return tuple(
        replace(_task(each), decision=entry.decisions[-1].key if entry.decisions else f"TOP {entry.item.number or ''}")
        for entry in sheet.items
        for each in entry.recorded.of_kind(CapturedKind.TASK)
    )


def _task(found: Captured) -> Task:
    return Task(found.text, found.organisation or found.person or "", show_date(found.due) if found.due else "")


def _notice(sheet: MinutesSheet) -> str:
    """Whether the notice period was kept, counted as the invitation counts it: by the body's own rule.

    Why a meeting was urgent the public is not told.
    """
    meeting = sheet.meeting
    if meeting.invited_on is None or meeting.date is None or sheet.rules is None:
        return ""
    rule = notice_rule_of(sheet.rules)
    found = notice(meeting.invited_on, meeting.date, rule, holidays_before(meeting.date))
    kept = _("Frist gewahrt") if found.kept else _("Frist nicht gewahrt")
    words = f"{kept}, {days_words(found.days, found.unit)}"
    if not meeting.urgency:
        return words
    if sheet.public:
        return _("%(notice)s; wegen Dringlichkeit", notice=words)
    return _("%(notice)s; Dringlichkeit: %(reason)s", notice=words, reason=meeting.urgency)


def _quorum(sheet: MinutesSheet) -> str:
    """What was stated of the quorum, lost and regained, in its order; where nobody stated it, how it began."""
    found = list(map(finding_words, sheet.findings))
    if not any(each.occasion == Occasion.STATED for each in sheet.findings):
        found.insert(0, _quorum_at_first(sheet))
    return " ".join(found)


def _quorum_at_first(sheet: MinutesSheet) -> str:
    rule = QUORUM_RULES[sheet.rules.quorum if sheet.rules else "half_of_voting_members"]
    voting = {place for place, seat in enumerate(sheet.seats) if seat.kind == "voting"}
    present = {place for place, seat in enumerate(sheet.seats) if _was_there_first(seat, first_item(sheet))}
    found = quorum_sentence(quorum(rule, voting, present))
    return f"{show_time(sheet.begun_at)}: {found}" if sheet.begun_at else found


def _was_there_first(seat: SeatAtMeeting, first: str) -> bool:
    """Whether the seat was taken when the meeting began."""
    return seat.present is not None and seat.attended.since in ("", first)


def _attendance(sheet: MinutesSheet) -> tuple[AttendanceGroup, ...]:
    groups = (
        (_("Stimmberechtigte Mitglieder"), attended(sheet.seats, "voting")),
        (_("Beratende Mitglieder"), attended(sheet.seats, "advisory")),
        (_("Geschäftsstelle"), attended(sheet.seats, "office")),
        (_("Gäste"), attended(sheet.seats, "guest")),
    )
    first = first_item(sheet)
    found = [
        AttendanceGroup(title, tuple(_attendee(seat, first) for seat in seats)) for title, seats in groups if seats
    ]
    if sheet.guests:
        guests = tuple(Attendee(guest.organisation, guest.name) for guest in sheet.guests)
        found.append(AttendanceGroup(_("Eingeladene Gäste"), guests))
    return tuple(found)


def _attendee(seat: SeatAtMeeting, first: str) -> Attendee:
    words = stay_words(seat.attended, first)
    return Attendee(seat.organisation, seat.present or seat.holder, seat.substitute_for, words)


def _agenda(items: Sequence[ItemSheet]) -> tuple[AgendaItem, ...]:
    """The agenda with its parts named where there are two."""
    parted = len({entry.item.part for entry in items}) > 1
    return tuple(_line(entry, _part(entry) if parted else "") for entry in items)


def _part(entry: ItemSheet) -> str:
    return _("A. Öffentlicher Teil") if entry.item.part == ItemPart.PUBLIC else _("B. Nicht öffentlicher Teil")


def _line(entry: ItemSheet, part: str) -> AgendaItem:
    item = entry.item
    kind = "" if entry.reduced else _(KINDS[item.kind.value])
    return AgendaItem(item.number or "–", item.title, kind, _papers(entry), part)


def _papers(entry: ItemSheet) -> str:
    return ", ".join(each.reference for each in entry.recorded.papers)


def _record(entry: ItemSheet, results: Mapping[int, VoteTable], *, public: bool) -> ItemRecord:
    counted = [results[poll.id or 0] for poll in entry.polls if poll.id in results]
    return ItemRecord(
        number=entry.item.number or "–",
        title=entry.item.title,
        paper=_papers(entry),
        reporter=entry.speaker,
        text=_text(entry),
        called_at=show_time(entry.recorded.called_at) if entry.recorded.called_at else "",
        recusals=tuple(map(_recusal, entry.recorded.recusals)),
        motions=tuple(map(_motion, entry.recorded.of_kind(CapturedKind.MOTION))),
        tasks=tuple(map(_task, entry.recorded.of_kind(CapturedKind.TASK))),
        ranking=counted[0] if counted else None,
        further=tuple(counted[1:]),
        poll_lines=tuple(filter(None, (poll_line(poll, public=public) for poll in entry.polls))),
        decisions=tuple(map(_box, entry.decisions)),
    )


def _text(entry: ItemSheet) -> str:
    """What was written, and what came of an item without a decision."""
    item = entry.item
    if entry.reduced:
        return _("In nicht öffentlicher Sitzung behandelt.")
    parts = [entry.told, *(each.text for each in entry.circulars)]
    if item.result is not None:
        parts += [_("Ergebnis: %(result)s.", result=result_words(item.result)), item.result_note or ""]
    return "\n\n".join(part for part in parts if part)


def _recusal(found: Recused) -> str:
    """Whose seat took no part; why is nobody's business."""
    how = _("hat den Raum verlassen") if found.left_room else _("blieb im Raum")
    return f"{found.organisation} ({how})"


def _motion(found: Captured) -> Motion:
    votes = (found.in_favour, found.against, found.abstained)
    counted = (
        _("Ja: %(yes)s, Nein: %(no)s, Enthaltungen: %(abstained)s", yes=votes[0], no=votes[1], abstained=votes[2])
        if all(each is not None for each in votes)
        else ""
    )
    words = MOTION_RESULTS[found.result]() if found.result else ""
    return Motion(found.text, found.person or "", "; ".join(part for part in (words, counted) if part))


MOTION_RESULTS = {
    MotionResult.ADOPTED: lambda: _("angenommen"),
    MotionResult.REJECTED: lambda: _("abgelehnt"),
    MotionResult.WITHDRAWN: lambda: _("zurückgezogen"),
    MotionResult.LEFT_OPEN: lambda: _("nicht entschieden"),
}


def _box(decision: Decision) -> DecisionBox:
    tally = _(
        "Ja: %(yes)s, Nein: %(no)s, Enthaltungen: %(abstained)s",
        yes=decision.in_favour,
        no=decision.against,
        abstained=decision.abstained,
    )
    return DecisionBox(decision.key, decision.text, decision.result_text or "", tally)


def _signatures(sheet: MinutesSheet) -> tuple[Signature, ...]:
    return (_signature(sheet, SigningRole.CHAIR, sheet.chair), _signature(sheet, SigningRole.CLERK, sheet.minute_taker))


def _signature(sheet: MinutesSheet, role: SigningRole, name: str) -> Signature:
    title = _("Vorsitz") if role == SigningRole.CHAIR else _("Schriftführung")
    found = next((each for each in sheet.signatures if each.role == role), None)
    if found is None:
        return Signature(title, name)
    if found.refused and sheet.public:  # the reason is for the body: it may tell of people or of the closed part
        return Signature(title, found.name, remark=_("Unterschrift verweigert"))
    if found.refused:
        return Signature(title, found.name, remark=_("Unterschrift verweigert: %(reason)s", reason=found.reason or ""))
    return Signature(title, found.name, show_datetime(found.at))
