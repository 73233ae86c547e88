"""What a decision on an item would be: its text, who votes, the count that it rests on, and what it would move."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.core.lifecycle import STEERING
from app.core.permissions import Verdict
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.rules import GAP_LIFECYCLE, TOPIC_LIFECYCLE, GapFacts, TopicFacts
from knowledge.gaps.states import GapStatus, TopicState
from knowledge.solutions.models import Solution, SolutionGap
from knowledge.solutions.states import EffectRating
from meetings.agenda.models import AgendaItemSubject
from meetings.agenda.queries import FoundItem
from meetings.agenda.states import DecisionKind, MeetingState
from meetings.agreements.models import Agreement, Obligation, OrgConsent
from meetings.agreements.rules import count_consents
from meetings.bodies.models import Body
from meetings.bodies.states import BodyKind
from meetings.decisions.models import Decision
from meetings.decisions.rules import (
    GAP,
    TOPIC,
    AgreementStanding,
    GapStanding,
    Move,
    Ranked,
    TopicStanding,
    moves,
    ranks,
)
from meetings.decisions.wording import proposed_text
from meetings.room.models import Presence
from meetings.room.queries import Room, quorum_in, recused_seats, room_of, seat_views
from meetings.voting.counting import thaw_count
from meetings.voting.majority import VoteCount
from meetings.voting.models import Poll, PollOption
from meetings.voting.poll_counting import PollCount, thaw_poll_count
from meetings.voting.poll_rule import PROPORTIONAL, PollRule, thaw_rule
from meetings.voting.rules import voting_units
from meetings.voting.states import PollMethod, PollState

CLOSED_GAPS = (GapStatus.RESOLVED, GapStatus.DECLINED, GapStatus.MERGED, GapStatus.SINGLE_CASE)


@dataclass(frozen=True)
class Ranking:
    """The poll that a ranking rests on: each topic's place by the topic's id, and the options that anybody supports."""

    poll: Poll
    places: Mapping[int, Ranked]
    supported: frozenset[str]

    @property
    def topic_ids(self) -> list[int]:
        """The topics that the ranking takes up."""
        return [id_ for id_, place in self.places.items() if place.option in self.supported]


@dataclass(frozen=True)
class Resolution:
    """The vote on a motion that the decision rests on: its poll, its rule, its count."""

    poll: Poll
    rule: PollRule
    count: PollCount
    votes: VoteCount


@dataclass(frozen=True)
class Things:
    """What an item is about, as rows: topics and gaps, agreements with their consents, rated effects."""

    topics: tuple[Topic, ...] = ()
    gaps: tuple[Gap, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    consents: Mapping[int, int] = field(default_factory=dict)
    effects: Mapping[int, str] = field(default_factory=dict)
    on_agenda: frozenset[int] = frozenset()
    """The topics that the agenda itself names."""

    def chosen(self, topic_ids: Collection[int]) -> "Things":
        """Without the topics that the decision leaves out, and without their gaps."""
        left_out = {topic.id for topic in self.topics} - set(topic_ids)
        return Things(
            tuple(topic for topic in self.topics if topic.id not in left_out),
            tuple(gap for gap in self.gaps if gap.topic_id not in left_out),
            self.agreements,
            self.consents,
            self.effects,
            self.on_agenda,
        )


@dataclass(frozen=True)
class Particulars:
    """What some kinds of decisions need besides their text: a date, an address, a project group."""

    review_on: date | None = None
    addressee: str = ""
    body_id: int | None = None


@dataclass(frozen=True)
class Effect:
    """A step that the decision would cause, with the answer of the thing's own lifecycle."""

    move: Move
    verdict: Verdict
    title: str


