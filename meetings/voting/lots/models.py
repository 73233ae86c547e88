"""The table of lots: a sealed number for every poll, and what was drawn where a poll ended in a tie."""

from datetime import datetime

from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field
from meetings.voting.lots.rules import LotKind


class PollLot(TenantOwned, table=True):
    """The lot of a poll. `seed` stays secret until it is drawn, `sha256` is shown from the opening on.

    `drawn` is JSON: the candidates that won, each a list of options; `drawn_by` names who drew by hand.
    """

    __tablename__ = "poll_lot"

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id", ondelete="CASCADE", unique=True)
    seed: str = Field(max_length=64)
    sha256: str = Field(max_length=64)
    kind: LotKind | None = enum_field(LotKind, "kind", default=None, nullable=True)
    drawn: str | None = None
    drawn_by: str | None = Field(default=None, max_length=160)
    drawn_at: datetime | None = None
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
