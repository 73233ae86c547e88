"""The table of links between decisions."""

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, owned_by


class DecisionReplacement(TenantOwned, table=True):
    """That a later decision takes the place of an earlier one; neither is edited. Rows are only added."""

    __tablename__ = "decision_replacement"
    __table_args__ = (
        UniqueConstraint("newer_id", "older_id"),
        CheckConstraint("newer_id <> older_id", name="two_decisions"),
    )

    id: int | None = Field(default=None, primary_key=True)
    newer_id: int = owned_by("decision.id")
    older_id: int = owned_by("decision.id")
    note: str = ""
    at: dt.datetime
    by_id: int = Field(foreign_key="person.id", index=True)
