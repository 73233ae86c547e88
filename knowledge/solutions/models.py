"""The tables of solutions, failed ones included."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from app.people.states import Visibility
from knowledge.solutions.states import EffectRating


class Solution(TenantOwned, table=True):
    """What was tried, from `period_start` to `period_end` (YYYY-MM; no end: it goes on). `kind`: solution_kinds.

    `shortfall` says what did not work, `contact_role` whom to ask: a role, never a name. `version` counts changes.
    """

    __tablename__ = "solution"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    title: str
    kind: str = Field(max_length=64, index=True)
    effect: EffectRating = enum_field(EffectRating, "effect", default=EffectRating.UNKNOWN, index=True)
    visibility: Visibility = enum_field(Visibility, "visibility", default=Visibility.NETWORK, index=True)
    period_start: str | None = Field(default=None, max_length=7)
    period_end: str | None = Field(default=None, max_length=7)
    description: str
    result: str | None = None
    transfer: str | None = None
    cost: str | None = None
    conditions: str | None = None
    shortfall: str | None = None
    contact_role: str | None = None
    version: int = 1


class SolutionLesson(TenantOwned, table=True):
    """One thing that was learnt."""

    __tablename__ = "solution_lesson"

    id: int | None = Field(default=None, primary_key=True)
    solution_id: int = owned_by("solution.id")
    position: int = 0
    text: str


class SolutionDocument(TenantOwned, table=True):
    """A document that belongs to a solution, by its title."""

    __tablename__ = "solution_document"

    id: int | None = Field(default=None, primary_key=True)
    solution_id: int = owned_by("solution.id")
    position: int = 0
    title: str


class SolutionOrganisation(TenantOwned, table=True):
    """An organisation that took part."""

    __tablename__ = "solution_organisation"
    __table_args__ = (UniqueConstraint("solution_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    solution_id: int = owned_by("solution.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    position: int = 0


class SolutionGap(TenantOwned, table=True):
    """A gap that a solution was meant to close: `position` in the solution's list, `gap_position` in the gap's."""

    __tablename__ = "solution_gap"
    __table_args__ = (UniqueConstraint("solution_id", "gap_id"),)

    id: int | None = Field(default=None, primary_key=True)
    solution_id: int = owned_by("solution.id")
    gap_id: int = owned_by("gap.id")
    position: int = 0
    gap_position: int = 0
