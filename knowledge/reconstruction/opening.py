"""Opening the room of a workshop, its code, and its end."""

import secrets
from datetime import datetime, time, timedelta

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.cases.models import Case
from knowledge.cases.states import CaseState
from knowledge.reconstruction.access import RoomView, channel_of, fresh
from knowledge.reconstruction.card_actions import erase_authors
from knowledge.reconstruction.models import WorkshopParticipant, WorkshopPhase, WorkshopRoom
from knowledge.reconstruction.policy import may_open, may_steer
from knowledge.reconstruction.rules import CODE_LENGTH, LETTERS, LIFECYCLE, TEMPLATE, RoomFacts
from knowledge.reconstruction.states import Entry, MemberRole
from knowledge.reconstruction.steering import locked_room, stop_clock
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.states import WorkshopState

ROOM = "room"
"""Name of the live signal: phase, clock, case or the workshop's state changed."""
_STEERS = frozenset({"moderator"})


def fresh_code() -> str:
    """A code that is easy to read aloud; 26 letters and digits make 300 million of them."""
    return "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))


def end_of_day(now: datetime) -> datetime:
    """Midnight where the county is."""
    return datetime.combine(now.astimezone(LOCAL).date() + timedelta(days=1), time(), LOCAL)


def open_room(work: Work, key: str) -> WorkshopRoom:
    """Let people in: the workshop runs from now on, every case gets its phases, the first one is next."""
    workshop = work.session.exec(select(Workshop).where(col(Workshop.key) == key).with_for_update()).first()
    if workshop is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(may_open(work.actor, workshop.moderation_id))
    entries = _entries(work, workshop)
    released = [entry for entry, state in entries if state == CaseState.RELEASED]
    unreleased = sum(state in (CaseState.DRAFT, CaseState.CHECKED) for _entry, state in entries)
    LIFECYCLE.require(workshop.state, WorkshopState.RUNNING, _STEERS, RoomFacts(len(released), unreleased))
    workshop.state = WorkshopState.RUNNING
    room = WorkshopRoom(
        workshop_id=workshop.id or 0,
        code=fresh_code(),
        code_until=end_of_day(work.now),
        workshop_case_id=released[0].id,
        opened_at=work.now,
        opened_by_id=work.actor.person_id,
    )
    work.session.add(workshop)
    work.session.add(room)
    for entry in released:
        work.session.add_all(phases_for(entry))
    work.session.add(_opener(work, workshop))
    work.record("workshop.opened", workshop, cases=len(released))
    work.announce(channel_of(workshop.id or 0), ROOM)
    return room


def _entries(work: Work, workshop: Workshop) -> list[tuple[WorkshopCase, str]]:
    statement = (
        select(WorkshopCase, Case.state)
        .join(Case, col(Case.id) == col(WorkshopCase.case_id))
        .where(col(WorkshopCase.workshop_id) == workshop.id)
        .order_by(col(WorkshopCase.position))
    )
    return [(entry, state) for entry, state in work.session.exec(statement)]


def phases_for(entry: WorkshopCase) -> list[WorkshopPhase]:
    """The phases of a case as the template has them."""
    return [
        WorkshopPhase(workshop_case_id=entry.id or 0, kind=kind, position=position, minutes=minutes)
        for position, (kind, minutes) in enumerate(TEMPLATE, start=1)
    ]


def _opener(work: Work, workshop: Workshop) -> WorkshopParticipant:
    """Whoever opens the room has promised confidentiality with the same click (DP-18)."""
    return WorkshopParticipant(
        workshop_id=workshop.id or 0,
        person_id=work.actor.person_id,
        organisation_id=work.actor.organisation_id,
        name=work.actor.name[:80],
        role=MemberRole.MODERATOR,
        state=Entry.ADMITTED,
        confirmed_at=work.now,
        joined_at=work.now,
        seen_at=work.now,
    )


def has_promised(participant: WorkshopParticipant) -> bool:
    """Whether this is somebody who was in the room and promised to keep it to themselves; a screen promises nothing."""
    return (
        participant.confirmed_at is not None
        and participant.state in (Entry.ADMITTED, Entry.LEFT)
        and participant.role != MemberRole.PROJECTOR
    )


def renew_code(work: Work, room: RoomView) -> RoomView:
    """A new code for today; the old one opens nothing any more. Who is in stays in."""
    room = fresh(work, room)
    work.require(may_steer(room))
    row = locked_room(work, room)
    row.code, row.code_until = fresh_code(), end_of_day(work.now)
    work.session.add(row)
    work.record("workshop.code_renewed", room.workshop)
    work.announce(room.channel, ROOM)
    return room


def close_room(work: Work, room: RoomView) -> RoomView:
    """The workshop was held: no code, no place in any browser, and the number of promises stays with it."""
    room = fresh(work, room)
    work.require(may_steer(room))
    row = locked_room(work, room)
    workshop = work.session.exec(select(Workshop).where(col(Workshop.id) == room.workshop_id)).one()
    LIFECYCLE.require(workshop.state, WorkshopState.HELD, _STEERS, RoomFacts())
    stop_clock(work, row)
    workshop.state = WorkshopState.HELD
    row.code = row.code_until = None
    confirmed = 0
    of_workshop = select(WorkshopParticipant).where(col(WorkshopParticipant.workshop_id) == workshop.id)
    for participant in work.session.exec(of_workshop):
        confirmed += has_promised(participant)
        participant.token_hash, participant.ready, participant.hand_at = None, False, None
        work.session.add(participant)
    workshop.confidentiality_confirmed = confirmed
    work.session.add(workshop)
    work.session.add(row)
    erase_authors(work, workshop.id or 0)
    work.record("workshop.held", workshop, confirmed=confirmed)
    work.announce(room.channel, ROOM)
    return room
