"""The tables of scorings. The rule is frozen when a scoring opens; sheets are replaced until it closes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.scoring.states import ScoringState


class BodyCriterion(TenantOwned, table=True):
    """How much a criterion counts in a body; 0: it is not asked. A body without rows uses the shipped weights."""

    __tablename__ = "body_criterion"
    __table_args__ = (
        UniqueConstraint("body_id", "criterion"),
        CheckConstraint("weight BETWEEN 0 AND 10", name="weight_in_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = owned_by("body.id")
    criterion: str = Field(max_length=64)
    weight: int


class Scoring(TenantOwned, table=True):
    """A scoring of the topics of an item. `rule` is a frozen text with its hash; `note` says why it was taken back."""

    __tablename__ = "scoring"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = owned_by("agenda_item.id")
    state: ScoringState = enum_field(ScoringState, "state", default=ScoringState.OPEN, index=True)
    rule: str
    rule_sha256: str = Field(max_length=64)
    deadline: datetime
    opened_at: datetime
    opened_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    closed_at: datetime | None = None
    closed_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    note: str | None = None


class ScoringSheet(TenantOwned, table=True):
    """The sheet of an organisation. One per organisation, by the database; `by_office`: entered from paper."""

    __tablename__ = "scoring_sheet"
    __table_args__ = (UniqueConstraint("scoring_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    scoring_id: int = owned_by("scoring.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    by_office: bool = False
    late: bool = False
    at: datetime
    version: int = 1


class ScoringMark(TenantOwned, table=True):
    """An answer: 0 to 4, or empty where the organisation cannot say."""

    __tablename__ = "scoring_mark"
    __table_args__ = (
        UniqueConstraint("sheet_id", "topic_id", "criterion"),
        CheckConstraint("mark IS NULL OR mark BETWEEN 0 AND 4", name="mark_in_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = owned_by("scoring_sheet.id")
    topic_id: int = Field(foreign_key="topic.id", index=True)
    criterion: str = Field(max_length=64)
    mark: int | None = None
