"""The life of a meeting, its notice period, the time and the numbers of its agenda. No clock, no wording."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.lifecycle import Guard, Lifecycle, Transition, every, needs

CALENDAR, FULL, WORKING = "calendar", "full", "working"
"""Units of a notice period: every day; whole days between both ends; whole days without weekends and holidays."""


@dataclass(frozen=True)
class MeetingFacts:
    """What the guards of a meeting's life look at; every fact that is not known counts against the step."""

    has_date_and_place: bool = False
    items: int = 0
    all_members_invited: bool = False
    notice_kept: bool = False
    urgency_stated: bool = False
    open_polls: int = 0
    undecided_items: int = 0
    has_reason: bool = False


_LEADING = frozenset({"chair", "office"})
_PLANNING = _LEADING | {"coordination"}

_INVITATION: Guard[MeetingFacts] = every(
    needs(lambda facts: facts.items > 0, "Eingeladen wird mit einer Tagesordnung; sie ist noch leer."),
    needs(lambda facts: facts.all_members_invited, "Die Einladung muss an alle Mitglieder gehen."),
    needs(
        lambda facts: facts.notice_kept or facts.urgency_stated,
        "Die Ladungsfrist ist nicht gewahrt; ohne begründete Dringlichkeit geht die Einladung nicht hinaus.",
    ),
)
"""All members, an agenda, in time or with a stated urgency (VwVfG § 90 Abs. 1 as the model)."""

MEETING_LIFECYCLE: Lifecycle[MeetingFacts] = Lifecycle(
    "meeting",
    [
        Transition("draft", "scheduled", _PLANNING, "date_and_place"),
        Transition("scheduled", "invited", _LEADING, "invitation"),
        Transition("invited", "running", _LEADING),
        Transition("running", "paused", _LEADING, "no_open_poll"),
        Transition("paused", "running", _LEADING),
        Transition("running", "held", _LEADING, "no_open_poll"),
        Transition("paused", "held", _LEADING, "no_open_poll"),
        Transition("held", "closed", _LEADING, "everything_decided"),
        Transition("draft", "cancelled", _PLANNING, "reason"),
        Transition("scheduled", "cancelled", _PLANNING, "reason"),
        Transition("invited", "cancelled", _LEADING, "reason"),
    ],
    {
        "date_and_place": needs(
            lambda facts: facts.has_date_and_place, "Zum Terminieren fehlen noch Tag, Uhrzeit oder Ort."
        ),
        "invitation": _INVITATION,
        "no_open_poll": needs(
            lambda facts: facts.open_polls == 0, "Es läuft noch eine Abstimmung; bitte schließen Sie sie zuerst."
        ),
        "everything_decided": needs(
            lambda facts: facts.undecided_items == 0,
            "Zu mindestens einem Tagesordnungspunkt fehlt noch das Ergebnis.",
        ),
        "reason": needs(lambda facts: facts.has_reason, "Eine Absage braucht einen Grund."),
    },
)

CANCELLABLE = ("draft", "scheduled", "invited")
FROZEN = ("held", "closed", "cancelled")
"""States in which the agenda's numbers, the attendance and the votes change only by an amendment with a reason."""


@dataclass(frozen=True)
class NoticeRule:
    """A body's notice period (BodyRules): how many days of which unit, which end counts, and the shorter periods."""

    days: int
    unit: str = CALENDAR
    count_send_day: bool = False
    count_meeting_day: bool = True
    urgent_days: int | None = None
    urgent_unit: str | None = None
    supplement_days: int | None = None


@dataclass(frozen=True)
class NoticeStatement:
    """How many days lie between invitation and meeting, and whether that is enough."""

    days: int
    needed: int
    kept: bool
    unit: str


def _unit(rule: NoticeRule, urgent: bool) -> str:
    return (rule.urgent_unit or rule.unit) if urgent else rule.unit


def _needed(rule: NoticeRule, urgent: bool) -> int:
    return rule.urgent_days if urgent and rule.urgent_days is not None else rule.days


def _counts(day: date, unit: str, holidays: Collection[date]) -> bool:
    return unit != WORKING or (day.weekday() < 5 and day not in holidays)


