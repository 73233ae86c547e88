"""Coming to the room and being let in: with an account, or with the code and a name."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, func, select

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Organisation
from knowledge.reconstruction.access import RoomView, channel_of, fresh
from knowledge.reconstruction.models import WorkshopParticipant, WorkshopRoom
from knowledge.reconstruction.policy import may_know_room, may_lead, may_steer
from knowledge.reconstruction.rules import code_opens
from knowledge.reconstruction.states import Entry, MemberRole
from knowledge.workshops.models import Workshop, WorkshopOrganisation

PEOPLE, ROOM = "people", "room"
"""Names of live signals: somebody came, went, is ready or raises a hand; somebody's rights changed."""
MOST = 300
"""So many people one room takes at its door; nobody floods it with names."""
SEEN_EVERY = timedelta(minutes=1)
CHOSEN_AT_THE_DOOR = frozenset({MemberRole.RESONANCE, MemberRole.OWN_EXPERIENCE, MemberRole.PROJECTOR})
GIVEN_BY_THE_MODERATOR = (MemberRole.RESONANCE, MemberRole.TIMEKEEPER, MemberRole.OWN_EXPERIENCE)


@dataclass(frozen=True)
class Knock:
    """What somebody without an account says at the door."""

    name: str
    organisation_id: int | None
    role: MemberRole
    token_hash: str


def workshop_by_code(session: Session, code: str, work_now: object) -> tuple[Workshop, WorkshopRoom] | None:
    """The workshop that this code opens now."""
    found = session.exec(
        select(Workshop, WorkshopRoom)
        .join(WorkshopRoom, col(WorkshopRoom.workshop_id) == col(Workshop.id))
        .where(col(WorkshopRoom.code) == code)
    ).first()
    if found is None:
        return None
    workshop, room = found
    return (workshop, room) if code_opens(room.code, room.code_until, workshop.state, work_now) else None  # type: ignore[arg-type]


def invited(session: Session, workshop_id: int) -> list[Organisation]:
    """The organisations that are invited to a workshop, in its order."""
    statement = (
        select(Organisation)
        .join(WorkshopOrganisation, col(WorkshopOrganisation.organisation_id) == col(Organisation.id))
        .where(col(WorkshopOrganisation.workshop_id) == workshop_id)
        .order_by(col(WorkshopOrganisation.position))
    )
    return list(session.exec(statement))


def knock(work: Work, code: str, said: Knock) -> Workshop:
    """Somebody without an account asks to be let in, having promised confidentiality."""
    found = workshop_by_code(work.session, code, work.now)
    if found is None:
        raise NotFound(_("Dieser Code öffnet gerade keinen Raum. Bitte lesen Sie ihn noch einmal ab."))
    workshop = found[0]
    _check(work, workshop, said)
    row = WorkshopParticipant(
        workshop_id=workshop.id or 0,
        organisation_id=said.organisation_id,
        name=said.name,
        role=said.role,
        token_hash=said.token_hash,
        confirmed_at=work.now,
        joined_at=work.now,
        seen_at=work.now,
    )
    work.session.add(row)
    work.record("workshop.knocked", row)
    work.announce(channel_of(workshop.id or 0), PEOPLE)
    return workshop


def _check(work: Work, workshop: Workshop, said: Knock) -> None:
    if said.role not in CHOSEN_AT_THE_DOOR:
        raise InvalidInput(_("Bitte wählen Sie, als wer Sie dabei sind."))
    if said.role == MemberRole.RESONANCE and said.organisation_id not in [
        each.id for each in invited(work.session, workshop.id or 0)
    ]:
        raise InvalidInput(_("Bitte wählen Sie eine der eingeladenen Organisationen."))
    statement = select(func.count(col(WorkshopParticipant.id))).where(
        col(WorkshopParticipant.workshop_id) == workshop.id
    )
    if work.session.exec(statement).one() >= MOST:
        raise DomainError(_("Der Raum ist voll. Bitte sprechen Sie die Moderation an."))


def join(work: Work, room: RoomView) -> RoomView:
    """An account joins with one click: it promises confidentiality and is in, unless it was put out before."""
    room = fresh(work, room)
    work.require(may_know_room(room))
    if room.state not in ("running", "paused"):
        raise DomainError(_("Dieser Workshop läuft gerade nicht."))
    actor = work.actor
    row = _own_row(work, room) or WorkshopParticipant(
        workshop_id=room.workshop_id,
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        name=actor.name[:80],
        role=room.member.role,
        state=Entry.ADMITTED,
        joined_at=work.now,
        seen_at=work.now,
    )
    row.confirmed_at = row.confirmed_at or work.now
    row.state = Entry.WAITING if row.state in (Entry.REFUSED, Entry.WAITING) else Entry.ADMITTED
    row.seen_at = work.now
    work.session.add(row)
    work.record("workshop.joined", row)
    work.announce(room.channel, PEOPLE)
    return room


