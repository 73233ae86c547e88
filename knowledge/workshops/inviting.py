"""Calendar mails to those who are invited: who is due, writing them into the outbox, and what was sent.

A mail says when, where and how many cases the receiver's organisation is at, never which. The log remembers the last
word to each address, so that nobody gets the same twice and whoever is not invited any more hears of it.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.core.i18n import _, ngettext, show_date, show_time_span
from app.core.mail_states import MailState
from app.core.records import MailOutbox
from app.core.work import Work
from app.people.models import Organisation, Person, PersonRole, Tenant
from app.people.states import Role
from knowledge.workshops import calendar, planning, rules
from knowledge.workshops.calendar import Appointment, Party
from knowledge.workshops.calendar_letters import CalendarLetter, write_letter
from knowledge.workshops.models import (
    Workshop,
    WorkshopCase,
    WorkshopCaseOrganisation,
    WorkshopInvitation,
    WorkshopOrganisation,
)
from knowledge.workshops.policy import may_plan_workshop
from knowledge.workshops.queries import access_of
from knowledge.workshops.rules import Guest, Letter, Post, Sent
from knowledge.workshops.states import InvitationMethod, WorkshopFormat, WorkshopState


@dataclass(frozen=True)
class Sender:
    """Whom the mails come from, and the public address that links begin with; both may be empty."""

    email: str = ""
    public_url: str = ""


@dataclass(frozen=True)
class LogRow:
    """One mail of the log as the page shows it; without `state` the outbox has forgotten it."""

    invitation: WorkshopInvitation
    organisation: str
    name: str
    state: MailState | None
    problem: str


def guests(session: Session, workshop: Workshop) -> list[Guest]:
    """Everybody who is to be invited: the leaders, and of each organisation its address or its people. Five statements.

    A cancelled workshop invites nobody; administrators are not invited, for they may not know of it (DP-14).
    """
    if workshop.state == WorkshopState.CANCELLED:
        return []
    counts, total = _cases(session, workshop)
    leaders = (workshop.moderation_id, workshop.minute_taker_id)
    admins = select(PersonRole.person_id).where(col(PersonRole.role) == Role.ADMIN)
    invited = select(WorkshopOrganisation).where(col(WorkshopOrganisation.workshop_id) == workshop.id)
    written_to = {row.organisation_id: row.email for row in session.exec(invited)}
    found = session.exec(
        select(Person)
        .where(
            col(Person.active).is_(True),
            col(Person.id).not_in(admins),
            col(Person.organisation_id).in_(written_to) | col(Person.id).in_(leaders),
        )
        .order_by(col(Person.id))
    )
    guests_ = []
    for person in found:
        leads = person.id in leaders
        if leads or written_to.get(person.organisation_id) is None:
            organisation_id = None if leads else person.organisation_id
            cases = total if leads else counts.get(person.organisation_id, 0)
            guests_.append(Guest(person.email, person.name, person.language, person.id, organisation_id, cases))
    offices = [Guest(at, "", "de", None, each, counts.get(each, 0)) for each, at in written_to.items() if at]
    return [*sorted(guests_, key=lambda guest: guest.organisation_id is not None), *offices]


def _cases(session: Session, workshop: Workshop) -> tuple[dict[int, int], int]:
    """At how many cases each organisation is, and how many there are."""
    entries = session.exec(select(WorkshopCase.id).where(col(WorkshopCase.workshop_id) == workshop.id)).all()
    counts: dict[int, int] = defaultdict(int)
    cells = select(WorkshopCaseOrganisation.organisation_id).where(
        col(WorkshopCaseOrganisation.workshop_case_id).in_(entries)
    )
    for organisation_id in session.exec(cells):
        counts[organisation_id] += 1
    return counts, len(entries)


def last_words(session: Session, workshop: Workshop) -> list[Sent]:
    """What each address was told last. One statement."""
    rows = session.exec(
        select(WorkshopInvitation, Person.name, Person.language)
        .outerjoin(Person, col(Person.id) == col(WorkshopInvitation.person_id))
        .where(col(WorkshopInvitation.workshop_id) == workshop.id)
        .order_by(col(WorkshopInvitation.sequence), col(WorkshopInvitation.id))
    )
    return list(
        {
            row.recipient.casefold(): Sent(
                row.recipient,
                row.method,
                row.sequence,
                row.revision,
                row.person_id,
                row.organisation_id,
                language or "de",
                name or "",
            )
            for row, name, language in rows
        }.values()
    )


def post_due(session: Session, workshop: Workshop) -> Post:
    """The mails that are due now; none any more once the workshop has begun. Six statements."""
    if workshop.state not in (WorkshopState.PLANNED, WorkshopState.CANCELLED):
        return Post()
    return rules.post_due(guests(session, workshop), last_words(session, workshop), workshop.revision)


def send_invitations(work: Work, key: str, sender: Sender) -> Workshop:
    """Write every mail that is due, once. A second sending finds nothing due and changes nothing."""
    workshop = work.session.exec(select(Workshop).where(col(Workshop.key) == key).with_for_update()).one()
    work.require(may_plan_workshop(work.actor, access_of(work.session, workshop)))
    tenant = work.session.exec(select(Tenant).where(col(Tenant.id) == work.tenant_id)).one()
    post = post_due(work.session, workshop)
    for letter in post.letters:
        _send(work, workshop, tenant, sender, letter)
    work.record("workshop.invited", workshop, mails=len(post.letters), revision=workshop.revision)
    return workshop


def call_off_and_tell(work: Work, key: str, reason: str, sender: Sender, confirmed: bool = False) -> Workshop:
    """Call the workshop off and write the cancellations, in one transaction."""
    planning.call_off(work, key, reason, confirmed)
    return send_invitations(work, key, sender)


def _send(work: Work, workshop: Workshop, tenant: Tenant, sender: Sender, letter: Letter) -> None:
    guest = letter.guest
    once = once_key(workshop, letter)
    write_letter(
        work,
        CalendarLetter(
            to=Party(guest.email, guest.name),
            language=guest.language,
            reference=f"workshop:{workshop.id}",
            once=once,
            sequence=letter.sequence,
            cancels=letter.method == InvitationMethod.CANCEL,
        ),
        Party(sender.email, tenant.name),
        lambda: letter_text(workshop, letter, sender),
        lambda: appointment_of(workshop, tenant, sender),
    )
    work.session.add(
        WorkshopInvitation(
            workshop_id=workshop.id or 0,
            organisation_id=guest.organisation_id,
            person_id=guest.person_id,
            recipient=guest.email,
            method=letter.method,
            sequence=letter.sequence,
            revision=workshop.revision,
            at=work.now,
            mail_once=once,
        )
    )


def once_key(workshop: Workshop, letter: Letter) -> str:
    """What the outbox knows the mail by: one per address and sequence."""
    of = f"{letter.guest.email.casefold()}:{letter.sequence}"
    return f"workshop:{workshop.id}:{hashlib.sha256(of.encode()).hexdigest()[:32]}"


def letter_text(workshop: Workshop, letter: Letter, sender: Sender) -> tuple[str, str]:
    """Subject and text, in the language of the receiver. No case, no title: mail is a postcard."""
    guest = letter.guest
    day = show_date(workshop.date)
    hello = _("Guten Tag %(name)s,", name=guest.name) if guest.name else _("Guten Tag,")
    if letter.method == InvitationMethod.CANCEL:
        off = workshop.state == WorkshopState.CANCELLED
        subject = _("Abgesagt: Fallrekonstruktion am %(day)s", day=day)
        first = (
            _("die Fallrekonstruktion am %(day)s findet nicht statt.", day=day)
            if off
            else _("die Einladung zur Fallrekonstruktion am %(day)s gilt für Sie nicht mehr.", day=day)
        )
        return subject, "\n\n".join([hello, first, _("Der beiliegende Eintrag nimmt den Termin aus Ihrem Kalender.")])
    if letter.changes:
        subject = _("Geändert: Fallrekonstruktion am %(day)s", day=day)
        first = _("der Termin der Fallrekonstruktion hat sich geändert. Jetzt gilt:")
    else:
        subject = _("Einladung: Fallrekonstruktion am %(day)s", day=day)
        first = _("Sie sind zu einer Fallrekonstruktion eingeladen:")
    parts = [hello, first, _when_and_where(workshop)]
    if guest.cases:
        parts.append(_extent(guest))
    parts.append(_("Was dort besprochen wird, ist vertraulich. Deshalb steht es nicht in dieser Mail."))
    if link := link_to(workshop, sender):
        parts.append(link)
    parts.append(_("Der Termin liegt als Kalendereintrag bei."))
    return subject, "\n\n".join(parts) + "\n"


def _extent(guest: Guest) -> str:
    if guest.organisation_id is None:
        return ngettext("Es geht um einen Fall.", "Es geht um %(num)s Fälle.", guest.cases)
    return ngettext("Ihre Stelle ist bei einem Fall dabei.", "Ihre Stelle ist bei %(num)s Fällen dabei.", guest.cases)


def _when_and_where(workshop: Workshop) -> str:
    forms = {
        WorkshopFormat.IN_PERSON: _("in Präsenz"),
        WorkshopFormat.HYBRID: _("hybrid"),
        WorkshopFormat.ONLINE: _("online"),
    }
    lines = [show_date(workshop.date, "long")]
    if workshop.starts_at is not None:
        lines.append(show_time_span(workshop.starts_at, workshop.ends_at))
    lines += [f"{workshop.place} ({forms[workshop.format]})" if workshop.place else forms[workshop.format]]
    return "\n".join(lines)


def link_to(workshop: Workshop, sender: Sender) -> str:
    """The page of the workshop, where the installation has a public address."""
    return f"{sender.public_url.rstrip('/')}/workshops/{workshop.key}" if sender.public_url else ""


def appointment_of(workshop: Workshop, tenant: Tenant, sender: Sender) -> Appointment:
    """What the calendar of everybody shows."""
    return Appointment(
        uid=f"workshop-{workshop.id}-{tenant.key}@lueckenlos",
        summary=_("Fallrekonstruktion"),
        description=_("Worum es geht, steht auf der Seite des Workshops, nicht im Kalender."),
        day=workshop.date,
        starts_at=workshop.starts_at,
        ends_at=workshop.ends_at,
        place=workshop.place or "",
        url=link_to(workshop, sender),
        zone=ZoneInfo(tenant.timezone),
    )


def as_file(workshop: Workshop, tenant: Tenant, sender: Sender, now: datetime) -> str:
    """The appointment as a file to take into any calendar."""
    method = calendar.CANCEL if workshop.state == WorkshopState.CANCELLED else calendar.PUBLISH
    party = Party(sender.email, tenant.name)
    return calendar.written(appointment_of(workshop, tenant, sender), method, workshop.revision, now, party)


def log_of(session: Session, workshop: Workshop) -> list[LogRow]:
    """Every mail that was written, the newest first, with where it stands. One statement."""
    found: Any = select(WorkshopInvitation, Organisation.name, Person.name, MailOutbox.state, MailOutbox.problem)  # type: ignore[call-overload]
    rows = session.exec(
        found.outerjoin(Organisation, col(Organisation.id) == col(WorkshopInvitation.organisation_id))
        .outerjoin(Person, col(Person.id) == col(WorkshopInvitation.person_id))
        .outerjoin(MailOutbox, col(MailOutbox.once) == col(WorkshopInvitation.mail_once))
        .where(col(WorkshopInvitation.workshop_id) == workshop.id)
        .order_by(col(WorkshopInvitation.at).desc(), col(WorkshopInvitation.recipient))
    )
    return [
        LogRow(row, organisation or "", person or "", state, problem or "")
        for row, organisation, person, state, problem in rows
    ]