def notice_days(
    invited_on: date,
    meeting_date: date,
    rule: NoticeRule,
    holidays: Collection[date] = frozenset(),
    urgent: bool = False,
) -> int:
    """The days of notice as the body counts them, 0 if the meeting is not after the invitation.

    The days between always count, the sending and the meeting day only if the rule says so; full days
    leave out both ends whatever the rule says; working days leave out weekends and the holidays given.
    """
    if meeting_date <= invited_on:
        return 0
    unit = _unit(rule, urgent)
    ends = unit != FULL
    first = invited_on if ends and rule.count_send_day else invited_on + timedelta(days=1)
    last = meeting_date if ends and rule.count_meeting_day else meeting_date - timedelta(days=1)
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(_counts(day, unit, holidays) for day in span)


def notice(
    invited_on: date,
    meeting_date: date,
    rule: NoticeRule,
    holidays: Collection[date] = frozenset(),
    urgent: bool = False,
) -> NoticeStatement:
    """The counted days against the days that the rule asks for."""
    days = notice_days(invited_on, meeting_date, rule, holidays, urgent)
    needed = _needed(rule, urgent)
    return NoticeStatement(days, needed, days >= needed, _unit(rule, urgent))


def latest_dispatch(
    meeting_date: date, rule: NoticeRule, holidays: Collection[date] = frozenset(), urgent: bool = False
) -> date:
    """The last day on which the invitation may still go out."""
    day = meeting_date - timedelta(days=1)
    while not notice(day, meeting_date, rule, holidays, urgent).kept:
        day -= timedelta(days=1)
    return day


def supplement_in_time(sent_on: date, meeting_date: date, rule: NoticeRule) -> bool:
    """Whether a supplement (Nachtrag) arrives early enough, in calendar days; always, where the rule is silent."""
    return rule.supplement_days is None or (meeting_date - sent_on).days >= rule.supplement_days


def opens_on(meeting_date: date) -> date:
    """The day from which the meeting is opened and people report present: the day before, when the room is set up."""
    return meeting_date - timedelta(days=1)


@dataclass(frozen=True)
class AgendaTime:
    """Planned minutes of the items against the minutes of the meeting; `spare` is negative where they do not fit."""

    planned: int
    available: int

    @property
    def spare(self) -> int:
        """Minutes left over."""
        return self.available - self.planned

    @property
    def fits(self) -> bool:
        """Whether the agenda fits into the meeting."""
        return self.spare >= 0


def agenda_time(minutes: Iterable[int | None], start: datetime, end: datetime) -> AgendaTime:
    """The time of an agenda; items without an estimate count nothing."""
    return AgendaTime(sum(each or 0 for each in minutes), int((end - start).total_seconds()) // 60)


def next_number(numbers: Iterable[str | None]) -> str:
    """The number for an added item: after the highest one ever given, so that a withdrawn number never returns.

    Sub-items count for their parent („6.1“ for 6); items without a number count nothing.
    """
    given = (number.split(".")[0] for number in numbers if number)
    return str(max((int(number) for number in given if number.isdecimal()), default=0) + 1)


def held_number(announced: int | None, given: Iterable[int | None]) -> int:
    """The number of a meeting that took place: one more than the last one, so that none is left out.

    The first one counted here keeps its announced number: the body met before it used this programme.
    """
    counted = [number for number in given if number is not None]
    return max(counted) + 1 if counted else announced or 1


def number_items(depths: Sequence[int]) -> tuple[str, ...]:
    """Numbers for a draft agenda in its order: depth 0 becomes „1“, „2“, a deeper item „2.1“, „2.1.1“.

    Raises ValueError for an item that is more than one step deeper than the one before it.
    """
    numbers: list[str] = []
    counters: list[int] = []
    for depth in depths:
        if not 0 <= depth <= len(counters):
            raise ValueError(f"an item of depth {depth} has no parent")
        counters = [*counters[:depth], counters[depth] + 1] if depth < len(counters) else [*counters, 1]
        numbers.append(".".join(map(str, counters)))
    return tuple(numbers)
