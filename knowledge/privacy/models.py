"""The table of what people decided about marked passages. It never holds the passage, only the hash of what it says."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field
from knowledge.privacy.states import HitVerdict


class PrivacyDecision(TenantOwned, table=True):
    """One person's word about one passage of one field of a thing (kind and id of its node).

    `hit` is the key of the passage (`rules.Hit.key`). It lives as long as the text: who erases the thing forgets it.
    """

    __tablename__ = "privacy_decision"
    __table_args__ = (UniqueConstraint("kind", "thing_id", "field", "hit", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=32)
    thing_id: int
    field: str = Field(max_length=64)
    hit: str = Field(max_length=16)
    verdict: HitVerdict = enum_field(HitVerdict, "verdict")
    reason: str = ""
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime
