"""Proposing days, answering, picking one of them, dropping the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from meetings.agenda.drafts import MeetingDraft
from meetings.agenda.models import Meeting
from meetings.agenda.planning import plan_meeting
from meetings.bodies.queries import body_by_key
from meetings.dates import policy
from meetings.dates.models import DateAnswer, DateOption, DatePoll
from meetings.dates.queries import FoundPoll, options_of, poll_by_id
from meetings.dates.rules import MOST_OPTIONS
from meetings.dates.states import DateChoice, DatePollState


@dataclass(frozen=True)
class Proposal:
    """A proposed day; moments are aware and in UTC."""

    date: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class PollDraft:
    """A search for a date as it is typed."""

    title: str
    proposals: Sequence[Proposal]
    place: str = ""
    answer_until: date | None = None


def propose(work: Work, body_key: str, draft: PollDraft) -> DatePoll:
    """Ask the members of a body when they can."""
    found = body_by_key(work.session, body_key)
    if found is None:
        raise NotFound(_("Dieses Gremium gibt es nicht."))
    work.require(policy.may_steer_poll(work.actor, policy.DatePollAccess(found)))
    _require_days(work, draft.proposals)
    poll = DatePoll(
        body_id=found.body_id,
        title=draft.title,
        place=draft.place or None,
        answer_until=draft.answer_until,
        by_id=work.actor.person_id,
        at=work.now,
    )
    work.session.add(poll)
    work.session.flush()
    for each in draft.proposals:
        work.session.add(
            DateOption(poll_id=poll.id or 0, date=each.date, starts_at=each.starts_at, ends_at=each.ends_at)
        )
    work.record("dates.proposed", poll, options=len(draft.proposals))
    return poll


def _require_days(work: Work, proposals: Sequence[Proposal]) -> None:
    if not 2 <= len(proposals) <= MOST_OPTIONS:
        raise InvalidInput(_("Bitte schlagen Sie zwei bis acht Termine vor."))
    if any(each.ends_at <= each.starts_at for each in proposals):
        raise InvalidInput(_("Das Ende muss nach dem Beginn liegen."))
    if any(each.starts_at <= work.now for each in proposals):
        raise InvalidInput(_("Die Termine müssen in der Zukunft liegen."))
    if len({each.starts_at for each in proposals}) < len(proposals):
        raise InvalidInput(_("Derselbe Termin steht zweimal da."))


def _locked(work: Work, poll_id: int) -> FoundPoll:
    work.session.exec(select(DatePoll.id).where(col(DatePoll.id) == poll_id).with_for_update()).first()
    found = poll_by_id(work.session, poll_id)
    if found is None:
        raise NotFound(_("Diese Terminumfrage gibt es nicht."))
    work.require(policy.may_read_poll(work.actor, found))
    return found


def _require_open(found: FoundPoll) -> None:
    if found.poll.state != DatePollState.OPEN:
        raise RefusedMove(_("Diese Terminumfrage ist beendet."))


def answer(work: Work, poll_id: int, choices: Mapping[int, DateChoice]) -> DatePoll:
    """Say to each option whether one can; what is left out stays as it was."""
    found = _locked(work, poll_id)
    work.require(policy.may_answer_poll(work.actor, found))
    _require_open(found)
    ids = {each.id or 0 for each in options_of(work.session, poll_id)}
    if not choices.keys() <= ids:
        raise InvalidInput(_("Diesen Termin gibt es in der Umfrage nicht."))
    statement = select(DateAnswer).where(
        col(DateAnswer.option_id).in_(ids), col(DateAnswer.person_id) == work.actor.person_id
    )
    present = {row.option_id: row for row in work.session.exec(statement)}
    for option_id, choice in choices.items():
        row = present.get(option_id)
        row = row or DateAnswer(option_id=option_id, person_id=work.actor.person_id, choice=choice, at=work.now)
        row.choice, row.at = choice, work.now
        work.session.add(row)
    work.record("dates.answered", found.poll, options=len(choices))
    return found.poll


def pick(work: Work, poll_id: int, option_id: int) -> Meeting:
    """Take one of the days: it becomes the draft of the body's next meeting."""
    found = _locked(work, poll_id)
    work.require(policy.may_steer_poll(work.actor, found))
    _require_open(found)
    option = next((each for each in options_of(work.session, poll_id) if each.id == option_id), None)
    if option is None:
        raise InvalidInput(_("Diesen Termin gibt es in der Umfrage nicht."))
    start, end = option.starts_at.astimezone(LOCAL), option.ends_at.astimezone(LOCAL)
    draft = MeetingDraft(found.poll.title, option.date, start.time(), end.time(), found.poll.place or "")
    meeting = plan_meeting(work, found.body_row.key, draft, standing=True, carry_over=True)
    found.poll.state, found.poll.meeting_id = DatePollState.PICKED, meeting.id
    work.session.add(found.poll)
    work.record("dates.picked", found.poll, option=option_id)
    return meeting


def drop(work: Work, poll_id: int) -> DatePoll:
    """End the search without a date."""
    found = _locked(work, poll_id)
    work.require(policy.may_steer_poll(work.actor, found))
    _require_open(found)
    found.poll.state = DatePollState.DROPPED
    work.session.add(found.poll)
    work.record("dates.dropped", found.poll)
    return found.poll
