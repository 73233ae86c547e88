"""What the pages of scorings show, put together in a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlmodel import Session

from app.core.clock import LOCAL
from app.core.permissions import Actor
from knowledge.gaps.models import Topic
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label
from meetings.agenda.policy import may_conduct_meeting
from meetings.agenda.queries import FoundItem
from meetings.agenda.states import MeetingState
from meetings.decisions.rules import ranks
from meetings.scoring import policy
from meetings.scoring.queries import CRITERIA, FoundScoring, cells_in, late_ones, weights_of
from meetings.scoring.rules import Criterion, Key, ScoredTopic, ScoringRule
from meetings.scoring.weighing import Cell, Order, Tip, Variant, most_disputed, order_of, tips, variants
from meetings.scoring.wording import mean_words, spread_words, stability_words, verdict_words
from meetings.voting.queries import polls_of_items, topics_of_item
from meetings.voting.states import PollState

STEP, MARGIN = 60, 20
"""The picture of a criterion: so far apart stand two marks, so far from the edge the first."""


@dataclass(frozen=True)
class Dot:
    """A mark in the picture: where, how large, how many gave it."""

    x: int
    radius: float
    number: int


@dataclass(frozen=True)
class CellView:
    """One criterion of one topic, with its picture."""

    criterion: Criterion
    cell: Cell
    mean: str
    spread: str
    dots: tuple[Dot, ...]
    mean_x: float | None

    @property
    def from_x(self) -> int:
        """Where the reach of the marks begins."""
        return MARGIN + STEP * self.cell.lowest

    @property
    def to_x(self) -> int:
        """Where it ends."""
        return MARGIN + STEP * self.cell.highest


@dataclass(frozen=True)
class TopicRow:
    """A topic in its place; `share` is the length of its bar."""

    topic: ScoredTopic
    rank: int
    shared: bool
    score: str
    share: float
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class ScoringResult:
    """What came out, as it is read."""

    rule: ScoringRule
    order: Order
    rows: tuple[TopicRow, ...]
    verdict: str
    disputed: tuple[tuple[ScoredTopic, CellView], ...]
    stability: tuple[str, ...]
    tips: tuple[Tip, ...]
    variants: tuple[Variant, ...]


def result_of(rule: ScoringRule, cells: Mapping[Key, Cell]) -> ScoringResult:
    """The result of these marks."""
    order = order_of(rule, cells)
    views = {key: _view(rule, key, cell) for key, cell in cells.items()}
    rows = []
    for place in ranks(order.groups):
        topic, score = rule.topic(place.option), order.scores[place.option]
        if topic is not None:
            own = tuple(views[topic.id, each.key] for each in rule.criteria)
            share = round(float(score or 0), 2)
            rows.append(TopicRow(topic, place.rank, place.shared, mean_words(score), share, own))
    disputed = tuple((rule.topic(key[0]), views[key]) for key in most_disputed(cells))
    found = tips(rule, cells)
    return ScoringResult(
        rule,
        order,
        tuple(rows),
        verdict_words(rule, order),
        tuple((topic, view) for topic, view in disputed if topic),
        tuple(stability_words(rule, found)) if order.first else (),
        found,
        variants(rule, cells) if order.first else (),
    )


def _view(rule: ScoringRule, key: Key, cell: Cell) -> CellView:
    criterion = next(each for each in rule.criteria if each.key == key[1])
    counts = cell.counts(rule.highest)
    dots = tuple(
        Dot(MARGIN + STEP * mark, round(6 + 8 * (number / (cell.number or 1)) ** 0.5, 1), number)
        for mark, number in enumerate(counts)
        if number
    )
    mean_x = None if cell.mean is None else float(MARGIN + STEP * cell.mean)
    return CellView(criterion, cell, mean_words(cell.mean), spread_words(cell), dots, mean_x)


@dataclass(frozen=True)
class WhatIf:
    """The order under weights that somebody tries out; counted nowhere."""

    weights: Mapping[str, int]
    tried: bool
    rows: tuple[tuple[ScoredTopic, int, str], ...]


def what_if(rule: ScoringRule, cells: Mapping[Key, Cell], typed: Mapping[str, int]) -> WhatIf:
    """The order under the typed weights; what is not typed stays as it is."""
    weights = {**rule.weights, **{key: weight for key, weight in typed.items() if key in rule.weights}}
    order = order_of(rule, cells, weights)
    rows = [(rule.topic(p.option), p.rank, mean_words(order.scores[p.option])) for p in ranks(order.groups)]
    shown = tuple((topic, rank, score) for topic, rank, score in rows if topic)
    return WhatIf(weights, weights != rule.weights, shown)


@dataclass(frozen=True)
class ScoringPage:
    """A scoring for one reader."""

    found: FoundScoring
    own: int | None
    scores: bool
    enters: bool
    steers: bool
    result: ScoringResult | None
    late: int
    what_if: WhatIf | None
    may_poll: bool
    poll_id: int | None


def scoring_page(
    session: Session, actor: Actor, found: FoundScoring, typed: Mapping[str, int] | None = None
) -> ScoringPage:
    """Everything that the page shows. Four statements besides those that loaded the scoring."""
    shown = bool(policy.may_read_scores(actor, found))
    cells = cells_in(session, found) if shown else {}
    item = found.meeting
    polls = polls_of_items(session, [item.item.id or 0]).get(item.item.id or 0, [])
    standing = [poll for poll in polls if poll.state != PollState.VOIDED]
    running = item.state == MeetingState.RUNNING and bool(may_conduct_meeting(actor, item))
    return ScoringPage(
        found=found,
        own=policy.own_organisation(actor, found),
        scores=bool(policy.may_score(actor, found)),
        enters=bool(policy.may_enter_sheets(actor, found)),
        steers=bool(policy.may_steer_scoring(actor, found)),
        result=result_of(found.rule, cells) if shown else None,
        late=late_ones(session, found.id) if shown else 0,
        what_if=what_if(found.rule, cells, typed or {}) if shown else None,
        may_poll=running and not standing and len(found.rule.topics) > 1 and found.state == "closed",
        poll_id=standing[-1].id if standing else None,
    )


@dataclass(frozen=True)
class Announcing:
    """A scoring before it is announced."""

    topics: list[Topic]
    labels: dict[str, str]
    weights: dict[str, int]
    until: date | None


def announcing(session: Session, item: FoundItem, planned: tuple[str, ...]) -> Announcing:
    """The material for the form: topics, criteria with the body's weights, a deadline before the meeting."""
    weights = weights_of(session, item.body_row)
    if planned:
        weights = {key: weight if key in planned else 0 for key, weight in weights.items()}
    return Announcing(topics_of_item(session, item.item.id or 0), criteria_labels(), weights, _proposed_day(item))


def _proposed_day(item: FoundItem) -> date | None:
    """Six days before the meeting."""
    day = item.meeting.date
    return date.fromordinal(day.toordinal() - 6) if day else None


def criteria_labels() -> dict[str, str]:
    """What the county calls the criteria."""
    return {key: label(CRITERIA, key) for key in lists.keys(CRITERIA)}


def deadline_day(moment: datetime) -> date:
    """The day of a deadline on the county's clock."""
    return moment.astimezone(LOCAL).date()


def as_percent(share: Fraction) -> int:
    """A share as whole percent."""
    return round(100 * share)
