"""The tables of what a group writes in the room: cards, clusters, dots, open questions.

Who wrote a card and who gave which dot stand in tables of their own, which are emptied at the close. A card keeps no
time, and its key is random, so that nothing else tells the order in which the cards came.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.gaps.states import SolvableAt
from knowledge.reconstruction.card_rules import CARDS_EACH, DOTS_EACH, MOST_PER_CLUSTER
from knowledge.reconstruction.card_states import CardKind, ClusterDecision


class CardBoard(TenantOwned, table=True):
    """The rules of one case's card query and dot query, and where the dots stand. No row: the usual rules.

    `dots_withheld`: too few gave dots for sums that say nothing of a single person; the sums were not kept.
    """

    __tablename__ = "card_board"

    id: int | None = Field(default=None, primary_key=True)
    workshop_case_id: int = Field(foreign_key="workshop_case.id", ondelete="CASCADE", unique=True)
    cards_each: int = CARDS_EACH
    dots_each: int = DOTS_EACH
    dots_per_cluster: int = MOST_PER_CLUSTER
    dots_opened_at: datetime | None = None
    dots_closed_at: datetime | None = None
    voters: int = 0
    dots_withheld: bool = False


class CardCluster(TenantOwned, table=True):
    """Cards that say the same, named as a sentence; what becomes of it; its dots once they are counted."""

    __tablename__ = "card_cluster"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_case_id: int = owned_by("workshop_case.id")
    key: str = Field(max_length=16)
    position: int = 0
    when_text: str = ""
    then_text: str = ""
    because_text: str = ""
    version: int = 1
    decision: ClusterDecision | None = enum_field(ClusterDecision, "decision", default=None, nullable=True)
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True, nullable=True, ondelete="SET NULL")
    solvable_at: SolvableAt | None = enum_field(SolvableAt, "solvable_at", default=None, nullable=True)
    dots: int = 0


class WorkshopCard(TenantOwned, table=True):
    """A card. `shown_as` is its place in the order of uncovering; none while it is covered."""

    __tablename__ = "workshop_card"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_case_id: int = owned_by("workshop_case.id")
    key: str = Field(max_length=16)
    kind: CardKind = enum_field(CardKind, "kind")
    station_id: int | None = Field(
        default=None, foreign_key="station.id", index=True, nullable=True, ondelete="SET NULL"
    )
    transition: str | None = Field(default=None, max_length=64)
    text: str
    shown_as: int | None = None
    cluster_id: int | None = Field(
        default=None, foreign_key="card_cluster.id", index=True, nullable=True, ondelete="SET NULL"
    )


class CardAuthor(TenantOwned, table=True):
    """Who wrote a card, for counting and taking back; erased at the close. `client_key` is the browser's own."""

    __tablename__ = "card_author"
    __table_args__ = (UniqueConstraint("tenant_id", "client_key"),)

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="workshop_card.id", ondelete="CASCADE", unique=True)
    workshop_case_id: int = owned_by("workshop_case.id")
    participant_id: int | None = Field(
        default=None, foreign_key="workshop_participant.id", index=True, nullable=True, ondelete="SET NULL"
    )
    client_key: str = Field(max_length=64)


class CardMove(TenantOwned, table=True):
    """A card that was put somewhere else, so that the last move can be taken back."""

    __tablename__ = "card_move"

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = owned_by("workshop_card.id")
    workshop_case_id: int = owned_by("workshop_case.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    from_id: int | None = None
    to_id: int | None = None


class DotBallot(TenantOwned, table=True):
    """One person's dots while the query is open, as JSON {cluster's key: dots}; counted and erased at its end.

    Dots from paper have no participant: they are the sums of so many `people`.
    """

    __tablename__ = "dot_ballot"
    __table_args__ = (UniqueConstraint("board_id", "participant_id"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = owned_by("card_board.id")
    participant_id: int | None = Field(
        default=None, foreign_key="workshop_participant.id", index=True, nullable=True, ondelete="CASCADE"
    )
    people: int = 1
    points: str


class WorkshopQuestion(TenantOwned, table=True):
    """A question that the group leaves open, with whoever takes it: a person or an organisation."""

    __tablename__ = "workshop_question"
    __table_args__ = (CheckConstraint("person_id IS NULL OR organisation_id IS NULL", name="one_owner"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_case_id: int = owned_by("workshop_case.id")
    text: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    due_on: date | None = None
