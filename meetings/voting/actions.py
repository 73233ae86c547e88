"""Opening, casting and closing. Rule and electorate are frozen by the opening, the count by the closing."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select

from app.core.errors import DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.gaps.models import Topic
from meetings.agenda.locking import locked_item
from meetings.agenda.queries import FoundItem
from meetings.bodies.policy import roles_in
from meetings.room.actions import AGENDA
from meetings.room.finding import record_quorum
from meetings.room.spans import make_current
from meetings.room.states import Occasion
from meetings.voting import policy
from meetings.voting.answer_words import answer_error_words
from meetings.voting.answers import Answer, answer_errors
from meetings.voting.ballot_files import CountedPaper, sha256
from meetings.voting.casting import Laid, PollNotOpen
from meetings.voting.counting import count, freeze
from meetings.voting.dots import thaw
from meetings.voting.electing import Voter, frozen_electorate, frozen_voter
from meetings.voting.laying import cast_answer
from meetings.voting.lots.sealing import seal
from meetings.voting.methods.profile import Kind
from meetings.voting.models import Ballot, Poll, PollEntitlement, PollOption
from meetings.voting.modes import AlreadyCast, Paper, box_of
from meetings.voting.poll_counting import count_poll, freeze_count
from meetings.voting.poll_rule import PollRule, RuleOption
from meetings.voting.queries import FoundPoll, Opening, opening_of, poll_by_id
from meetings.voting.rules import POLL_LIFECYCLE, PollFacts
from meetings.voting.states import PollMode, PollState
from meetings.voting.wishes import DotsWish, PollWish, RoomFacts, rule_of

__all__ = [
    "AlreadyCast",
    "DotsWish",
    "PollNotOpen",
    "announce",
    "cast_answer",
    "cast_ballot",
    "close_poll",
    "held_poll",
    "open_poll",
]


def open_poll(work: Work, key: str, number: str, wanted: DotsWish | PollWish) -> Poll:
    """Open a poll on an item: fix the rule with its hash and the list of those who may vote."""
    wish = wanted.as_poll() if isinstance(wanted, DotsWish) else wanted
    item = locked_item(work, key, number)
    work.require(policy.may_open_poll(work.actor, item))
    opening = opening_of(work.session, item, work.now)
    if opening.running is not None:
        raise DomainError(_("Zu diesem Tagesordnungspunkt läuft schon eine Abstimmung."))
    topics = [topic for topic in opening.topics if topic.key in wish.topic_keys]
    voters = opening.electorate(wish.weights)
    _require_openable(work, item, opening, wish, len(topics))
    record_quorum(work, item, Occasion.VOTE)
    poll = _add_poll(work, item, opening, wish)
    rule = _rule(opening, wish, _add_options(work, poll, topics, wish), voters)
    poll.rule, poll.rule_sha256 = rule.canonical(), rule.sha256()
    lot = seal(work, poll.id or 0)
    _add_electorate(work, poll, voters)
    box_of(poll.mode).open(work, poll)
    make_current(work, item)
    work.record(
        "poll.opened", poll, options=len(rule.options), electorate=len(voters), rule=poll.rule_sha256,
        method=str(poll.method), mode=str(poll.mode), lot=lot.sha256,
    )  # fmt: skip
    announce(work, item.channel, poll.id or 0)
    return poll


def _require_openable(work: Work, item: FoundItem, opening: Opening, wish: PollWish, topics: int) -> None:
    options = 2 if wish.is_resolution else topics + len(wish.typed) + bool(wish.passive)
    facts = opening.facts(options, secret=wish.mode == PollMode.SECRET)
    POLL_LIFECYCLE.require(PollState.DRAFT, PollState.OPEN, roles_in(work.actor, item.body), facts)
    if wish.mode == PollMode.SECRET and len(set(wish.weights.values()) | {1}) > 1:
        raise InvalidInput(
            _("Geheim wird nur mit gleichen Stimmgewichten abgestimmt: Ein Gewicht verriete, wessen Stimme es ist.")
        )


def _add_poll(work: Work, item: FoundItem, opening: Opening, wish: PollWish) -> Poll:
    """The poll, still without its rule: the rule names the options, and these belong to the poll."""
    voided = opening.voided
    poll = Poll(
        item_id=item.item.id or 0,
        title=item.item.title,
        method=wish.method,
        mode=wish.mode,
        state=PollState.OPEN,
        rule="",
        rule_sha256="",
        opened_at=work.now,
        opened_by_id=work.actor.person_id,
        replaces_id=voided.id if voided else None,
    )
    work.session.add(poll)
    work.session.flush()
    return poll


def _add_options(work: Work, poll: Poll, topics: Collection[Topic], wish: PollWish) -> tuple[RuleOption, ...]:
    if wish.is_resolution:
        return ()
    named = [(topic.title, topic.id, wish.costs.get(topic.key)) for topic in topics]
    named += [(title, None, wish.costs.get(title)) for title in (*wish.typed, wish.passive) if title]
    rows = [
        PollOption(poll_id=poll.id or 0, position=place, topic_id=topic_id, title=title, cost=cost)
        for place, (title, topic_id, cost) in enumerate(named)
    ]
    work.session.add_all(rows)
    work.session.flush()
    return tuple(RuleOption(str(row.id), row.title, row.cost) for row in rows)


def _rule(opening: Opening, wish: PollWish, options: tuple[RuleOption, ...], voters: tuple[Voter, ...]) -> PollRule:
    """The rule as it is frozen; InvalidInput if nobody could vote by it."""
    rules = opening.item.rules
    more = sum(voter.weight - 1 for voter in voters)
    facts = RoomFacts(
        str(rules.vote_unit),
        str(rules.tie),
        opening.members + more,
        opening.room.attending.present + more,
        len(voters) + more,
        opening.attempts + 1,
    )
    try:
        return rule_of(wish, options, facts)
    except ValueError:
        message = _("Nach dieser Regel könnte niemand abstimmen. Bitte prüfen Sie Punkte und Themen.")
        raise InvalidInput(message) from None


def _add_electorate(work: Work, poll: Poll, voters: Collection[Voter]) -> None:
    work.session.add_all(
        PollEntitlement(
            poll_id=poll.id or 0,
            seat_id=voter.seat_id,
            organisation_id=voter.organisation_id,
            person_id=voter.person_id,
            weight=voter.weight,
        )
        for voter in voters
    )


def cast_ballot(work: Work, poll_id: int, points: Mapping[str, int]) -> Laid:
    """Take the dots of the seat that the person occupies; the first ballot stands."""
    return cast_answer(work, poll_id, {"points": points})


def put(work: Work, found: FoundPoll, seat_id: int, answer: Answer, slip: str = "") -> Ballot:
    """Lay a valid ballot of a seat into the box of the poll's mode."""
    voter = frozen_voter(work.session, found.id, seat_id)
    if voter is None:
        raise NotFound(_("Dieser Sitz ist nicht stimmberechtigt."))
    return box_of(found.poll.mode).cast(work, found.poll, voter, answer, slip)


