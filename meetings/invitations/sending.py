"""Writing the letters of a meeting into the outbox: invitation, change, supplement, cancellation; and once more.

A letter says when and where, and the agenda as far as its receiver may know it. The log is written with the mail, so
nobody is told twice and nobody is forgotten.
"""

from dataclasses import dataclass, replace

from sqlmodel import col, func, select

from app.core.clock import LOCAL
from app.core.errors import DomainError, NotFound
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.mail_states import MailState
from app.core.records import MailOutbox
from app.core.work import Work
from app.people.models import Tenant
from knowledge.workshops.calendar import Appointment, Party
from knowledge.workshops.calendar_letters import CalendarLetter, write_letter
from knowledge.workshops.inviting import Sender
from meetings.agenda.actions import MEETING, move_meeting
from meetings.agenda.locking import locked_meeting
from meetings.agenda.models import Meeting
from meetings.agenda.planning import cancel_meeting
from meetings.agenda.queries import FoundMeeting, ItemLine, agenda_of
from meetings.agenda.rules import notice
from meetings.agenda.states import MeetingState
from meetings.agenda.steps import notice_rule
from meetings.invitations import calendar, policy, receivers, wording
from meetings.invitations.holidays import holidays_before
from meetings.invitations.models import MeetingLetter
from meetings.invitations.parts import for_everybody
from meetings.invitations.rules import Letter, Stand
from meetings.invitations.states import LetterKind


@dataclass(frozen=True)
class _Occasion:
    """What all letters of one sending share."""

    meeting: FoundMeeting
    tenant: Tenant
    sender: Sender
    stand: Stand
    agenda: list[ItemLine]


