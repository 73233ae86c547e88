"""A meeting's next steps for one reader: which ones there are, whether the guard lets them, and what it looks at."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from app.core import clock
from app.core.permissions import Actor, Verdict
from app.people.models import Organisation
from meetings.agenda.models import AgendaItem
from meetings.agenda.policy import may_conduct_meeting, may_plan_meeting
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.rules import (
    MEETING_LIFECYCLE,
    MeetingFacts,
    NoticeRule,
    NoticeStatement,
    latest_dispatch,
    notice,
)
from meetings.agenda.states import ItemKind, ItemState, MeetingState
from meetings.bodies.models import BodyRules, Seat, SeatHolder
from meetings.bodies.policy import roles_in
from meetings.bodies.queries import valid_on
from meetings.bodies.states import SeatKind
from meetings.decisions.models import Decision
from meetings.invitations.holidays import holidays_before
from meetings.voting.models import Poll
from meetings.voting.states import PollState

OFFERED = (
    MeetingState.SCHEDULED,
    MeetingState.INVITED,
    MeetingState.RUNNING,
    MeetingState.PAUSED,
    MeetingState.HELD,
    MeetingState.CLOSED,
)
"""The steps that have a button. Calling a meeting off needs a reason that is kept, so it is not among them."""

MEMBERS = (SeatKind.VOTING, SeatKind.ADVISORY)


@dataclass(frozen=True)
class Step:
    """One step: where it leads, and whether this person may take it now."""

    target: MeetingState
    verdict: Verdict


def notice_rule(meeting: FoundMeeting) -> NoticeRule:
    """The notice period by the body's rules of procedure."""
    return notice_rule_of(meeting.rules)


def notice_rule_of(rules: BodyRules) -> NoticeRule:
    """The notice period that rules of procedure ask for."""
    return NoticeRule(
        days=rules.invitation_days,
        unit=str(rules.notice_unit),
        count_send_day=rules.counts_send_day,
        count_meeting_day=rules.counts_meeting_day,
        urgent_days=rules.urgent_days,
        urgent_unit=str(rules.urgent_unit) if rules.urgent_unit else None,
        supplement_days=rules.supplement_days,
    )


def notice_of(meeting: FoundMeeting, invited_on: date | None = None) -> NoticeStatement | None:
    """The notice period kept by the invitation of that day, else of the planned day; None while a date is missing."""
    sent, day = invited_on or meeting.meeting.invited_on, meeting.meeting.date
    return notice(sent, day, notice_rule(meeting), holidays_before(day)) if sent and day else None


def last_dispatch(meeting: FoundMeeting) -> date | None:
    """The last day on which the invitation may go out; None while the meeting has no date."""
    day = meeting.meeting.date
    return latest_dispatch(day, notice_rule(meeting), holidays_before(day)) if day else None


def facts_of(
    session: Session, meeting: FoundMeeting, invited_on: date | None = None, urgency: str = ""
) -> MeetingFacts:
    """What the guards look at. Four statements."""
    row = meeting.meeting
    statement = notice_of(meeting, invited_on)
    return MeetingFacts(
        has_date_and_place=bool(row.date and row.starts_at and row.place),
        items=_count_items(session, meeting.id),
        all_members_invited=not empty_seats(session, meeting),
        notice_kept=bool(statement and statement.kept),
        urgency_stated=bool(urgency.strip() or row.urgency),
        open_polls=_open_polls(session, meeting.id),
        undecided_items=_undecided(session, meeting.id),
    )


def _count_items(session: Session, meeting_id: int) -> int:
    return session.exec(
        select(func.count()).select_from(AgendaItem).where(col(AgendaItem.meeting_id) == meeting_id)
    ).one()


@dataclass(frozen=True)
class EmptySeat:
    """A member's seat that nobody holds on the day of the meeting."""

    id: int
    organisation: str


def empty_seats(session: Session, meeting: FoundMeeting) -> list[EmptySeat]:
    """The seats of members that nobody holds: to them no invitation can go. None once it is out. One statement."""
    if meeting.state not in (MeetingState.DRAFT, MeetingState.SCHEDULED):
        return []
    day = meeting.meeting.date or clock.today()
    held = select(col(SeatHolder.seat_id)).where(valid_on(SeatHolder, day))
    statement = (
        select(col(Seat.id), col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(Seat.organisation_id))
        .where(col(Seat.body_id) == meeting.body.body_id, col(Seat.kind).in_(MEMBERS), valid_on(Seat, day))
        .where(col(Seat.id).not_in(held))
        .order_by(col(Seat.position))
    )
    return [EmptySeat(id_ or 0, name) for id_, name in session.exec(statement)]


def _open_polls(session: Session, meeting_id: int) -> int:
    statement = select(func.count()).select_from(Poll).join(AgendaItem, col(AgendaItem.id) == col(Poll.item_id))
    return session.exec(
        statement.where(col(AgendaItem.meeting_id) == meeting_id, col(Poll.state) == PollState.OPEN)
    ).one()


def _undecided(session: Session, meeting_id: int) -> int:
    """The items that were put to a decision or a vote and of which nothing came (`results.is_open_end` in SQL)."""
    decided = select(col(Decision.item_id)).where(col(Decision.item_id).is_not(None))
    asked = col(AgendaItem.kind).in_((ItemKind.DECISION, ItemKind.VOTE)) & (
        col(AgendaItem.state) != ItemState.POSTPONED
    )
    asked &= col(AgendaItem.result).is_(None)
    statement = select(func.count()).select_from(AgendaItem)
    return session.exec(
        statement.where(col(AgendaItem.meeting_id) == meeting_id, asked, col(AgendaItem.id).not_in(decided))
    ).one()


def steps_for(session: Session, actor: Actor, meeting: FoundMeeting) -> list[Step]:
    """The steps from here that this person's roles include, the refused ones with their reason; none for a reader."""
    if not (may_conduct_meeting(actor, meeting) or may_plan_meeting(actor, meeting.body)):
        return []
    roles, facts = roles_in(actor, meeting.body), facts_of(session, meeting)
    offered = [target for target in MEETING_LIFECYCLE.targets(meeting.state) if target in OFFERED]
    found = [Step(MeetingState(target), _check(meeting, target, roles, facts)) for target in offered]
    return [step for step in found if step.verdict or _is_theirs(meeting, step.target, roles)]


def _check(meeting: FoundMeeting, target: str, roles: frozenset[str], facts: MeetingFacts) -> Verdict:
    return MEETING_LIFECYCLE.check(meeting.state, target, roles, facts)


def _is_theirs(meeting: FoundMeeting, target: str, roles: frozenset[str]) -> bool:
    """Whether the step is refused only by its guard, not for the role."""
    steps = (step for step in MEETING_LIFECYCLE.transitions if (step.source, step.target) == (meeting.state, target))
    return any(not step.by.isdisjoint(roles) for step in steps)
