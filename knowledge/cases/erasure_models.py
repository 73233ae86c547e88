"""The proof that a case was erased (DP-9): how much of which kind, why, when and by whom; nothing of what it said."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.cases.states import ErasureWhy


class CaseErasure(TenantOwned, table=True):
    """One erasure. `rows` is JSON {table: rows that went or were emptied}; no person: the time was up."""

    __tablename__ = "case_erasure"

    id: int | None = Field(default=None, primary_key=True)
    case_key: str = Field(max_length=64)
    why: ErasureWhy = enum_field(ErasureWhy, "why")
    at: datetime = Field(index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    rows: str


class LostEvidence(TenantOwned, table=True):
    """A gap that an erased case had spoken for or against, and does not any more."""

    __tablename__ = "lost_evidence"
    __table_args__ = (UniqueConstraint("gap_id", "erasure_id"),)

    id: int | None = Field(default=None, primary_key=True)
    gap_id: int = owned_by("gap.id")
    erasure_id: int = owned_by("case_erasure.id")
