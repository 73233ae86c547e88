"""Opening, casting and closing. Rule and electorate are frozen by the opening, the count by the closing."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.gaps.models import Topic
from meetings.agenda.locking import locked_item
from meetings.agenda.queries import FoundItem
from meetings.agenda.states import ItemState
from meetings.bodies.policy import roles_in
from meetings.room.actions import AGENDA
from meetings.voting import policy
from meetings.voting.counting import count, freeze
from meetings.voting.dots import DotsOption, DotsRule, ballot_errors
from meetings.voting.models import Ballot, BallotPoint, Poll, PollEntitlement, PollOption
from meetings.voting.queries import FoundPoll, opening_of, poll_by_id
from meetings.voting.rules import POLL_LIFECYCLE, PollFacts, SeatView
from meetings.voting.states import PollMethod, PollState
from meetings.voting.wording import ballot_error_words


class AlreadyCast(DomainError):
    """The seat's ballot is in; a second one is not taken."""


class PollNotOpen(DomainError):
    """The ballot came before the opening or after the close."""


@dataclass(frozen=True)
class DotsWish:
    """What the office announces: dots per seat, how many on one topic, how many topics fit, and which are in."""

    dots_per_seat: int
    max_per_option: int
    capacity: int | None
    topic_keys: tuple[str, ...]


def open_poll(work: Work, key: str, number: str, wish: DotsWish) -> Poll:
    """Open a dots poll on an item: fix the rule with its hash and the list of those who may vote."""
    item = locked_item(work, key, number)
    work.require(policy.may_open_poll(work.actor, item))
    opening = opening_of(work.session, item, work.now)
    if opening.running is not None:
        raise DomainError(_("Zu diesem Tagesordnungspunkt läuft schon eine Abstimmung."))
    topics = [topic for topic in opening.topics if topic.key in wish.topic_keys]
    roles = roles_in(work.actor, item.body)
    POLL_LIFECYCLE.require(PollState.DRAFT, PollState.OPEN, roles, opening.facts(len(topics)))
    poll = _add_poll(work, item)
    rule = _rule(item, wish, _add_options(work, poll, topics))
    poll.rule, poll.rule_sha256 = rule.canonical(), rule.sha256()
    _add_electorate(work, poll, opening.voters)
    item.item.state = ItemState.CURRENT
    work.session.add(item.item)
    work.record("poll.opened", poll, options=len(topics), electorate=len(opening.voters), rule=poll.rule_sha256)
    announce(work, item.channel, poll.id or 0)
    return poll


def _add_poll(work: Work, item: FoundItem) -> Poll:
    """The poll, still without its rule: the rule names the options, and these belong to the poll."""
    poll = Poll(
        item_id=item.item.id or 0,
        title=item.item.title,
        method=PollMethod.DOTS,
        state=PollState.OPEN,
        rule="",
        rule_sha256="",
        opened_at=work.now,
        opened_by_id=work.actor.person_id,
    )
    work.session.add(poll)
    work.session.flush()
    return poll


def _add_options(work: Work, poll: Poll, topics: Collection[Topic]) -> tuple[DotsOption, ...]:
    rows = [
        PollOption(poll_id=poll.id or 0, position=place, topic_id=topic.id, title=topic.title)
        for place, topic in enumerate(topics)
    ]
    work.session.add_all(rows)
    work.session.flush()
    return tuple(DotsOption(str(row.id), row.title) for row in rows)


def _rule(item: FoundItem, wish: DotsWish, options: tuple[DotsOption, ...]) -> DotsRule:
    """The rule as it is frozen; InvalidInput if nobody could vote by it."""
    try:
        fits = wish.capacity if wish.capacity and wish.capacity < len(options) else None
        return DotsRule(wish.dots_per_seat, wish.max_per_option, options, fits, str(item.rules.vote_unit))
    except ValueError:
        message = _("Nach dieser Regel könnte niemand abstimmen. Bitte prüfen Sie Punkte und Themen.")
        raise InvalidInput(message) from None


def _add_electorate(work: Work, poll: Poll, voters: Collection[SeatView]) -> None:
    work.session.add_all(
        PollEntitlement(poll_id=poll.id or 0, seat_id=seat.seat_id, organisation_id=seat.organisation_id)
        for seat in voters
    )


