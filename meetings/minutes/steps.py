"""The steps of minutes: sent round, signed, objected to, adopted. What is signed is never changed again."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from app.core import clock
from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import DEFAULT_LANGUAGE, _, show_date
from app.core.lifecycle import RefusedMove
from app.core.mail import send_later
from app.core.permissions import Actor, Verdict
from app.core.work import Work
from app.people.models import Person
from knowledge.conversation.letters import in_language
from meetings.agenda.models import Meeting
from meetings.agenda.queries import meeting_by_key
from meetings.agenda.states import MeetingState
from meetings.bodies.models import Seat, SeatHolder
from meetings.bodies.queries import valid_on
from meetings.follow_up.actions import take_over_the_rest
from meetings.minutes import policy
from meetings.minutes.actions import begun
from meetings.minutes.content_hash import content_sha256
from meetings.minutes.files import Written, keep, keep_files
from meetings.minutes.models import KeptFile, Minutes, MinutesObjection, MinutesSignature
from meetings.minutes.queries import MinutesSheet, sheet_by_key
from meetings.minutes.returning import send_back
from meetings.minutes.rules import MINUTES_LIFECYCLE, MinutesFacts, objections_until
from meetings.minutes.scans import checked_scan
from meetings.minutes.states import FilePurpose, MinutesState, SigningRole, Treatment

OVER = (MeetingState.CLOSED,)
"""Only a closed meeting has an end to all its items: what goes round and is signed does not change after it."""


def facts_of(sheet: MinutesSheet) -> MinutesFacts:
    """What the guards look at."""
    return MinutesFacts(
        meeting_over=sheet.meeting.state in OVER,
        signed=frozenset(str(each.role) for each in sheet.signatures),
        untreated_objections=sum(each.row.treatment is None for each in sheet.objections),
        objections_until=sheet.objections_until,
        today=clock.today(),
        adoption=str(sheet.rules.minutes_adoption) if sheet.rules else "next_meeting",
    )


def next_steps(actor: Actor, sheet: MinutesSheet) -> list[tuple[MinutesState, Verdict]]:
    """The steps that this person's roles include; a refused one says why. Signing has a form of its own."""
    roles, facts, found = policy.roles_at(actor, sheet.access), facts_of(sheet), []
    for step in MINUTES_LIFECYCLE.transitions:
        if step.source != sheet.state or step.target == MinutesState.SIGNED or step.by.isdisjoint(roles):
            continue
        found.append((MinutesState(step.target), MINUTES_LIFECYCLE.check(step.source, step.target, roles, facts)))
    return [each for each in found if not _by_another_rule(each[0], facts)]


def _by_another_rule(target: MinutesState, facts: MinutesFacts) -> bool:
    """Whether the body's rules end minutes in the other of the two ways."""
    by_signature = facts.adoption == "signatures"
    return target == (MinutesState.APPROVED if by_signature else MinutesState.NOTED)


def move_minutes(work: Work, key: str, target: str) -> Minutes:
    """Take one step that is no signature; what goes round is hashed, and its receivers are written to."""
    sheet = _sheet(work, key)
    work.require(policy.may_steer_minutes(work.actor, sheet.access))
    if target not in set(MinutesState) or target == MinutesState.SIGNED:
        raise NotFound(_("Diesen Schritt gibt es nicht."))
    minutes = begun(work, sheet)
    _check(work, sheet, target)
    minutes.state = MinutesState(target)
    if target == MinutesState.CIRCULATED:
        _circulate(work, sheet, minutes)
    elif target == MinutesState.INTERNAL_REVIEW:
        minutes.content_sha256 = minutes.circulated_at = minutes.objections_until = None
    elif target in (MinutesState.NOTED, MinutesState.APPROVED):
        minutes.adopted_on = clock.today()
    work.session.add(minutes)
    work.record("minutes.moved", minutes, target=target)
    work.announce(f"meeting:{sheet.meeting.id}", "minutes")
    return minutes


def _check(work: Work, sheet: MinutesSheet, target: str) -> None:
    roles = policy.roles_at(work.actor, sheet.access)
    verdict = MINUTES_LIFECYCLE.check(sheet.state, target, roles, facts_of(sheet))
    if not verdict:
        raise RefusedMove(_(verdict.reason))


def _circulate(work: Work, sheet: MinutesSheet, minutes: Minutes) -> None:
    """The draft goes to the members: a letter with a link, not the text."""
    days = sheet.rules.minutes_objection_days if sheet.rules else None
    minutes.circulated_at, minutes.version = work.now, minutes.version + (minutes.circulated_at is not None)
    minutes.objections_until = objections_until(work.now.astimezone(clock.LOCAL).date(), days)
    minutes.content_sha256 = content_sha256(sheet)
    subject = _("Niederschrift: %(title)s", title=sheet.meeting.title)
    for address in _addresses(work.session, sheet.meeting):
        send_later(
            work.session, to=address, subject=subject, text=_letter(sheet, minutes), reference=f"minutes:{minutes.id}",
            once=f"minutes:{minutes.id}:{minutes.content_sha256}:{address}",
        )  # fmt: skip


def _letter(sheet: MinutesSheet, minutes: Minutes) -> str:
    until = minutes.objections_until
    period = _("Einwendungen sind bis zum %(day)s möglich.", day=show_date(until)) if until else ""
    return "\n\n".join(
        part
        for part in (
            _("der Entwurf der Niederschrift liegt für Sie bereit: %(title)s.", title=sheet.meeting.title),
            period,
            _("Sie finden ihn nach der Anmeldung unter „Sitzungen“ auf der Seite der Sitzung."),
        )
        if part
    )