def _own_row(work: Work, room: RoomView) -> WorkshopParticipant | None:
    if room.member.participant_id is None:
        return None
    return work.session.get(WorkshopParticipant, room.member.participant_id)


def leave(work: Work, room: RoomView) -> RoomView:
    """Go, by oneself; the browser's place is forgotten."""
    room = fresh(work, room)
    row = _own_row(work, room)
    if row is None:
        raise DomainError(_("Sie sind nicht im Raum."))
    row.state, row.token_hash, row.ready, row.hand_at = Entry.LEFT, None, False, None
    work.session.add(row)
    work.record("workshop.left", row)
    work.announce(room.channel, PEOPLE)
    return room


def admit(work: Work, room: RoomView, participant_id: int) -> RoomView:
    """Let somebody in who waits, or again."""
    room, row = _participant(work, room, participant_id)
    row.state = Entry.ADMITTED
    return _decided(work, room, row, "admitted")


def put_out(work: Work, room: RoomView, participant_id: int) -> RoomView:
    """Do not let somebody in, or send them out again; their screen goes blank at once."""
    room, row = _participant(work, room, participant_id)
    if row.person_id is not None and row.person_id == work.actor.person_id:
        raise DomainError(_("Sich selbst kann niemand hinausschicken. Nutzen Sie „Verlassen“."))
    row.state, row.ready, row.hand_at = Entry.REFUSED, False, None
    return _decided(work, room, row, "put_out")


def admit_all(work: Work, room: RoomView) -> RoomView:
    """Let everybody in who waits; screens and people with own experience are decided one by one."""
    room = fresh(work, room)
    work.require(may_steer(room))
    waiting = select(WorkshopParticipant).where(
        col(WorkshopParticipant.workshop_id) == room.workshop_id,
        col(WorkshopParticipant.state) == Entry.WAITING,
        col(WorkshopParticipant.role) == MemberRole.RESONANCE,
    )
    count = 0
    for row in work.session.exec(waiting):
        row.state, count = Entry.ADMITTED, count + 1
        work.session.add(row)
    work.record("workshop.all_admitted", room.workshop, added=count)
    work.announce(room.channel, PEOPLE)
    work.announce(room.channel, ROOM)
    return room


def give_role(work: Work, room: RoomView, participant_id: int, place: int) -> RoomView:
    """Say who keeps the time or speaks from own experience; `place` counts in the roles that a moderator gives."""
    if not 0 <= place < len(GIVEN_BY_THE_MODERATOR):
        raise InvalidInput(_("Diese Rolle lässt sich hier nicht vergeben."))
    room, row = _participant(work, room, participant_id)
    row.role = GIVEN_BY_THE_MODERATOR[place]
    return _decided(work, room, row, "role_given")


def _participant(work: Work, room: RoomView, participant_id: int) -> tuple[RoomView, WorkshopParticipant]:
    room = fresh(work, room)
    work.require(may_steer(room))
    statement = select(WorkshopParticipant).where(
        col(WorkshopParticipant.id) == participant_id, col(WorkshopParticipant.workshop_id) == room.workshop_id
    )
    row = work.session.exec(statement).first()
    if row is None:
        raise NotFound(_("Diese Person ist nicht (mehr) im Raum."))
    return room, row


def _decided(work: Work, room: RoomView, row: WorkshopParticipant, act: str) -> RoomView:
    work.session.add(row)
    work.record(f"workshop.{act}", row)
    work.announce(room.channel, PEOPLE)
    work.announce(room.channel, ROOM)
    return room


def signal(work: Work, room: RoomView, *, ready: bool | None = None, hand: bool | None = None) -> RoomView:
    """Say „fertig“ or raise a hand, or take it back."""
    room = fresh(work, room)
    row = _own_row(work, room)
    if row is None or not room.member.admitted:
        raise DomainError(_("Sie sind nicht im Raum."))
    if ready is not None:
        row.ready = ready
    if hand is not None:
        row.hand_at = (row.hand_at or work.now) if hand else None
    row.seen_at = work.now
    work.session.add(row)
    work.record("workshop.signalled", row)
    work.announce(room.channel, PEOPLE)
    return room


def everybody(session: Session, room: RoomView) -> list[WorkshopParticipant]:
    """All who came to the door, for those who lead; in the order of their coming."""
    if not may_lead(room):
        return []
    statement = (
        select(WorkshopParticipant)
        .where(col(WorkshopParticipant.workshop_id) == room.workshop_id)
        .order_by(col(WorkshopParticipant.id))
    )
    return list(session.exec(statement))
