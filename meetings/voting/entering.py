"""What the office writes into polls in which nobody casts on the screen, and declaring a poll void."""

import json
from collections.abc import Mapping

from sqlmodel import col, select

from app.core.errors import InvalidInput
from app.core.i18n import _
from app.core.work import Work
from meetings.bodies.policy import roles_in
from meetings.decisions.models import Decision
from meetings.voting import policy
from meetings.voting.actions import announce, held_poll, put, require_valid
from meetings.voting.answers import Answer, normal
from meetings.voting.models import Ballot, BallotPoint, Poll
from meetings.voting.modes import box_of
from meetings.voting.queries import FoundPoll
from meetings.voting.rules import POLL_LIFECYCLE, PollFacts
from meetings.voting.states import PollMode, PollState


def enter_votes(work: Work, poll_id: int, answers: Mapping[int, Answer | None]) -> Poll:
    """Write down how seats voted by a show of hands; None takes an entry back. What is not named stays."""
    found = held_poll(work, poll_id)
    work.require(policy.may_enter_votes(work.actor, found))
    if found.mode != PollMode.ENTERED:
        raise InvalidInput(_("In dieser Abstimmung wird auf Papier gestimmt."))
    if not set(answers) <= found.electorate:
        raise InvalidInput(_("Dieser Sitz ist in dieser Abstimmung nicht stimmberechtigt."))
    for seat_id, answer in answers.items():
        if answer is None:
            _take_back(work, found, seat_id)
        else:
            require_valid(found.ruled, answer)
            put(work, found, seat_id, answer)
    work.record("poll.entered", found.poll, seats=sum(answer is not None for answer in answers.values()))
    work.announce(found.where.channel, f"poll-{poll_id}")
    return found.poll


def _take_back(work: Work, found: FoundPoll, seat_id: int) -> None:
    statement = select(Ballot).where(col(Ballot.poll_id) == found.id, col(Ballot.seat_id) == seat_id)
    for ballot in work.session.exec(statement):
        for point in work.session.exec(select(BallotPoint).where(col(BallotPoint.ballot_id) == ballot.id)):
            work.session.delete(point)
        work.session.flush()
        work.session.delete(ballot)


def enter_paper(work: Work, poll_id: int, counts: list[tuple[Answer, int]], *, add: bool = False) -> Poll:
    """Write down what lay in the box: each answer with how often it was there; `add` keeps what was typed before."""
    found = held_poll(work, poll_id)
    work.require(policy.may_enter_votes(work.actor, found))
    if found.mode != PollMode.PAPER:
        raise InvalidInput(_("In dieser Abstimmung wird nicht auf Papier gestimmt."))
    rows = json.loads(found.poll.papers or "[]") if add else []
    for answer, number in counts:
        require_valid(found.ruled, answer, on_paper=True)
        rows += [{**normal(found.ruled, answer), "count": number}] if number else []
    return _put_paper(work, found, rows)


def drop_last_paper(work: Work, poll_id: int) -> Poll:
    """Take back the ballot that was typed last."""
    found = held_poll(work, poll_id)
    work.require(policy.may_enter_votes(work.actor, found))
    return _put_paper(work, found, json.loads(found.poll.papers or "[]")[:-1])


def _put_paper(work: Work, found: FoundPoll, rows: list[dict[str, object]]) -> Poll:
    if sum(int(str(row["count"])) for row in rows) > found.entitled:
        raise InvalidInput(_("Das sind mehr Stimmzettel als Stimmberechtigte (%(num)s).", num=found.entitled))
    found.poll.papers = json.dumps(rows, ensure_ascii=False, sort_keys=True)
    work.session.add(found.poll)
    work.record("poll.entered", found.poll, papers=len(rows))
    work.announce(found.where.channel, f"poll-{found.id}")
    return found.poll


def void_poll(work: Work, poll_id: int, reason: str) -> Poll:
    """Declare a poll void: it stays with its reason and its numbers, and the next one on the item replaces it."""
    found = held_poll(work, poll_id)
    work.require(policy.may_void_poll(work.actor, found.meeting))
    facts = PollFacts(has_reason=bool(reason.strip()))
    POLL_LIFECYCLE.require(found.state, PollState.VOIDED, roles_in(work.actor, found.meeting.body), facts)
    decided = select(col(Decision.key)).where(col(Decision.poll_id) == found.id)
    key = work.session.exec(decided).first()
    if key is not None:
        raise InvalidInput(_("Auf dieser Abstimmung beruht der Beschluss %(key)s; sie bleibt gültig.", key=key))
    poll = found.poll
    poll.state, poll.voided_at, poll.voided_by_id = PollState.VOIDED, work.now, work.actor.person_id
    poll.void_reason = reason.strip()
    work.session.add(poll)
    box_of(poll.mode).discard(work, poll)
    work.record("poll.voided", poll)
    announce(work, found.where.channel, poll_id)
    work.announce(found.where.channel, f"poll-{poll_id}-closed")
    return poll
