"""What the page of a poll of any method but dots shows, put together in a fixed number of statements."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.permissions import VOTING, Actor, SeatHeld, Verdict
from app.people.models import Organisation
from knowledge.gaps.visibility import readable_topics
from meetings.decisions.policy import may_record_decision
from meetings.decisions.queries import of_items
from meetings.voting import policy
from meetings.voting.files import WITH_NAMES, shows_papers
from meetings.voting.models import Poll, PollEntitlement
from meetings.voting.modes import Paper, box_of
from meetings.voting.poll_result import OtherResult, answer_words, result_of_file
from meetings.voting.poll_rule import PollRule
from meetings.voting.poll_words import rule_sentences, score_meaning
from meetings.voting.queries import FoundPoll, Voter, organisation_of_seat, topics_of_poll, voters
from meetings.voting.standings import Standing, standing_of
from meetings.voting.states import PollState


@dataclass(frozen=True)
class NamedVote:
    """How an organisation voted, where the mode tells it; `answer` is empty while it has not."""

    organisation: str
    answer: str
    against: bool = False


@dataclass(frozen=True)
class OtherPage:
    """A poll for one reader: the ballot for those who may cast, the result for those who may read it."""

    found: FoundPoll
    rule: PollRule
    standing: Standing
    seat: SeatHeld | None
    organisation: str | None
    cast: Verdict
    looks_on: bool
    has_voted: bool
    leads: bool
    enters: bool
    decides: bool
    repeats: bool
    sentences: list[str]
    result: OtherResult | None
    named: list[NamedVote]
    voters: list[Voter]
    shows_papers: bool

    @property
    def closes(self) -> bool:
        """Whether the person may close it now."""
        return self.leads and self.found.is_open

    @property
    def voids(self) -> bool:
        """Whether the person may declare it void; what was decided on it stays."""
        return self.leads and self.found.state != PollState.VOIDED and (self.found.is_open or self.decides)

    @property
    def meaning(self) -> str:
        """What the number beside each bar counts."""
        return score_meaning(self.rule)

    @property
    def dissent(self) -> list[str]:
        """Who voted against, for the minutes, where the mode tells it."""
        return [vote.organisation for vote in self.named if vote.against] if self.result else []

    @property
    def unanimous(self) -> bool:
        """Whether all cast the same: then the result tells how each of them voted."""
        return self.result is not None and len(self.result.papers) == 1 and self.result.count.cast > 1


def other_page(session: Session, actor: Actor, found: FoundPoll) -> OtherPage:
    """Everything that the page of a poll shows, in a fixed number of statements."""
    seat, rule = policy.seat_to_cast(actor, found), found.ruled
    result, leads = _result(session, actor, found, rule), bool(policy.may_close_poll(actor, found.meeting))
    decides = _decides(session, actor, found)
    return OtherPage(
        found=found,
        rule=rule,
        standing=standing_of(found),
        seat=seat,
        organisation=organisation_of_seat(session, seat.seat_id if seat else 0),
        cast=policy.may_cast(actor, found),
        looks_on=not actor.holds_seat(found.meeting.body.body_id, VOTING),
        has_voted=seat is not None and seat.seat_id in found.cast,
        leads=leads,
        enters=bool(policy.may_enter_votes(actor, found)),
        decides=decides,
        repeats=decides and result is not None and rule.is_resolution and not result.count.counted.accepted,
        sentences=rule_sentences(rule),
        result=result,
        named=named_for(session, actor, found, shown=result is not None),
        voters=voters(session, found.id),
        shows_papers=shows_papers(found.poll),
    )


def _result(session: Session, actor: Actor, found: FoundPoll, rule: PollRule) -> OtherResult | None:
    counted = found.counted
    if counted is None or not policy.may_read_result(actor, found):
        return None
    topics = topics_of_poll(session, found.id, readable_topics(actor))
    return result_of_file(rule, counted, found.poll.file or "", topics)


def named_for(session: Session, actor: Actor, found: FoundPoll, *, shown: bool) -> list[NamedVote]:
    """Who voted how, for those who may learn it now; `shown`: the reader sees the result. Three statements at most."""
    if found.is_open:
        learns = bool(policy.may_read_running(actor, found)) or bool(policy.may_enter_votes(actor, found))
    else:
        learns = shown and found.mode in WITH_NAMES
    return named_votes(session, found.poll, found.ruled) if learns else []


def named_votes(session: Session, poll: Poll, rule: PollRule) -> list[NamedVote]:
    """How each entitled organisation voted; only for modes in which everybody learns it. Three statements."""
    papers: dict[int | None, Paper] = {paper.seat_id: paper for paper in box_of(poll.mode).papers(session, poll)}
    statement = (
        select(col(Organisation.name), col(PollEntitlement.seat_id))
        .join(PollEntitlement, col(PollEntitlement.organisation_id) == col(Organisation.id))
        .where(col(PollEntitlement.poll_id) == poll.id)
        .order_by(col(PollEntitlement.id))
    )
    return [_named(name, papers.get(seat_id), rule) for name, seat_id in session.exec(statement)]


def _named(organisation: str, paper: Paper | None, rule: PollRule) -> NamedVote:
    if paper is None:
        return NamedVote(organisation, "")
    return NamedVote(organisation, answer_words(rule, paper.answer), paper.answer.get("answer") == "no")


def _decides(session: Session, actor: Actor, found: FoundPoll) -> bool:
    """Whether the person would now record what the body made of the result."""
    decided = of_items(session, [found.poll.item_id])
    counted = found.state == PollState.PUBLISHED
    return counted and not decided and bool(may_record_decision(actor, found.meeting))
