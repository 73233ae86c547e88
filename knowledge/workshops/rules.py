"""The rules of planning: what a plan must be like, which times exist, who is told what. Pure; time is an argument.

Who may be in the room for a case follows from the person's consent and stands in `knowledge/cases/rules.py` (DP-5).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.core.permissions import ALLOWED, Verdict, refused
from knowledge.cases.rules import is_locked, may_attend
from knowledge.workshops.states import InvitationMethod, WorkshopFormat, WorkshopState

FURTHEST = dt.timedelta(days=5 * 366)
"""So far ahead a workshop may be planned; later dates are typing errors."""


class Clock(StrEnum):
    """Whether a time of day exists on a day: once, never (clocks go forward) or twice (clocks go back)."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


def clock_of(day: dt.date, time: dt.time, zone: ZoneInfo) -> Clock:
    """How often this time of day comes on this day."""
    wall = dt.datetime.combine(day, time, tzinfo=zone)
    offsets = {wall.replace(fold=fold).utcoffset() for fold in (0, 1)}
    if len(offsets) == 1:
        return Clock.ONCE
    back = wall.astimezone(dt.UTC).astimezone(zone)
    return Clock.TWICE if back.replace(tzinfo=None) == wall.replace(tzinfo=None) else Clock.NEVER


def moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The moment of a local time that exists once, in UTC."""
    return dt.datetime.combine(day, time, tzinfo=zone).astimezone(dt.UTC)


@dataclass(frozen=True)
class Slot:
    """A case on the agenda of the workshop: its id and, if they are planned, its times (local)."""

    case_id: int
    starts: dt.time | None = None
    ends: dt.time | None = None


@dataclass(frozen=True)
class Plan:
    """A workshop as it is planned. `day`, `starts`, `ends` are local; the cases stand in their order."""

    title: str
    day: dt.date
    starts: dt.time
    ends: dt.time
    format: WorkshopFormat
    place: str = ""
    question: str = ""
    moderation_id: int | None = None
    minute_taker_id: int | None = None
    slots: tuple[Slot, ...] = ()
    organisation_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong with a plan: the field that it belongs to, and a German sentence (message id)."""

    field: str
    reason: str


_NEVER = refused("Diese Uhrzeit gibt es an diesem Tag nicht: Die Uhren werden auf Sommerzeit gestellt.").reason
_TWICE = refused("Diese Uhrzeit gibt es an diesem Tag zweimal: Die Uhren werden auf Winterzeit gestellt.").reason


def problems(plan: Plan, zone: ZoneInfo, today: dt.date, day_before: dt.date | None = None) -> list[Problem]:
    """Everything that is wrong with the times; a day in the past may only stay (`day_before`), not be chosen."""
    found = []
    if plan.day < today and plan.day != day_before:
        found.append(Problem("date", refused("Dieser Tag liegt in der Vergangenheit.").reason))
    if plan.day > today + FURTHEST:
        found.append(Problem("date", refused("Dieser Tag liegt zu weit in der Zukunft.").reason))
    for name, time in (("starts", plan.starts), ("ends", plan.ends)):
        clock = clock_of(plan.day, time, zone)
        if clock is not Clock.ONCE:
            found.append(Problem(name, _NEVER if clock is Clock.NEVER else _TWICE))
    if plan.ends <= plan.starts:
        found.append(Problem("ends", refused("Das Ende liegt nicht nach dem Beginn.").reason))
    return found + slot_problems(plan, zone)


def slot_problems(plan: Plan, zone: ZoneInfo) -> list[Problem]:
    """What is wrong with the times of single cases: outside the workshop, the end before the start, two at once."""
    found = []
    taken: list[tuple[dt.time, dt.time]] = []
    for slot in plan.slots:
        reason = _slot_problem(plan, slot, zone, taken)
        if reason:
            found.append(Problem(f"case-{slot.case_id}", reason))
        elif slot.starts and slot.ends:
            taken.append((slot.starts, slot.ends))
    return found


def _slot_problem(plan: Plan, slot: Slot, zone: ZoneInfo, taken: Iterable[tuple[dt.time, dt.time]]) -> str | None:
    if slot.starts is None and slot.ends is None:
        return None
    if slot.starts is None or slot.ends is None:
        return refused("Bitte geben Sie Beginn und Ende an, oder keines von beiden.").reason
    if any(clock_of(plan.day, time, zone) is not Clock.ONCE for time in (slot.starts, slot.ends)):
        return refused("Diese Uhrzeit gibt es an diesem Tag nicht oder zweimal.").reason
    if slot.ends <= slot.starts:
        return refused("Das Ende liegt nicht nach dem Beginn.").reason
    if slot.starts < plan.starts or slot.ends > plan.ends:
        return refused("Diese Zeit liegt außerhalb des Workshops.").reason
    if any(slot.starts < ends and starts < slot.ends for starts, ends in taken):
        return refused("Diese Zeit überschneidet sich mit einem anderen Fall.").reason
    return None


