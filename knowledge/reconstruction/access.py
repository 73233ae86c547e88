"""The room as one member has it: who they are in it, where it stands, and whether the present case is open to them.

Everything that belongs to a case is None for a member who may not see it: not even its title or phase gets out.
A fixed number of statements, whoever asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.core.clock import LOCAL
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.permissions import Actor
from app.core.work import Work
from app.people.models import Organisation
from knowledge.cases.access import FoundCase, found_cases
from knowledge.cases.models import Case
from knowledge.cases.policy import may_read_case
from knowledge.cases.rules import is_locked
from knowledge.reconstruction.models import WorkshopParticipant, WorkshopPhase, WorkshopRoom
from knowledge.reconstruction.policy import Member, RoomAccess
from knowledge.reconstruction.rules import Clock, remaining
from knowledge.reconstruction.states import Entry, MemberRole, PhaseKind, Screen, Tab
from knowledge.workshops.models import Workshop, WorkshopCase, WorkshopOrganisation

__all__ = ["Member", "PhaseView", "RoomView", "Who", "channel_of", "clock_of", "fresh", "room_for"]

Who = Actor | str
"""An account, or the hash of the token of a participant without one."""

OWN_EXPERIENCE_TYPE = "mso"
"""A person with own experience is let into a case as the self-organisations of migrants are."""


@dataclass(frozen=True)
class PhaseView:
    """A phase at this moment. `seconds` are what is left, negative when its time is over."""

    kind: PhaseKind
    position: int
    minutes: int
    started_at: datetime | None
    ends_at: datetime | None
    paused: bool
    done: bool
    seconds: int
    stations_shown: int

    @property
    def running(self) -> bool:
        """Whether its clock counts down."""
        return self.ends_at is not None


@dataclass(frozen=True, kw_only=True)
class RoomView(RoomAccess):
    """The room for one member. `workshop_case`, `case`, `phase` and `phases` are None or empty where they may not see.

    `room` is None while the workshop has not been opened.
    """

    workshop: Workshop
    room: WorkshopRoom | None
    who: Who
    now: datetime
    tab: Tab = Tab.TIMELINE
    workshop_case: WorkshopCase | None = None
    found: FoundCase | None = None
    phase: PhaseView | None = None
    phases: tuple[PhaseView, ...] = ()

    @property
    def workshop_id(self) -> int:
        """The workshop's id."""
        return self.workshop.id or 0

    @property
    def key(self) -> str:
        """The workshop's key, as addresses have it."""
        return self.workshop.key

    @property
    def case(self) -> Case | None:
        """The present case, for those who may see it."""
        return self.found.case if self.found else None

    @property
    def case_id(self) -> int | None:
        """Its id, for those who may see it."""
        return self.found.id if self.found else None

    @property
    def workshop_case_id(self) -> int | None:
        """The agenda entry of the present case, for those who may see it."""
        return self.workshop_case.id if self.workshop_case else None

    @property
    def channel(self) -> str:
        """Where signals of this room are announced."""
        return channel_of(self.workshop_id)

    @property
    def at(self) -> str:
        """Where the room stands, for forms that must not act on an old page: „case:position“."""
        return f"{self.room.workshop_case_id or 0}:{self.room.position}" if self.room else "0:0"


def channel_of(workshop_id: int) -> str:
    """The live channel of a workshop's room."""
    return f"workshop:{workshop_id}"


def room_for(
    session: Session,
    key: str,
    who: Who,
    now: datetime,
    screen: Screen = Screen.PHONE,
    tab: Tab = Tab.TIMELINE,
) -> RoomView | None:
    """The room of the workshop with this key for an account, or for the participant whose token has this hash.

    None if there is no such workshop for them.
    """
    row = session.exec(
        select(Workshop, WorkshopRoom, WorkshopCase)
        .outerjoin(WorkshopRoom, col(WorkshopRoom.workshop_id) == col(Workshop.id))
        .outerjoin(WorkshopCase, col(WorkshopCase.id) == col(WorkshopRoom.workshop_case_id))
        .where(col(Workshop.key) == key)
    ).first()
    if row is None:
        return None
    workshop, room, entry = row
    member = _account(session, workshop, who) if isinstance(who, Actor) else _guest(session, workshop, who)
    if member is None:
        return None
    plain = RoomView(
        member=member,
        state=workshop.state.value,
        screen=screen,
        workshop=workshop,
        room=room,
        who=who,
        now=now,
        tab=tab,
    )
    return _with_case(session, plain, entry) if member.admitted else plain


def fresh(work: Work, room: RoomView) -> RoomView:
    """The same room as it stands in the transaction of an action: a page may be older than what has happened."""
    found = room_for(work.session, room.key, room.who, work.now, room.screen, room.tab)
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return found


def _with_case(session: Session, plain: RoomView, entry: WorkshopCase | None) -> RoomView:
    room = plain.room
    if room is None or entry is None:
        return plain
    found = next(iter(found_cases(session, plain.now.astimezone(LOCAL).date(), [entry.case_id])), None)
    if found is None:
        return plain
    member = _as_giver(plain.member, found)
    if not sees_case(member, found, room.position):
        return plain
    phases = phases_of(session, entry.id or 0, plain.now)
    return RoomView(
        member=member,
        state=plain.state,
        screen=plain.screen,
        position=room.position,
        sees_case=True,
        workshop=plain.workshop,
        room=room,
        who=plain.who,
        now=plain.now,
        tab=plain.tab,
        workshop_case=entry,
        found=found,
        phase=next((each for each in phases if each.position == room.position), None),
        phases=phases,
    )