def send_letters(work: Work, key: str, sender: Sender, urgency: str = "") -> Meeting:
    """Write every letter that is due. A dated meeting is invited to by it, if its lifecycle allows."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_invite(work.actor, meeting))
    if meeting.state == MeetingState.SCHEDULED:
        _require_shorter_notice(work, meeting, urgency)
        move_meeting(work, key, MeetingState.INVITED, work.now.astimezone(LOCAL).date(), urgency)
        meeting = locked_meeting(work, key)
    elif meeting.state not in receivers.OPEN:
        raise RefusedMove(_("Zu dieser Sitzung werden keine Einladungen mehr verschickt."))
    sent = write_due(work, meeting, sender)
    work.record("meeting.letters", meeting.meeting, mails=sent)
    work.announce(meeting.channel, MEETING)
    return meeting.meeting


def _require_shorter_notice(work: Work, meeting: FoundMeeting, urgency: str) -> None:
    """Where the rules have a shorter period for urgent matters, it holds for them."""
    day, rule, sent = meeting.meeting.date, notice_rule(meeting), work.now.astimezone(LOCAL).date()
    if not urgency.strip() or day is None or rule.urgent_days is None:
        return
    free = holidays_before(day)
    if not (notice(sent, day, rule, free).kept or notice(sent, day, rule, free, urgent=True).kept):
        raise RefusedMove(_("Auch die verkürzte Ladungsfrist ist nicht gewahrt."))


def call_off_and_tell(work: Work, key: str, reason: str, sender: Sender) -> Meeting:
    """Call the meeting off and write the cancellations to those who were invited, in one transaction."""
    meeting = cancel_meeting(work, key, reason)
    write_due(work, locked_meeting(work, key), sender)
    return meeting


def write_due(work: Work, meeting: FoundMeeting, sender: Sender) -> int:
    """Write the letters that are due into the outbox and the log; how many there were."""
    post = receivers.post_due(work.session, meeting)
    occasion = _occasion(work, meeting, sender)
    written = _written_so_far(work, meeting.id)
    for letter in post.letters:
        _write(work, occasion, letter, written.get(letter.receiver.person_id, 0))
    return len(post.letters)


def _occasion(work: Work, meeting: FoundMeeting, sender: Sender) -> _Occasion:
    tenant = work.session.exec(select(Tenant).where(col(Tenant.id) == work.tenant_id)).one()
    agenda = agenda_of(work.session, meeting.id)
    return _Occasion(meeting, tenant, sender, receivers.stand_of(work.session, meeting), agenda)


def _written_so_far(work: Work, meeting_id: int) -> dict[int, int]:
    statement = select(col(MeetingLetter.person_id), func.count()).where(col(MeetingLetter.meeting_id) == meeting_id)
    return dict(work.session.exec(statement.group_by(col(MeetingLetter.person_id))).all())


def _write(work: Work, occasion: _Occasion, letter: Letter, number: int) -> None:
    receiver, row = letter.receiver, occasion.meeting.meeting
    once = f"meeting:{row.id}:{receiver.person_id}:{number + 1}"
    write_letter(
        work,
        CalendarLetter(
            to=Party(receiver.email, receiver.name),
            language=receiver.language,
            reference=f"meeting:{row.id}",
            once=once,
            sequence=letter.sequence,
            cancels=letter.kind == LetterKind.CANCELLATION,
        ),
        Party(occasion.sender.email, occasion.tenant.name),
        lambda: letter_text(occasion, letter),
        lambda: _appointment(occasion, letter),
    )
    work.session.add(
        MeetingLetter(
            meeting_id=row.id or 0,
            person_id=receiver.person_id,
            recipient=receiver.email,
            kind=letter.kind,
            sequence=letter.sequence,
            plan=occasion.stand.plan,
            supplements=occasion.stand.supplements,
            at=work.now,
            mail_once=once,
        )
    )


def _appointment(occasion: _Occasion, letter: Letter) -> Appointment | None:
    """The calendar entry; a supplement changes nothing in a calendar."""
    if letter.kind == LetterKind.SUPPLEMENT:
        return None
    return calendar.appointment_of(occasion.meeting, occasion.tenant, occasion.sender, with_dial_in=True)


def letter_text(occasion: _Occasion, letter: Letter) -> tuple[str, str]:
    """Subject and text, in the language of the receiver."""
    row, receiver = occasion.meeting.meeting, letter.receiver
    off = row.state == MeetingState.CANCELLED
    parts = [
        _("Guten Tag %(name)s,", name=receiver.name),
        wording.opening_of(letter.kind, receiver, off),
        f"{row.title}\n{wording.when_and_where(row)}",
    ]
    if letter.kind == LetterKind.CANCELLATION:
        parts.append(_("Der beiliegende Eintrag nimmt den Termin aus Ihrem Kalender."))
    else:
        parts += _invitation_parts(occasion, letter)
    return wording.subject_of(letter.kind, row), "\n\n".join(part for part in parts if part) + "\n"


def _invitation_parts(occasion: _Occasion, letter: Letter) -> list[str]:
    row, sender = occasion.meeting.meeting, occasion.sender
    lines = occasion.agenda if letter.receiver.whole else for_everybody(occasion.agenda, occasion.meeting.rules)
    if letter.kind == LetterKind.SUPPLEMENT:
        lines = [line for line in lines if line.item.supplement]
    parts = ["" if letter.kind == LetterKind.SUPPLEMENT else wording.dial_in_text(row)]
    parts.append(f"{_('Tagesordnung')}\n{wording.agenda_text(lines)}" if lines else "")
    if answer := calendar.link(sender, f"/sitzungen/{row.key}/antwort"):
        document = calendar.link(sender, f"/sitzungen/{row.key}/einladung.pdf")
        parts.append(_("Zusagen, absagen oder eine Vertretung schicken: %(link)s", link=answer))
        parts.append(_("Einladung mit Tagesordnung als PDF: %(link)s", link=document))
        folder = calendar.link(sender, f"/sitzungen/{row.key}/mappe")
        parts.append(_("Sitzungsmappe, alle Unterlagen in einer Datei: %(link)s", link=folder))
    else:
        parts.append(_("Bitte sagen Sie auf der Seite der Sitzung zu oder ab, oder schicken Sie eine Vertretung."))
    if letter.kind != LetterKind.SUPPLEMENT:
        parts.append(_("Der Termin liegt als Kalendereintrag bei."))
    return parts


def send_again(work: Work, key: str, letter_id: int, sender: Sender) -> Meeting:
    """Send somebody the last word once more: try the mail again that was given up, else write a new one."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_invite(work.actor, meeting))
    row = _letter_row(work, meeting, letter_id)
    told = receivers.last_told(work.session, meeting.id).get(row.person_id)
    known = {each.person_id: each for each in receivers.receivers(work.session, meeting)}
    if told is None or meeting.state not in receivers.OPEN:
        raise DomainError(_("Zu dieser Sitzung werden keine Einladungen mehr verschickt."))
    if any(due.receiver.person_id == row.person_id for due in receivers.post_due(work.session, meeting).letters):
        raise DomainError(_("Für diese Person ist etwas Neues zu verschicken; bitte verschicken Sie zuerst das."))
    waiting = _mail_of(work, row)
    if waiting is not None and waiting.state == MailState.WAITING:
        raise DomainError(_("Diese Mail wartet noch und geht von selbst hinaus."))
    receiver = known.get(row.person_id) or replace(told.receiver, whole=False)
    if not receiver.reachable:
        raise DomainError(_("Diese Person hat keine gültige Adresse oder kein aktives Konto."))
    occasion = _occasion(work, meeting, sender)
    number = _written_so_far(work, meeting.id).get(row.person_id, 0)
    kind = told.kind if LetterKind.CANCELLATION in (told.kind, row.kind) else row.kind
    _write(work, occasion, Letter(receiver, kind, told.sequence), number)
    work.record("meeting.letter_again", meeting.meeting, letter=letter_id)
    return meeting.meeting


def note_bounce(work: Work, key: str, letter_id: int) -> Meeting:
    """Note that a letter came back, as the office read it in its mailbox."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_invite(work.actor, meeting))
    row = _letter_row(work, meeting, letter_id)
    row.bounced_at = row.bounced_at or work.now
    work.session.add(row)
    work.record("meeting.letter_bounced", meeting.meeting, letter=letter_id)
    return meeting.meeting


def _letter_row(work: Work, meeting: FoundMeeting, letter_id: int) -> MeetingLetter:
    statement = select(MeetingLetter).where(
        col(MeetingLetter.id) == letter_id, col(MeetingLetter.meeting_id) == meeting.id
    )
    row = work.session.exec(statement).first()
    if row is None:
        raise NotFound(_("Diesen Eintrag gibt es im Versandprotokoll nicht."))
    return row


def _mail_of(work: Work, row: MeetingLetter) -> MailOutbox | None:
    return work.session.exec(select(MailOutbox).where(col(MailOutbox.once) == row.mail_once)).first()