def may_change_plan(state: WorkshopState) -> Verdict:
    """Date, cases and invitations are fixed once the workshop has begun."""
    if state == WorkshopState.PLANNED:
        return ALLOWED
    if state == WorkshopState.CANCELLED:
        return refused("Der Workshop ist abgesagt. Planen Sie bitte einen neuen.")
    return refused("Der Workshop hat begonnen. Termin, Fälle und Eingeladene stehen jetzt fest.")


def may_lead(organisation_type: str, scopes_of_cases: Iterable[Collection[str]]) -> Verdict:
    """Whoever leads reads every case: the consent of each must admit their organisation (DP-5)."""
    if any(is_locked(organisation_type, scopes) for scopes in scopes_of_cases):
        return refused("Die Einwilligung zu einem der Fälle schließt die Stelle dieser Person aus.")
    return ALLOWED


Cell = tuple[int, int]
"""An organisation's id and a case's id."""


def locked_cells(types: Mapping[int, str], scopes: Mapping[int, Collection[str]]) -> dict[Cell, str]:
    """Every cell of the grid that a consent locks, with the reason: types by organisation, scopes by case."""
    return {
        (organisation_id, case_id): verdict.reason
        for organisation_id, kind in types.items()
        for case_id, given in scopes.items()
        if not (verdict := may_attend(kind, given))
    }


def named_cases(texts: Iterable[str], case_names: Iterable[str]) -> list[str]:
    """The names of cases that a text says; whoever is invited reads the texts, and may not know of every case."""
    words = {word.casefold() for text in texts for word in "".join(c if c.isalnum() else " " for c in text).split()}
    return [name for name in case_names if name.casefold() in words]


@dataclass(frozen=True)
class Guest:
    """Somebody who is to be invited: an address, and for which organisation. Leaders have none and know all cases."""

    email: str
    name: str = ""
    language: str = "de"
    person_id: int | None = None
    organisation_id: int | None = None
    cases: int = 0


@dataclass(frozen=True)
class Sent:
    """The last thing that an address was told."""

    email: str
    method: InvitationMethod
    sequence: int
    revision: int
    person_id: int | None = None
    organisation_id: int | None = None
    language: str = "de"
    name: str = ""


@dataclass(frozen=True)
class Letter:
    """One calendar mail that is due. `changes`: the receiver has an earlier invitation."""

    guest: Guest
    method: InvitationMethod
    sequence: int
    changes: bool = False


@dataclass(frozen=True)
class Post:
    """All mails that are due."""

    letters: tuple[Letter, ...] = field(default=())

    def number(self, method: InvitationMethod, changes: bool = False) -> int:
        """How many of this sort."""
        return sum(each.method == method and each.changes == changes for each in self.letters)

    @property
    def new(self) -> int:
        """First invitations."""
        return self.number(InvitationMethod.REQUEST)

    @property
    def changed(self) -> int:
        """Invitations to what has changed since."""
        return self.number(InvitationMethod.REQUEST, True)

    @property
    def off(self) -> int:
        """Cancellations."""
        return self.number(InvitationMethod.CANCEL, True)


def post_due(guests: Sequence[Guest], log: Iterable[Sent], revision: int) -> Post:
    """Who has to be told what, from what everybody was told last (`log`, one entry per address).

    Nobody gets the same twice; a changed plan raises the sequence; who was invited and is not any more gets a
    cancellation. The sequence of an address only ever rises, so that calendars take the newest for true (RFC 5545).
    """
    last = {sent.email.casefold(): sent for sent in log}
    wanted = {guest.email.casefold(): guest for guest in reversed(guests)}
    due = [letter for key, guest in wanted.items() if (letter := _letter(guest, last.get(key), revision))]
    off = [
        Letter(_as_guest(sent), InvitationMethod.CANCEL, max(revision, sent.sequence + 1), True)
        for key, sent in last.items()
        if key not in wanted and sent.method == InvitationMethod.REQUEST
    ]
    return Post(tuple(sorted((*due, *off), key=lambda letter: letter.guest.email.casefold())))


def _letter(guest: Guest, last: Sent | None, revision: int) -> Letter | None:
    if last is None:
        return Letter(guest, InvitationMethod.REQUEST, revision)
    if last.method == InvitationMethod.REQUEST and last.revision >= revision:
        return None
    changes = last.method == InvitationMethod.REQUEST
    return Letter(guest, InvitationMethod.REQUEST, max(revision, last.sequence + 1), changes)


def _as_guest(sent: Sent) -> Guest:
    return Guest(sent.email, sent.name, sent.language, sent.person_id, sent.organisation_id)


def key_of(year: int, number: int) -> str:
    """W-2026-3."""
    return f"W-{year}-{number}"


def next_number(keys: Iterable[str], year: int) -> int:
    """One more than the highest number of the year."""
    start = f"W-{year}-"
    numbers = [int(key[len(start) :]) for key in keys if key.startswith(start) and key[len(start) :].isdecimal()]
    return max(numbers, default=0) + 1