@dataclass(frozen=True)
class Proposal:
    """The material for recording a decision on an item, at a moment."""

    item: FoundItem
    room: Room
    recused: int
    members: int
    ranking: Ranking | None
    things: Things
    earlier: tuple[Decision, ...]
    resolution: Resolution | None = None

    @property
    def poll(self) -> Poll | None:
        """The poll that the decision rests on."""
        rests_on = self.resolution or self.ranking
        return rests_on.poll if rests_on else None

    @property
    def kind(self) -> DecisionKind:
        """What the agenda plans to decide; taking note, where it plans nothing."""
        return self.item.item.decision_kind or DecisionKind.ACKNOWLEDGE

    @property
    def present(self) -> int:
        """The entitled who are present, the recused ones included."""
        return self.resolution.rule.present if self.resolution else self.room.attending.present

    @property
    def voters(self) -> int:
        """How many votes can be cast."""
        return self.present - self.recused

    def text(self, topic_ids: Collection[int]) -> str:
        """The proposed text: the motion that was voted on, else what the agenda proposes, then the ranking."""
        if self.resolution:
            return self.resolution.rule.motion
        return _text(self.item, self.ranking, {topic.id or 0: topic.title for topic in self.things.topics}, topic_ids)

    def ranked_topics(self) -> list[int]:
        """The topics that got points; where nothing was counted, those that the agenda names."""
        if self.ranking is None:
            return [topic.id or 0 for topic in self.things.topics if topic.id in self.things.on_agenda]
        return self.ranking.topic_ids


def _text(item: FoundItem, ranking: Ranking | None, titles: Mapping[int, str], topic_ids: Collection[int]) -> str:
    placed = [(place, id_) for id_, place in ranking.places.items() if id_ in topic_ids] if ranking else []
    in_order = sorted(placed, key=lambda pair: pair[0].rank)
    named = [Ranked(titles.get(id_, place.option), place.rank, place.shared) for place, id_ in in_order]
    return " ".join(part for part in (item.item.proposal or "", proposed_text(named)) if part)


def motion_of(session: Session, item: FoundItem, topics: Collection[Topic]) -> str:
    """The motion that would be put to the vote: the agenda's proposal and the ranking, if one was counted."""
    ranking = ranking_of(session, item.item.id or 0)
    titles = {topic.id or 0: topic.title for topic in topics}
    return _text(item, ranking, titles, ranking.topic_ids if ranking else ())


def proposal_of(session: Session, item: FoundItem, at: datetime) -> Proposal:
    """The material for recording a decision on an item. Seventeen statements, two more after the meeting."""
    ranking = ranking_of(session, item.item.id or 0)
    resolution = resolution_of(session, item.item.id or 0, ranking)
    at = resolution.poll.opened_at if resolution and resolution.poll.opened_at else _decided_at(session, item, at)
    room, recused = room_of(session, item, at), recused_seats(session, item.item.id or 0)
    seats = tuple(place.seat for place in room.places)
    out = frozenset(place.id for place in room.places if place.taken and place.id in recused)
    here = frozenset(room.taken_by)
    return Proposal(
        item=item,
        room=room,
        recused=resolution.rule.recused
        if resolution
        else room.attending.present - quorum_in(item, seats, here - out).present,
        members=resolution.rule.members if resolution else len(voting_units(seat_views(seats), item.rules.vote_unit)),
        ranking=ranking,
        resolution=resolution,
        things=things_of(session, item),
        earlier=tuple(
            session.exec(select(Decision).where(col(Decision.item_id) == item.item.id).order_by(col(Decision.id)))
        ),
    )


def _decided_at(session: Session, item: FoundItem, now: datetime) -> datetime:
    """The moment whose presence counts: now, or in a late entry when the item was voted on, else the meeting's end."""
    if item.state != MeetingState.HELD:
        return now
    polls = select(func.max(col(Poll.closed_at))).where(col(Poll.item_id) == item.item.id)
    ends = select(func.max(col(Presence.until))).where(col(Presence.meeting_id) == item.id)
    voted, ended = session.exec(polls).one(), session.exec(ends).one()
    if voted:
        return voted
    return ended - timedelta(microseconds=1) if ended else now