def sees_case(member: Member, found: FoundCase, position: int) -> bool:
    """Whether a member who was let in may see the case that the room stands at."""
    if not member.admitted:
        return False
    if member.role == MemberRole.PROJECTOR:
        return position > 0 and found.state == "released"
    if member.role == MemberRole.OWN_EXPERIENCE:
        open_to_them = found.state == "released" and not is_locked(OWN_EXPERIENCE_TYPE, found.scopes)
        return member.confirmed and open_to_them
    return member.confirmed and bool(may_read_case(member.actor, found))


def _as_giver(member: Member, found: FoundCase) -> Member:
    if found.giver_id is None or member.actor.person_id != found.giver_id or member.leads:
        return member
    return Member(**{**vars(member), "role": MemberRole.CASE_GIVER})


def _account(session: Session, workshop: Workshop, actor: Actor) -> Member | None:
    if actor.has_role("admin"):
        return None
    row = session.exec(
        select(WorkshopParticipant).where(
            col(WorkshopParticipant.workshop_id) == workshop.id, col(WorkshopParticipant.person_id) == actor.person_id
        )
    ).first()
    role = _leading_role(workshop, actor)
    if row is None and role is None and not _is_invited(session, workshop, actor):
        return None
    entry = Entry.ADMITTED if role is not None else row.state if row else None
    return _member(workshop, row, actor, role, entry)


def _leading_role(workshop: Workshop, actor: Actor) -> MemberRole | None:
    if actor.person_id == workshop.moderation_id:
        return MemberRole.MODERATOR
    if actor.person_id == workshop.minute_taker_id and not actor.has_role("coordination"):
        return MemberRole.MINUTES
    return MemberRole.MODERATOR if actor.has_role("coordination") else None


def _is_invited(session: Session, workshop: Workshop, actor: Actor) -> bool:
    statement = select(WorkshopOrganisation.id).where(
        col(WorkshopOrganisation.workshop_id) == workshop.id,
        col(WorkshopOrganisation.organisation_id) == actor.organisation_id,
    )
    return session.exec(statement).first() is not None or _gives_a_case(session, workshop, actor)


def _gives_a_case(session: Session, workshop: Workshop, actor: Actor) -> bool:
    statement = (
        select(WorkshopCase.id)
        .join(Case, col(Case.id) == col(WorkshopCase.case_id))
        .where(col(WorkshopCase.workshop_id) == workshop.id, col(Case.case_giver_id) == actor.person_id)
    )
    return session.exec(statement).first() is not None


def _guest(session: Session, workshop: Workshop, token_hash: str) -> Member | None:
    found = session.exec(
        select(WorkshopParticipant, Organisation)
        .outerjoin(Organisation, col(Organisation.id) == col(WorkshopParticipant.organisation_id))
        .where(col(WorkshopParticipant.workshop_id) == workshop.id, col(WorkshopParticipant.token_hash) == token_hash)
    ).first()
    if found is None:
        return None
    row, organisation = found
    return _member(workshop, row, guest_actor(row, organisation), None, row.state)


def guest_actor(row: WorkshopParticipant, organisation: Organisation | None) -> Actor:
    """A participant without an account as policies see them: an organisation, no person, no roles."""
    return Actor(
        person_id=0,
        tenant_id=row.tenant_id,
        organisation_id=organisation.id or 0 if organisation else 0,
        organisation_type=organisation.type if organisation else "",
        roles=frozenset(),
        seats=(),
        name=row.name,
        organisation_name=organisation.name if organisation else "",
    )


def _member(
    workshop: Workshop, row: WorkshopParticipant | None, actor: Actor, role: MemberRole | None, entry: Entry | None
) -> Member:
    return Member(
        workshop_id=workshop.id or 0,
        participant_id=row.id if row else None,
        actor=actor,
        role=role or (row.role if row else MemberRole.RESONANCE),
        entry=entry,
        confirmed=row is not None and row.confirmed_at is not None,
        ready=row is not None and row.ready,
        hand=row is not None and row.hand_at is not None,
    )


def phases_of(session: Session, workshop_case_id: int, now: datetime) -> tuple[PhaseView, ...]:
    """The phases of a case in their order, as they stand now."""
    rows: Sequence[WorkshopPhase] = session.exec(
        select(WorkshopPhase)
        .where(col(WorkshopPhase.workshop_case_id) == workshop_case_id)
        .order_by(col(WorkshopPhase.position))
    ).all()
    return tuple(_phase(row, now) for row in rows)


def clock_of(row: WorkshopPhase) -> Clock:
    """The clock of a stored phase."""
    return Clock(row.minutes, row.started_at, row.ends_at, row.seconds_left, row.done_at)


def _phase(row: WorkshopPhase, now: datetime) -> PhaseView:
    clock = clock_of(row)
    return PhaseView(
        kind=row.kind,
        position=row.position,
        minutes=row.minutes,
        started_at=row.started_at,
        ends_at=row.ends_at,
        paused=clock.is_paused,
        done=row.done_at is not None,
        seconds=remaining(clock, now),
        stations_shown=row.stations_shown,
    )
