"""Steering a room that runs: phases and their clocks, the next case, the stations that appear one by one.

Every act carries where its page stood („case:position“). If the room has moved on meanwhile, nothing happens and the
sender reads where it stands now: two people who press „Weiter“ at once move one phase.
"""

from collections.abc import Mapping

from sqlmodel import col, select

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.reconstruction import rules
from knowledge.reconstruction.access import RoomView, clock_of, fresh
from knowledge.reconstruction.models import WorkshopParticipant, WorkshopPhase, WorkshopRoom
from knowledge.reconstruction.policy import may_steer
from knowledge.reconstruction.rules import LIFECYCLE, Clock, RoomFacts
from knowledge.reconstruction.states import PhaseKind
from knowledge.reconstruction.wording import PHASES
from knowledge.workshops.models import Workshop, WorkshopCase
from knowledge.workshops.states import WorkshopState

ROOM, TIMELINE = "room", "timeline"
_STEERS = frozenset({"moderator"})
_EXTENSIONS = (1, 5)


class MovedOn(DomainError):
    """Somebody else was faster; the message says where the room stands."""


def locked_room(work: Work, room: RoomView) -> WorkshopRoom:
    """The room's row, kept for this transaction alone."""
    statement = select(WorkshopRoom).where(col(WorkshopRoom.workshop_id) == room.workshop_id).with_for_update()
    row = work.session.exec(statement.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return row


def _begin(work: Work, room: RoomView, at: str) -> WorkshopRoom:
    room = fresh(work, room)
    work.require(may_steer(room))
    row = locked_room(work, room)
    if at != f"{row.workshop_case_id or 0}:{row.position}":
        raise MovedOn(_where(work, row))
    return row


def _where(work: Work, row: WorkshopRoom) -> str:
    phase = next((each for each in _phases(work, row) if each.position == row.position), None)
    if phase is None:
        return _("Inzwischen steht der Raum vor dem Beginn eines Falls. Ihr Klick hat nichts geändert.")
    return _(
        "Inzwischen läuft Phase %(position)s, „%(phase)s“. Ihr Klick hat nichts geändert.",
        position=phase.position,
        phase=PHASES[phase.kind],
    )


def _phases(work: Work, row: WorkshopRoom) -> list[WorkshopPhase]:
    statement = (
        select(WorkshopPhase)
        .where(col(WorkshopPhase.workshop_case_id) == row.workshop_case_id)
        .order_by(col(WorkshopPhase.position))
    )
    return list(work.session.exec(statement))


def _keep(work: Work, phase: WorkshopPhase, clock: Clock) -> None:
    phase.started_at, phase.ends_at = clock.started_at, clock.ends_at
    phase.seconds_left, phase.done_at = clock.seconds_left, clock.done_at
    work.session.add(phase)


def _present(work: Work, row: WorkshopRoom) -> WorkshopPhase:
    phase = next((each for each in _phases(work, row) if each.position == row.position), None)
    if phase is None:
        raise DomainError(_("Der Fall hat noch nicht begonnen."))
    return phase


def _done(work: Work, room: RoomView, row: WorkshopRoom, action: str, *signals: str, **facts: int) -> RoomView:
    work.session.add(row)
    work.record(f"workshop.{action}", room.workshop, **facts)
    for signal in signals:
        work.announce(room.channel, signal)
    return room


def go_to_phase(work: Work, room: RoomView, at: str, target: int) -> RoomView:
    """Move to a phase of the present case, in any direction; its clock runs from now. Marks „fertig“ start anew."""
    row = _begin(work, room, at)
    phases = _phases(work, row)
    if not 1 <= target <= len(phases):
        raise InvalidInput(_("Diese Phase gibt es nicht."))
    clocks = rules.moved([clock_of(each) for each in phases], row.position, target, work.now)
    for phase, clock in zip(phases, clocks, strict=True):
        _keep(work, phase, clock)
    row.position = target
    _run(work, room)
    _clear_readiness(work, room)
    return _done(work, room, row, "phase", ROOM, TIMELINE, position=target)


def _clear_readiness(work: Work, room: RoomView) -> None:
    statement = select(WorkshopParticipant).where(
        col(WorkshopParticipant.workshop_id) == room.workshop_id, col(WorkshopParticipant.ready).is_(True)
    )
    for participant in work.session.exec(statement):
        participant.ready = False
        work.session.add(participant)


def _run(work: Work, room: RoomView) -> None:
    """A move ends a pause."""
    workshop = work.session.exec(select(Workshop).where(col(Workshop.id) == room.workshop_id)).one()
    if workshop.state == WorkshopState.PAUSED:
        _change(work, workshop, WorkshopState.RUNNING)


def _change(work: Work, workshop: Workshop, target: WorkshopState) -> None:
    LIFECYCLE.require(workshop.state, target, _STEERS, RoomFacts())
    workshop.state = target
    work.session.add(workshop)


def extend(work: Work, room: RoomView, at: str, minutes: int) -> RoomView:
    """Give the present phase one or five minutes more."""
    row = _begin(work, room, at)
    if minutes not in _EXTENSIONS:
        raise InvalidInput(_("So viele Minuten lassen sich nicht auf einmal dazugeben."))
    phase = _present(work, row)
    _keep(work, phase, rules.extend(clock_of(phase), minutes, work.now))
    return _done(work, room, row, "extended", ROOM, minutes=minutes)


def pause(work: Work, room: RoomView, at: str) -> RoomView:
    """Stop the clock for everybody."""
    row = _begin(work, room, at)
    stop_clock(work, row)
    workshop = work.session.exec(select(Workshop).where(col(Workshop.id) == room.workshop_id)).one()
    _change(work, workshop, WorkshopState.PAUSED)
    return _done(work, room, row, "paused", ROOM)


def stop_clock(work: Work, row: WorkshopRoom) -> None:
    """Let the clock of the present phase rest, if there is one."""
    phase = next((each for each in _phases(work, row) if each.position == row.position), None)
    if phase is not None:
        _keep(work, phase, rules.pause(clock_of(phase), work.now))


def resume(work: Work, room: RoomView, at: str) -> RoomView:
    """Go on where the clock was stopped."""
    row = _begin(work, room, at)
    workshop = work.session.exec(select(Workshop).where(col(Workshop.id) == room.workshop_id)).one()
    _change(work, workshop, WorkshopState.RUNNING)
    phase = next((each for each in _phases(work, row) if each.position == row.position), None)
    if phase is not None:
        _keep(work, phase, rules.resume(clock_of(phase), work.now))
    return _done(work, room, row, "resumed", ROOM)


def begin_case(work: Work, room: RoomView, at: str, workshop_case_id: int) -> RoomView:
    """Turn to another case of the workshop, before its first phase. Screens that may not see it go blank at once."""
    row = _begin(work, room, at)
    entry = work.session.exec(
        select(WorkshopCase).where(
            col(WorkshopCase.id) == workshop_case_id, col(WorkshopCase.workshop_id) == room.workshop_id
        )
    ).first()
    if entry is None:
        raise InvalidInput(_("Diesen Fall gibt es in diesem Workshop nicht."))
    stop_clock(work, row)
    _run(work, room)
    row.workshop_case_id, row.position = entry.id, 0
    _clear_readiness(work, room)
    return _done(work, room, row, "case", ROOM, TIMELINE, position=entry.position)


def show_station(work: Work, room: RoomView, at: str, shown: int, step: int) -> RoomView:
    """Let the next station appear, or take the last one back; `shown` is how many the sender saw.

    Whoever was slower changes nothing and needs to know nothing: the station is there.
    """
    row = _begin(work, room, at)
    phases = _phases(work, row)
    told = next((each for each in phases if each.kind == PhaseKind.PRESENTATION), None)
    if told is None:
        raise InvalidInput(_("Diese Phase gibt es nicht."))
    if told.stations_shown == shown:
        told.stations_shown = max(shown + (1 if step > 0 else -1), 0)
        work.session.add(told)
    return _done(work, room, row, "station_shown", TIMELINE, shown=told.stations_shown)


def set_minutes(work: Work, room: RoomView, minutes: Mapping[int, int]) -> RoomView:
    """Change how long the phases of the present case take; those that have begun keep their clock."""
    room = fresh(work, room)
    work.require(may_steer(room))
    row = locked_room(work, room)
    for phase in _phases(work, row):
        wanted = minutes.get(phase.position, phase.minutes)
        if not rules.SHORTEST <= wanted <= rules.LONGEST:
            raise InvalidInput(_("Eine Phase dauert 1 bis 120 Minuten."))
        if phase.started_at is None:
            phase.minutes = wanted
            work.session.add(phase)
    return _done(work, room, row, "minutes", ROOM)