def ranking_of(session: Session, item_id: int) -> Ranking | None:
    """The latest published count that puts topics in order, if there is one. Two statements."""
    poll = _latest(session, item_id, col(Poll.method) != PollMethod.MAJORITY)
    options = session.exec(select(PollOption).where(col(PollOption.poll_id) == (poll.id if poll else 0))).all()
    if poll is None or poll.tally is None:
        return None
    topics = {str(option.id): option.topic_id for option in options if option.topic_id is not None}
    ranking, supported = _order(poll)
    places = {topics[place.option]: place for place in ranks(ranking) if place.option in topics}
    return Ranking(poll, places, supported)


def _latest(session: Session, item_id: int, condition: ColumnElement[bool]) -> Poll | None:
    statement = select(Poll).where(col(Poll.item_id) == item_id, col(Poll.state) == PollState.PUBLISHED, condition)
    return session.exec(statement.order_by(col(Poll.id).desc())).first()


def _order(poll: Poll) -> tuple[Sequence[Sequence[str]], frozenset[str]]:
    """The order of a count, and the options that the body would take up: those with points, or those chosen."""
    if poll.method == PollMethod.DOTS:
        tally = thaw_count(poll.tally or "").tally
        return tally.ranking, frozenset(option for option, points in tally.points.items() if points)
    counted = thaw_poll_count(poll.tally or "").counted
    if poll.method in PROPORTIONAL:
        sure = [o for o in counted.ids if counted.outcomes and all(o in outcome for outcome in counted.outcomes)]
        return counted.ranking, frozenset(sure)
    if poll.method in (PollMethod.APPROVAL, PollMethod.SCORE):
        return counted.ranking, frozenset(option for option, score in counted.scores.items() if score)
    return counted.ranking, frozenset(counted.ids)


def resolution_of(session: Session, item_id: int, ranking: Ranking | None) -> Resolution | None:
    """The latest published vote on a motion, unless a ranking came after it. One statement."""
    poll = _latest(session, item_id, col(Poll.method) == PollMethod.MAJORITY)
    if poll is None or poll.tally is None or (ranking and (ranking.poll.id or 0) > (poll.id or 0)):
        return None
    count = thaw_poll_count(poll.tally)
    return Resolution(poll, thaw_rule(poll.rule), count, count.votes) if count.votes else None


def things_of(session: Session, item: FoundItem) -> Things:
    """What an item is about; a mandate that names no topic may take up any ranked one. Six statements."""
    subjects = session.exec(select(AgendaItemSubject).where(col(AgendaItemSubject.item_id) == item.item.id)).all()
    topic_ids = [row.topic_id for row in subjects if row.topic_id]
    agreement_ids = [row.agreement_id for row in subjects if row.agreement_id]
    topics = _topics(session, topic_ids, item.item.decision_kind)
    gaps = _gaps(session, [row.gap_id for row in subjects if row.gap_id], [topic.id or 0 for topic in topics])
    return Things(
        topics,
        gaps,
        tuple(session.exec(select(Agreement).where(col(Agreement.id).in_(agreement_ids)))),
        _consents(session, agreement_ids),
        _effects(session, [gap.id or 0 for gap in gaps]),
        frozenset(topic_ids),
    )


def _topics(session: Session, ids: Collection[int], kind: DecisionKind | None) -> tuple[Topic, ...]:
    ranked = col(Topic.state) == TopicState.PRIORITISED
    wanted = ranked if kind == DecisionKind.MANDATE and not ids else col(Topic.id).in_(ids)
    return tuple(session.exec(select(Topic).where(wanted).order_by(col(Topic.rank).asc().nulls_last(), col(Topic.key))))


def _gaps(session: Session, ids: Collection[int], topic_ids: Collection[int]) -> tuple[Gap, ...]:
    wanted = col(Gap.id).in_(ids) | col(Gap.topic_id).in_(topic_ids)
    return tuple(session.exec(select(Gap).where(wanted).order_by(col(Gap.key))))