def require_valid(rule: PollRule, answer: Answer, *, on_paper: bool = False) -> None:
    """InvalidInput with a sentence for each thing that is wrong with a ballot."""
    errors = answer_errors(rule, answer, on_paper=on_paper)
    if errors:
        raise InvalidInput(" ".join(dict.fromkeys(answer_error_words(error, rule) for error in errors)))


def close_poll(work: Work, poll_id: int) -> Poll:
    """Close, count and publish: no ballot is taken any more, and everyone in the meeting reads the result.

    A secret poll whose tellers have not both come waits, closed, for `count_closed`.
    """
    found = held_poll(work, poll_id)
    work.require(policy.may_close_poll(work.actor, found.meeting))
    POLL_LIFECYCLE.require(found.state, PollState.CLOSED, roles_in(work.actor, found.meeting.body), PollFacts())
    poll = found.poll
    poll.state, poll.closed_at, poll.closed_by_id = PollState.CLOSED, work.now, work.actor.person_id
    work.session.add(poll)
    if box_of(poll.mode).can_count(work.session, poll):
        return count_closed(work, found)
    work.record("poll.closed", poll, ballots=found.voted, entitled=found.entitled)
    announce(work, found.where.channel, poll_id)
    return poll


def count_closed(work: Work, found: FoundPoll) -> Poll:
    """Count a closed poll that the caller holds, and publish it."""
    poll, box = found.poll, box_of(found.poll.mode)
    papers, voters = box.papers(work.session, poll), frozen_electorate(work.session, found.id)
    cast = _count(work, found, papers, sum(voter.weight for voter in voters))
    poll.state = PollState.PUBLISHED
    poll.tally_sha256, poll.file_sha256 = sha256(poll.tally or ""), sha256(poll.file or "")
    work.session.add(poll)
    box.close(work, poll)
    work.record("poll.closed", poll, ballots=cast, entitled=len(voters), tally=poll.tally_sha256, file=poll.file_sha256)
    work.record("poll.published", poll)
    announce(work, found.where.channel, found.id)
    work.announce(found.where.channel, f"poll-{found.id}-closed")
    return poll


def _count(work: Work, found: FoundPoll, papers: list[Paper], entitled: int) -> int:
    """Fix ballot file and count; how many votes were cast. Dots keep the form of their count."""
    poll, rule = found.poll, found.ruled
    counted_papers = [CountedPaper(paper.answer, paper.count, paper.code) for paper in papers]
    poll.file, counted = count_poll(rule, counted_papers, entitled, _chair_vote(work, found, papers))
    if rule.kind == Kind.DOTS:
        sheets = [paper.answer["points"] for paper in papers for _vote in range(paper.count)]
        poll.tally = freeze(count(thaw(poll.rule), sheets, entitled))
    else:
        poll.tally = freeze_count(counted)
    return counted.cast


def _chair_vote(work: Work, found: FoundPoll, papers: list[Paper]) -> str | None:
    """What the chair voted, where the rule lets it decide a tie and the mode tells whose ballot is whose."""
    if found.ruled.tie != "chair_decides" or not found.ruled.is_resolution:
        return None
    chair = found.where.body_row.chair_id
    seats = {voter.seat_id for voter in frozen_electorate(work.session, found.id) if chair and voter.person_id == chair}
    return next((paper.answer["answer"] for paper in papers if paper.seat_id in seats), None)


def held_poll(work: Work, poll_id: int) -> FoundPoll:
    """The poll, held until the transaction ends: closing waits for all who cast (`casting.py` shares the hold)."""
    work.session.exec(select(col(Poll.id)).where(col(Poll.id) == poll_id).with_for_update()).first()
    found = poll_by_id(work.session, poll_id, work.now)
    if found is None:
        raise NotFound(_("Diese Abstimmung gibt es nicht."))
    return found


def announce(work: Work, channel: str, poll_id: int) -> None:
    """Tell everyone in the meeting that a poll began or ended."""
    work.announce(channel, AGENDA)
    work.announce(channel, f"poll-{poll_id}")
