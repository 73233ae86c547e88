"""The tables of text coding: the codebook, passages of case texts, codings, and rounds.

Everything that quotes a case belongs to the case and goes with it; a category says nothing about any case.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.coding.states import CategoryState, CodingState, Colour, RoundState, SourceField


class Category(TenantOwned, table=True):
    """A category of the codebook. `guid` is its name in other programs, `symbol` one or two letters beside the colour.

    `example_passage_id` is the anchor example; its words stay in the case and are shown to whoever may read that.
    """

    __tablename__ = "coding_category"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        UniqueConstraint("tenant_id", "guid"),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_somewhere"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    guid: str = Field(max_length=36)
    parent_id: int | None = Field(default=None, foreign_key="coding_category.id", index=True)
    name: str
    definition: str
    rule: str | None = None
    example: str | None = None
    example_passage_id: int | None = Field(
        default=None, foreign_key="coding_passage.id", ondelete="SET NULL", index=True
    )
    colour: Colour = enum_field(Colour, "colour", default=Colour.BLUE)
    symbol: str = Field(max_length=2)
    state: CategoryState = enum_field(CategoryState, "state", default=CategoryState.ACTIVE)
    merged_into_id: int | None = Field(default=None, foreign_key="coding_category.id", index=True)
    version: int = 1


class Passage(TenantOwned, table=True):
    """A passage of a case text. Offsets count code points; `before` and `after` are 32 of them on either side.

    `station_id` and `question_id` turn empty when their row goes; the passage then shows as lost, not as gone.
    `text_hash` is that of the text for which the offsets hold.
    """

    __tablename__ = "coding_passage"
    __table_args__ = (
        UniqueConstraint("tenant_id", "guid"),
        CheckConstraint("0 <= start_at AND start_at < end_at", name="not_empty"),
    )

    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(max_length=36)
    case_id: int = owned_by("case.id")
    field: SourceField = enum_field(SourceField, "field")
    station_id: int | None = Field(default=None, foreign_key="station.id", ondelete="SET NULL", index=True)
    question_id: int | None = Field(default=None, foreign_key="open_question.id", ondelete="SET NULL", index=True)
    start_at: int
    end_at: int
    quote: str
    before: str
    after: str
    text_hash: str = Field(max_length=64)


class Coding(TenantOwned, table=True):
    """That a person attached a passage to a category, a gap or a finding. `target` says which, for uniqueness.

    `removed_at` is set while the removal can still be taken back.
    """

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("passage_id", "target", "coder_id", "round"),
        UniqueConstraint("tenant_id", "guid"),
        CheckConstraint(
            "(category_id IS NOT NULL AND gap_id IS NULL AND finding_id IS NULL)"
            " OR (category_id IS NULL AND gap_id IS NOT NULL AND finding_id IS NULL)"
            " OR (category_id IS NULL AND gap_id IS NULL AND finding_id IS NOT NULL)",
            name="one_target",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(max_length=36)
    passage_id: int = owned_by("coding_passage.id")
    target: str = Field(max_length=32)
    category_id: int | None = Field(default=None, foreign_key="coding_category.id", index=True)
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    finding_id: int | None = owned_by("finding.id", nullable=True)
    coder_id: int = Field(foreign_key="person.id", index=True)
    round: int = 1
    memo: str | None = None
    state: CodingState = enum_field(CodingState, "state", default=CodingState.PROPOSED)
    reviewer_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reviewed_at: datetime | None = None
    replaced_by_id: int | None = Field(default=None, foreign_key="coding.id", ondelete="SET NULL", index=True)
    created_at: datetime
    changed_at: datetime
    removed_at: datetime | None = None


class CodingRound(TenantOwned, table=True):
    """A round of coding one case. While it is open and blind, everybody sees only their own codings."""

    __tablename__ = "coding_round"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = owned_by("case.id")
    number: int = 1
    state: RoundState = enum_field(RoundState, "state", default=RoundState.OPEN)
    blind: bool = False
    opened_at: datetime
    closed_at: datetime | None = None
