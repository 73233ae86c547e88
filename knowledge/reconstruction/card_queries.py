"""Reads of the board: what everybody may see, what one author wrote, what is covered, how the dots stand.

Nothing here gives out an author or a dot that is still hidden; templates cannot show what they do not get.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, func, select

from app.people.models import Organisation
from knowledge.cases.models import Station
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps
from knowledge.reconstruction.access import RoomView
from knowledge.reconstruction.card_actions import board_row, keeps_authors
from knowledge.reconstruction.card_models import CardAuthor, CardBoard, CardCluster, DotBallot, WorkshopCard
from knowledge.reconstruction.card_places import station_words
from knowledge.reconstruction.card_rules import cards_left, cluster_sentence
from knowledge.reconstruction.dot_actions import is_open
from knowledge.reconstruction.models import WorkshopParticipant
from knowledge.reconstruction.staging import stays_outside
from knowledge.reconstruction.states import Entry, MemberRole
from knowledge.taxonomy.terms import label
from knowledge.workshops.models import WorkshopCase


@dataclass(frozen=True)
class CardView:
    """A card as screens show it."""

    key: str
    kind: str
    text: str
    place: str
    covered: bool = False
    cluster_id: int | None = None
    station_id: int | None = None
    transition: str | None = None


@dataclass(frozen=True)
class ClusterView:
    """A cluster with its cards. `gap` only for readers of that gap; `dots` are 0 until the query is closed."""

    row: CardCluster
    cards: tuple[CardView, ...]
    gap: Gap | None = None

    @property
    def key(self) -> str:
        """Its key."""
        return self.row.key

    @property
    def sentence(self) -> str:
        """Its name; empty while it has none."""
        return sentence_of(self.row)


@dataclass(frozen=True)
class Board:
    """The uncovered cards in the order of uncovering, in clusters and beside them."""

    rules: CardBoard
    clusters: tuple[ClusterView, ...]
    loose: tuple[CardView, ...]

    @property
    def cards(self) -> int:
        """How many cards are to be seen."""
        return len(self.loose) + sum(len(each.cards) for each in self.clusters)

    @property
    def counted(self) -> bool:
        """Whether the dots have been counted and may be shown."""
        return self.rules.dots_closed_at is not None and not self.rules.dots_withheld

    @property
    def withheld(self) -> bool:
        """Whether too few gave dots for a result that says nothing of a single person."""
        return self.rules.dots_closed_at is not None and self.rules.dots_withheld

    @property
    def dots_open(self) -> bool:
        """Whether dots may be given."""
        return is_open(self.rules)

    @property
    def ranking(self) -> list[ClusterView]:
        """The clusters, those with most dots first; equals in their old order."""
        return sorted(self.clusters, key=lambda each: -each.row.dots)

    @property
    def votable(self) -> list[ClusterView]:
        """The clusters that can get dots: those with a name."""
        return [each for each in self.clusters if each.sentence]


@dataclass(frozen=True)
class Mine:
    """What one author wrote and how many cards are left; None: no limit."""

    cards: tuple[CardView, ...]
    limit: int
    left: int | None


@dataclass(frozen=True)
class Turnout:
    """How many have given their dots, of how many."""

    voted: int
    of: int


@dataclass(frozen=True)
class ClusterOutcome:
    """A cluster after the workshop, for its review. `cards`: how many of each kind. `dots`: None if not to be told."""

    workshop_case_id: int
    cluster_id: int
    name: str
    decision: str | None
    gap_id: int | None
    solvable_at: str | None
    station_ids: tuple[int, ...]
    cards: dict[str, int] = field(default_factory=dict)
    dots: int | None = None
    texts: tuple[str, ...] = ()


def sentence_of(row: CardCluster) -> str:
    """„Wenn …, dann …, weil …“."""
    return cluster_sentence(row.when_text, row.then_text, row.because_text)


def board(session: Session, room: RoomView) -> Board:
    """Everything that lies on the table uncovered. Three statements."""
    mine = col(WorkshopCard.workshop_case_id) == room.workshop_case_id
    cards = _cards(session, mine, col(WorkshopCard.shown_as).is_not(None))
    rows = _clusters(session, room)
    rules = board_row(session, room.workshop_case_id)
    return Board(
        rules=rules,
        clusters=tuple(
            ClusterView(row, tuple(card for card in cards if card.cluster_id == row.id), gap) for row, gap in rows
        ),
        loose=tuple(card for card in cards if card.cluster_id is None),
    )


def _clusters(session: Session, room: RoomView) -> list[tuple[CardCluster, Gap | None]]:
    readable = (col(Gap.id) == col(CardCluster.gap_id)) & readable_gaps(room.member.actor)
    statement = (
        select(CardCluster, Gap)
        .outerjoin(Gap, readable)
        .where(col(CardCluster.workshop_case_id) == room.workshop_case_id)
        .order_by(col(CardCluster.position), col(CardCluster.id))
    )
    signed_in = bool(room.member.actor.person_id)
    return [(row, gap if signed_in else None) for row, gap in session.exec(statement)]


def _cards(session: Session, *conditions: Any) -> list[CardView]:
    statement = (
        select(WorkshopCard, Station)
        .outerjoin(Station, col(Station.id) == col(WorkshopCard.station_id))
        .where(*conditions)
        .order_by(col(WorkshopCard.shown_as), col(WorkshopCard.key))
    )
    return [_view(card, station) for card, station in session.exec(statement)]


def _view(card: WorkshopCard, station: Station | None) -> CardView:
    place = ""
    if station is not None and not station.hidden:
        place = station_words(station)
    elif card.transition:
        place = label("transitions", card.transition)
    return CardView(
        key=card.key,
        kind=card.kind.value,
        text=card.text,
        place=place,
        covered=card.shown_as is None,
        cluster_id=card.cluster_id,
        station_id=card.station_id,
        transition=card.transition or (station.transition if station else None),
    )


def card_by_key(session: Session, room: RoomView, key: str) -> CardView | None:
    """An uncovered card of the present case."""
    mine = col(WorkshopCard.workshop_case_id) == room.workshop_case_id
    shown = col(WorkshopCard.shown_as).is_not(None)
    return next(iter(_cards(session, mine, shown, col(WorkshopCard.key) == key)), None)


def covered(session: Session, room: RoomView) -> tuple[CardView, ...]:
    """The covered cards, in an order that says nothing about when they came; for the moderation."""
    mine = col(WorkshopCard.workshop_case_id) == room.workshop_case_id
    return tuple(_cards(session, mine, col(WorkshopCard.shown_as).is_(None)))


def count_covered(session: Session, room: RoomView) -> int:
    """How many cards are covered; all that the wall is told of them."""
    statement = select(func.count(col(WorkshopCard.id))).where(
        col(WorkshopCard.workshop_case_id) == room.workshop_case_id, col(WorkshopCard.shown_as).is_(None)
    )
    return session.exec(statement).one()


def mine(session: Session, room: RoomView) -> Mine:
    """What this member wrote about the present case. Three statements."""
    rules = board_row(session, room.workshop_case_id)
    if room.member.participant_id is None or not keeps_authors(session):
        return Mine((), rules.cards_each, None)
    own = select(CardAuthor.card_id).where(
        col(CardAuthor.workshop_case_id) == room.workshop_case_id,
        col(CardAuthor.participant_id) == room.member.participant_id,
    )
    cards = tuple(_cards(session, col(WorkshopCard.id).in_(own)))
    return Mine(cards, rules.cards_each, cards_left(rules.cards_each, len(cards)))


def own_dots(session: Session, room: RoomView, rules: CardBoard) -> dict[str, int] | None:
    """The dots that this member has given, None while they gave none."""
    statement = select(DotBallot.points).where(
        col(DotBallot.board_id) == rules.id, col(DotBallot.participant_id) == room.member.participant_id
    )
    found = session.exec(statement).first()
    return None if found is None else dict(json.loads(found))


def turnout(session: Session, room: RoomView, rules: CardBoard) -> Turnout:
    """How many of those at this case have given their dots. Two statements."""
    given = session.exec(select(func.sum(DotBallot.people)).where(col(DotBallot.board_id) == rules.id)).one() or 0
    voted = rules.voters if rules.dots_closed_at else given
    return Turnout(voted, max(voted, _voters(session, room)))


def _voters(session: Session, room: RoomView) -> int:
    rows = session.exec(
        select(WorkshopParticipant, Organisation)
        .outerjoin(Organisation, col(Organisation.id) == col(WorkshopParticipant.organisation_id))
        .where(
            col(WorkshopParticipant.workshop_id) == room.workshop_id,
            col(WorkshopParticipant.state) == Entry.ADMITTED,
            col(WorkshopParticipant.confirmed_at).is_not(None),
            col(WorkshopParticipant.role).not_in((MemberRole.PROJECTOR, MemberRole.MODERATOR)),
        )
    )
    leading = (room.workshop.moderation_id,)
    return sum(
        1
        for row, organisation in rows
        if (row.person_id is None or row.person_id not in leading) and not stays_outside(row, organisation, room.found)
    )


def outcome(session: Session, workshop_id: int) -> list[ClusterOutcome]:
    """What the clusters of a workshop came to, case by case. Two statements; the caller asks its own policy."""
    entries = select(WorkshopCase.id).where(col(WorkshopCase.workshop_id) == workshop_id)
    rows = session.exec(
        select(CardCluster, col(CardBoard.dots_closed_at).is_not(None) & ~col(CardBoard.dots_withheld))
        .join(WorkshopCase, col(WorkshopCase.id) == col(CardCluster.workshop_case_id))
        .outerjoin(CardBoard, col(CardBoard.workshop_case_id) == col(CardCluster.workshop_case_id))
        .where(col(CardCluster.workshop_case_id).in_(entries))
        .order_by(col(WorkshopCase.position), col(CardCluster.position), col(CardCluster.id))
    ).all()
    cards: dict[int, list[CardView]] = defaultdict(list)
    shown = col(WorkshopCard.shown_as).is_not(None)
    for card in _cards(session, col(WorkshopCard.workshop_case_id).in_(entries), shown):
        cards[card.cluster_id or 0].append(card)
    return [_outcome(row, cards[row.id or 0], bool(told)) for row, told in rows]


def _outcome(row: CardCluster, cards: list[CardView], told: bool) -> ClusterOutcome:
    kinds: dict[str, int] = defaultdict(int)
    for card in cards:
        kinds[card.kind] += 1
    return ClusterOutcome(
        workshop_case_id=row.workshop_case_id,
        cluster_id=row.id or 0,
        name=sentence_of(row),
        decision=row.decision.value if row.decision else None,
        gap_id=row.gap_id,
        solvable_at=row.solvable_at.value if row.solvable_at else None,
        station_ids=tuple(dict.fromkeys(card.station_id for card in cards if card.station_id)),
        cards=dict(kinds),
        dots=row.dots if told else None,
        texts=tuple(card.text for card in cards),
    )
