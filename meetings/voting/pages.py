"""What the pages of polls show, put together in a fixed number of statements."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from app.core.permissions import VOTING, Actor, SeatHeld, Verdict
from knowledge.gaps.visibility import readable_topics
from meetings.agenda.queries import FoundItem, PlannedVote, planned_vote
from meetings.bodies.policy import roles_in
from meetings.decisions.policy import may_record_decision
from meetings.decisions.proposal import motion_of
from meetings.decisions.queries import of_items
from meetings.voting import policy
from meetings.voting.ballot_files import count_file
from meetings.voting.files import shows_papers
from meetings.voting.poll_pages import NamedVote, named_for
from meetings.voting.poll_result import Comparison, comparison_sentence, comparisons_of
from meetings.voting.poll_words import rule_sentences
from meetings.voting.queries import (
    FoundPoll,
    Opening,
    Voter,
    opening_of,
    organisation_of_seat,
    topics_of_poll,
    voters,
)
from meetings.voting.result import Result, cut_words, result_of, rule_words, tie_words, verdict
from meetings.voting.rules import POLL_LIFECYCLE
from meetings.voting.standings import Standing, standing_of
from meetings.voting.states import PollMode, PollState


@dataclass(frozen=True)
class Preparation:
    """A poll before it is opened: its material, what the agenda plans, and whether it may be opened now."""

    opening: Opening
    planned: PlannedVote | None
    verdict: Verdict
    run_off: tuple[str, ...] = ()
    """The keys of the topics that tied at the line of capacity in the poll before this one."""
    motion: str = ""
    """What a resolution would say: the agenda's proposal, then the ranking that a poll gave."""


def preparation(session: Session, actor: Actor, item: FoundItem, at: datetime) -> Preparation:
    """The material for the page on which a poll is opened. Ten statements."""
    opening = opening_of(session, item, at)
    roles, facts = roles_in(actor, item.body), opening.facts(max(2, len(opening.topics)))
    check = POLL_LIFECYCLE.check(PollState.DRAFT, PollState.OPEN, roles, facts)
    planned, tied = planned_vote(session, item.item.id or 0), _tied_topics(session, opening)
    return Preparation(opening, planned, check, tied, motion_of(session, item, opening.topics))


def _tied_topics(session: Session, opening: Opening) -> tuple[str, ...]:
    before = opening.latest_result
    topics = topics_of_poll(session, before.id or 0 if before else 0)
    cut = opening.latest_count.tally.cut if opening.latest_count else None
    return tuple(topics[option].key for option in cut.tied if option in topics) if cut else ()


@dataclass(frozen=True)
class PollPage:
    """A poll for one reader: the ballot for those who may cast, the result for those who may read it."""

    found: FoundPoll
    standing: Standing
    seat: SeatHeld | None
    organisation: str | None
    cast: Verdict
    looks_on: bool
    has_voted: bool
    closes: bool
    enters: bool
    voids: bool
    shows_papers: bool
    decides: bool
    rule: list[str]
    result: Result | None
    voters: list[Voter]
    verdict: str = ""
    ties: tuple[str, ...] = ()
    cut: str = ""
    comparisons: tuple[Comparison, ...] = ()
    comparison: str = ""
    named: list[NamedVote] = field(default_factory=list)


def poll_page(session: Session, actor: Actor, found: FoundPoll) -> PollPage:
    """Everything that the page of a poll shows. Four statements besides those that loaded the poll."""
    seat = policy.seat_to_cast(actor, found)
    topics, counted = topics_of_poll(session, found.id, readable_topics(actor)), found.count
    readable = counted is not None and policy.may_read_result(actor, found)
    result = result_of(found.rule, counted, topics) if counted is not None and readable else None
    others = _other_methods(found) if result and result.count.tally.ballots else ()
    return PollPage(
        found=found,
        standing=standing_of(found),
        seat=seat,
        organisation=organisation_of_seat(session, seat.seat_id if seat else 0),
        cast=policy.may_cast(actor, found),
        looks_on=not actor.holds_seat(found.meeting.body.body_id, VOTING),
        has_voted=seat is not None and seat.seat_id in found.cast,
        closes=found.is_open and bool(policy.may_close_poll(actor, found.meeting)),
        enters=bool(policy.may_enter_votes(actor, found)),
        voids=_voids(session, actor, found),
        shows_papers=shows_papers(found.poll),
        decides=_decides(session, actor, found),
        rule=_rule_of_dots(found),
        result=result,
        voters=voters(session, found.id),
        verdict=verdict(result) if result else "",
        ties=tuple(tie_words(result)) if result else (),
        cut=cut_words(result) if result else "",
        comparisons=others,
        named=named_for(session, actor, found, shown=result is not None),
        comparison=comparison_sentence(found.ruled, others, result.count.tally.cut) if result and others else "",
    )


def _other_methods(found: FoundPoll) -> tuple[Comparison, ...]:
    """What other methods make of the dots; polls of before there was a file have no comparison."""
    text = found.poll.file
    return comparisons_of(found.ruled, count_file(text, found.ruled), text) if text else ()


def _voids(session: Session, actor: Actor, found: FoundPoll) -> bool:
    leads = found.state != PollState.VOIDED and bool(policy.may_void_poll(actor, found.meeting))
    return leads and not of_items(session, [found.poll.item_id])


def _rule_of_dots(found: FoundPoll) -> list[str]:
    """The rule in sentences; where ballots come in otherwise than on one's own screen, these say how."""
    if found.mode == PollMode.UNNAMED and not found.revote_allowed:
        return rule_words(found.rule)
    return rule_sentences(found.ruled)


def _decides(session: Session, actor: Actor, found: FoundPoll) -> bool:
    """Whether the person would now record what the body made of the result."""
    decided = of_items(session, [found.poll.item_id])
    return not decided and bool(may_record_decision(actor, found.meeting))
