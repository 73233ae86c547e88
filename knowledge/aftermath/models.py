"""The table of what happens after a workshop: who said that its findings are complete, and who released it."""

from datetime import datetime

from sqlmodel import Field

from app.core.tables import TenantOwned


class WorkshopReview(TenantOwned, table=True):
    """The two pairs of eyes of a workshop. `ready_by_id` presents the findings, another person releases them."""

    __tablename__ = "workshop_review"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", ondelete="CASCADE", unique=True)
    ready_by_id: int = Field(foreign_key="person.id", index=True)
    ready_at: datetime
    released_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    released_at: datetime | None = None