def _consents(session: Session, agreement_ids: Collection[int]) -> dict[int, int]:
    statement = select(col(Obligation.agreement_id), col(OrgConsent.state)).join(
        OrgConsent, col(OrgConsent.obligation_id) == col(Obligation.id)
    )
    answers: dict[int, list[str]] = {}
    for agreement_id, state in session.exec(statement.where(col(Obligation.agreement_id).in_(agreement_ids))):
        answers.setdefault(agreement_id, []).append(state)
    return {agreement_id: count_consents(states).consented for agreement_id, states in answers.items()}


def _effects(session: Session, gap_ids: Collection[int]) -> dict[int, str]:
    """The rated effect of the latest solution of each gap, if any is rated."""
    statement = (
        select(col(SolutionGap.gap_id), col(Solution.effect))
        .join(Solution, col(Solution.id) == col(SolutionGap.solution_id))
        .where(col(SolutionGap.gap_id).in_(gap_ids), col(Solution.effect) != EffectRating.UNKNOWN)
        .order_by(col(Solution.period_start), col(Solution.id))
    )
    return {gap_id: str(effect) for gap_id, effect in session.exec(statement)}


def effects_of(
    kind: str, things: Things, places: Mapping[int, Ranked], particulars: Particulars, today: date
) -> list[Effect]:
    """Every step that an accepted decision of this kind would cause, with what the lifecycles say to it."""
    steps = moves(
        kind,
        [TopicStanding(row.id or 0, row.state, _rank(places, row.id or 0)) for row in things.topics],
        [GapStanding(row.id or 0, row.status) for row in things.gaps],
        [AgreementStanding(row.id or 0, row.state, things.consents.get(row.id or 0, 0)) for row in things.agreements],
    )
    titles = _titles(things)
    return [Effect(step, _verdict(step, things, particulars, today), titles[step.thing, step.id]) for step in steps]


def _rank(places: Mapping[int, Ranked], topic_id: int) -> int | None:
    return places[topic_id].rank if topic_id in places else None


def _titles(things: Things) -> dict[tuple[str, int], str]:
    topics = {(TOPIC, row.id or 0): row.title for row in things.topics}
    gaps = {(GAP, row.id or 0): row.title for row in things.gaps}
    return {**topics, **gaps, **{("agreement", row.id or 0): row.title for row in things.agreements}}


def _verdict(step: Move, things: Things, particulars: Particulars, today: date) -> Verdict:
    if step.thing == TOPIC:
        return TOPIC_LIFECYCLE.check(step.source, step.target, {STEERING}, _topic_facts(step, things, particulars))
    if step.thing == GAP:
        return GAP_LIFECYCLE.check(step.source, step.target, {STEERING}, _gap_facts(step, things, particulars, today))
    return Verdict(True)


def _topic_facts(step: Move, things: Things, particulars: Particulars) -> TopicFacts:
    gaps = [gap for gap in things.gaps if gap.topic_id == step.id]
    return TopicFacts(
        has_gaps=bool(gaps),
        has_decision=True,
        has_mandate=particulars.body_id is not None,
        open_gaps=sum(gap.status not in CLOSED_GAPS for gap in gaps),
    )


def _gap_facts(step: Move, things: Things, particulars: Particulars, today: date) -> GapFacts:
    return GapFacts(
        has_reason=True,
        has_decision=True,
        review_on=particulars.review_on,
        has_addressee=bool(particulars.addressee.strip()),
        has_mandate=particulars.body_id is not None,
        agreement_approved=True,
        consents_given=sum(things.consents.values()),
        effect_rating=things.effects.get(step.id),
        today=today,
    )


def project_groups(session: Session, parent_id: int) -> list[Body]:
    """The project groups below a body, which can be given a mandate. One statement."""
    statement = select(Body).where(col(Body.parent_id) == parent_id, col(Body.kind) == BodyKind.PROJECT)
    return list(session.exec(statement.order_by(col(Body.name))))