def cast_ballot(work: Work, poll_id: int, points: Mapping[str, int]) -> Ballot:
    """Take the ballot of the seat that the person occupies; the first one stands."""
    found = _held(work, poll_id, shared=True)
    work.require(policy.may_read_poll(work.actor, found))
    if not found.is_open:
        raise PollNotOpen(_("Die Abstimmung ist nicht mehr geöffnet. Ihre Stimme wurde nicht gezählt."))
    seat = policy.seat_to_cast(work.actor, found)
    if seat is not None and seat.seat_id in found.cast:
        raise AlreadyCast(_("Für diesen Sitz ist schon abgestimmt."))
    work.require(policy.may_cast(work.actor, found))
    _require_valid(found.rule, points)
    ballot = _add_ballot(work, found, seat.seat_id if seat else 0, points)
    work.record("ballot.cast", found.poll, seat=ballot.seat_id)
    work.announce(found.where.channel, f"poll-{poll_id}")
    return ballot


def _require_valid(rule: DotsRule, points: Mapping[str, int]) -> None:
    titles = {option.id: option.title for option in rule.options}
    errors = ballot_errors(rule, points)
    if errors:
        raise InvalidInput(" ".join(ballot_error_words(error, titles) for error in errors))


def _add_ballot(work: Work, found: FoundPoll, seat_id: int, points: Mapping[str, int]) -> Ballot:
    """The ballot with its points; the database itself refuses a second one of the seat."""
    ballot = Ballot(poll_id=found.id, seat_id=seat_id, cast_by_id=work.actor.person_id, cast_at=work.now)
    work.session.add(ballot)
    try:
        work.session.flush()
    except IntegrityError:
        raise AlreadyCast(_("Für diesen Sitz ist schon abgestimmt.")) from None
    work.session.add_all(
        BallotPoint(ballot_id=ballot.id or 0, option_id=int(option), points=number)
        for option, number in points.items()
        if number
    )
    return ballot


def close_poll(work: Work, poll_id: int) -> Poll:
    """Close, count and publish: from now on no ballot is taken, and everyone in the meeting reads the result."""
    found = _held(work, poll_id)
    work.require(policy.may_close_poll(work.actor, found.meeting))
    roles = roles_in(work.actor, found.meeting.body)
    POLL_LIFECYCLE.require(found.state, PollState.CLOSED, roles, PollFacts())
    POLL_LIFECYCLE.require(PollState.CLOSED, PollState.PUBLISHED, roles, PollFacts())
    counted = count(found.rule, _papers(work, found), found.entitled)
    poll = found.poll
    poll.state, poll.closed_at, poll.closed_by_id = PollState.PUBLISHED, work.now, work.actor.person_id
    poll.tally = freeze(counted)
    poll.tally_sha256 = hashlib.sha256(poll.tally.encode()).hexdigest()
    work.session.add(poll)
    work.record("poll.closed", poll, ballots=counted.tally.ballots, entitled=counted.entitled, tally=poll.tally_sha256)
    work.record("poll.published", poll)
    announce(work, found.where.channel, poll_id)
    work.announce(found.where.channel, f"poll-{poll_id}-closed")
    return poll


def _papers(work: Work, found: FoundPoll) -> list[dict[str, int]]:
    """The ballots by the rule's option ids, without their voters; a ballot without points is there too."""
    statement = (
        select(col(Ballot.id), col(BallotPoint.option_id), col(BallotPoint.points))
        .outerjoin(BallotPoint, col(BallotPoint.ballot_id) == col(Ballot.id))
        .where(col(Ballot.poll_id) == found.id)
    )
    papers: dict[int, dict[str, int]] = {}
    for ballot_id, option_id, points in work.session.exec(statement):
        paper = papers.setdefault(ballot_id or 0, {})
        if option_id is not None:
            paper[str(option_id)] = points
    return list(papers.values())


def _held(work: Work, poll_id: int, *, shared: bool = False) -> FoundPoll:
    """The poll, held until the transaction ends: casting shares the hold, closing waits for all who cast."""
    statement = select(col(Poll.id)).where(col(Poll.id) == poll_id)
    work.session.exec(statement.with_for_update(read=shared)).first()
    found = poll_by_id(work.session, poll_id, work.now)
    if found is None:
        raise NotFound(_("Diese Abstimmung gibt es nicht."))
    return found


def announce(work: Work, channel: str, poll_id: int) -> None:
    """Tell everyone in the meeting that a poll began or ended."""
    work.announce(channel, AGENDA)
    work.announce(channel, f"poll-{poll_id}")