def _addresses(session: Session, meeting: Meeting) -> Iterable[str]:
    day = meeting.date or clock.today()
    statement = (
        select(Person.email)
        .join(SeatHolder, col(SeatHolder.person_id) == col(Person.id))
        .join(Seat, col(Seat.id) == col(SeatHolder.seat_id))
        .where(col(Seat.body_id) == meeting.body_id, valid_on(Seat, day), valid_on(SeatHolder, day))
        .order_by(col(Person.id))
    )
    return dict.fromkeys(each for each in session.exec(statement) if each)


def sign(work: Work, key: str, *, refused: bool = False, reason: str = "") -> MinutesSignature:
    """Sign what was circulated, or refuse to and say why. With both, the minutes are signed and their files kept."""
    sheet = _sheet(work, key)
    work.require(policy.may_sign_minutes(work.actor, sheet.access))
    minutes, role = begun(work, sheet), SigningRole(policy.signing_role(work.actor, sheet.access))
    if role in [each.role for each in sheet.signatures]:
        raise DomainError(_("Sie haben schon unterschrieben."))
    if refused and not reason.strip():
        raise InvalidInput(_("Bitte sagen Sie, warum Sie nicht unterschreiben; das steht dann in der Niederschrift."))
    found = content_sha256(sheet)
    if found != minutes.content_sha256:
        raise DomainError(
            _(
                "Der Inhalt hat sich seit dem Versand geändert. "
                "Die Schriftführung versendet die Niederschrift noch einmal."
            )
        )
    signature = MinutesSignature(
        minutes_id=minutes.id or 0,
        role=role,
        person_id=work.actor.person_id,
        name=work.actor.name,
        at=work.now,
        content_sha256=found,
        refused=refused,
        reason=reason.strip() or None,
    )
    work.session.add(signature)
    work.session.flush()
    work.record("minutes.refused" if refused else "minutes.signed", minutes, role=str(role), sha256=found[:16])
    _finish(work, key, minutes)
    work.announce(f"meeting:{sheet.meeting.id}", "minutes")
    return signature


def _finish(work: Work, key: str, minutes: Minutes) -> None:
    """Both have signed or refused: nothing is changed any more."""
    sheet = _sheet(work, key)
    if {str(each.role) for each in sheet.signatures} != set(SigningRole):
        return
    minutes.state, minutes.signed_at = MinutesState.SIGNED, work.now
    work.session.add(minutes)
    work.session.flush()
    signed = _sheet(work, key)
    with in_language(DEFAULT_LANGUAGE):  # the official files, in whatever language the last of the two reads
        keep_files(work, signed)
    send_back(work, signed)
    meeting = meeting_by_key(work.session, key)
    if meeting is not None:
        take_over_the_rest(work, meeting)
    work.record("minutes.locked", minutes, sha256=(minutes.content_sha256 or "")[:16])


def object_to(work: Work, key: str, number: str, text: str) -> MinutesObjection:
    """Raise an objection; the minutes stay as they are until the body has dealt with it."""
    sheet = _sheet(work, key)
    work.require(policy.may_object(work.actor, sheet.access))
    if not text.strip():
        raise InvalidInput(_("Bitte schreiben Sie, was anders lauten soll."))
    item = sheet.item(number) if number else None
    objection = MinutesObjection(
        minutes_id=sheet.id or 0,
        item_id=item.item.id if item else None,
        person_id=work.actor.person_id,
        name=f"{work.actor.name}, {work.actor.organisation_name}",
        at=work.now,
        text=text.strip(),
    )
    work.session.add(objection)
    work.record("minutes.objected", objection, item=number or "-")
    return objection


def treat(
    work: Work, key: str, objection_id: int, treatment: Treatment, meeting_key: str, note: str
) -> MinutesObjection:
    """Record what a meeting made of an objection; that meeting's minutes print it."""
    sheet = _sheet(work, key)
    work.require(policy.may_treat_objections(work.actor, sheet.access))
    found = next((each.row for each in sheet.objections if each.id == objection_id), None)
    later = work.session.exec(
        select(Meeting).where(col(Meeting.key) == meeting_key, col(Meeting.body_id) == sheet.body.id)
    ).first()
    if found is None or later is None or later.id == sheet.meeting.id:
        raise NotFound(_("Diese Einwendung oder diese Sitzung gibt es nicht."))
    if found.treatment is not None:
        raise DomainError(_("Über diese Einwendung ist schon entschieden."))
    found.treatment, found.note, found.treated_in_id = treatment, note.strip() or None, later.id
    found.treated_at, found.treated_by_id = work.now, work.actor.person_id
    work.session.add(found)
    work.record("minutes.objection_treated", found, treatment=str(treatment), meeting=meeting_key)
    return found


def keep_scan(work: Work, key: str, content: bytes) -> KeptFile:
    """Put the scan of the signed paper beside the minutes; it replaces nothing."""
    sheet = _sheet(work, key)
    work.require(policy.may_keep_scan(work.actor, sheet.access))
    minutes = begun(work, sheet)
    scan = checked_scan(content)
    safe = f"Niederschrift-{sheet.meeting.key}-unterzeichnet.{scan.suffix}"
    row = keep(work, minutes.id or 0, Written(FilePurpose.SCAN, safe, scan.content))
    work.record("minutes.scan_kept", row, sha256=row.sha256[:16], size=row.size)
    return row


def _sheet(work: Work, key: str) -> MinutesSheet:
    sheet = sheet_by_key(work.session, key)
    if sheet is None:
        raise NotFound(_("Diese Sitzung gibt es nicht."))
    return sheet
