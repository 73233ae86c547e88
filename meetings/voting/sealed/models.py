"""The tables of secret polls. None of them ever holds a key, or a ballot together with its voter that could be read."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.voting.sealed.states import UrnState


class Urn(TenantOwned, table=True):
    """The urn of a secret poll: its public key and the name of the file with the private one.

    `poll_id` is empty while the urn is only prepared for the item. All papers in it have `paper_size` bytes.
    """

    __tablename__ = "urn"
    __table_args__ = (UniqueConstraint("poll_id"), UniqueConstraint("key_name"))

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = owned_by("agenda_item.id")
    poll_id: int | None = owned_by("poll.id", nullable=True, index=False)
    state: UrnState = enum_field(UrnState, "state", default=UrnState.PREPARED)
    key_name: str = Field(max_length=32)
    public_key: str = Field(max_length=64)
    paper_size: int = 0


class UrnTeller(TenantOwned, table=True):
    """Somebody who locks an urn with a passphrase, and later gives it free; `position` is the half of the key."""

    __tablename__ = "urn_teller"
    __table_args__ = (UniqueConstraint("urn_id", "position"), UniqueConstraint("urn_id", "person_id"))

    id: int | None = Field(default=None, primary_key=True)
    urn_id: int = owned_by("urn.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    position: int
    locked: bool = False
    released: bool = False


class Envelope(TenantOwned, table=True):
    """The sealed ballot of a seat while its poll runs: no time, no number, no address. Gone after the count.

    `receipt` lets the same form, sent twice, be known again.
    """

    __tablename__ = "envelope"

    poll_id: int = owned_by("poll.id", primary_key=True)
    seat_id: int = Field(foreign_key="seat.id", primary_key=True, index=True)
    sealed: bytes
    receipt: str = Field(max_length=64)


class Paper(TenantOwned, table=True):
    """A published ballot of a counted secret poll under its control code, in the order of the codes."""

    __tablename__ = "ballot_paper"

    poll_id: int = owned_by("poll.id", primary_key=True)
    position: int = Field(primary_key=True)
    code: str = Field(max_length=16)
    answer: str
