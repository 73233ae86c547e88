"""The tables of a live room: its code, where it stands, who is in it, and the phases of each case."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.reconstruction.states import Entry, MemberRole, PhaseKind


class WorkshopRoom(TenantOwned, table=True):
    """The room of a workshop, from its opening on. `code` lets people in until `code_until`; none: nobody new.

    It stands at a case and at the position of one of its phases; 0 is before the first one.
    """

    __tablename__ = "workshop_room"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", ondelete="CASCADE", unique=True)
    code: str | None = Field(default=None, max_length=8, unique=True)
    code_until: datetime | None = None
    workshop_case_id: int | None = Field(
        default=None, foreign_key="workshop_case.id", ondelete="SET NULL", nullable=True, index=True
    )
    position: int = 0
    opened_at: datetime
    opened_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class WorkshopParticipant(TenantOwned, table=True):
    """Somebody in the room or at its door. Without an account the browser's token stands for the person.

    `confirmed_at` is when they promised to keep what they hear to themselves (DP-18).
    """

    __tablename__ = "workshop_participant"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = owned_by("workshop.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    name: str = Field(max_length=80)
    role: MemberRole = enum_field(MemberRole, "role", default=MemberRole.RESONANCE)
    state: Entry = enum_field(Entry, "state", default=Entry.WAITING)
    token_hash: str | None = Field(default=None, max_length=64, unique=True)
    confirmed_at: datetime | None = None
    ready: bool = False
    hand_at: datetime | None = None
    joined_at: datetime
    seen_at: datetime


class WorkshopPhase(TenantOwned, table=True):
    """A phase of one case. While its clock runs `ends_at` says until when; while it rests `seconds_left` how much.

    `stations_shown` counts the stations that the room has seen of a timeline that is told step by step.
    """

    __tablename__ = "workshop_phase"
    __table_args__ = (UniqueConstraint("workshop_case_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_case_id: int = owned_by("workshop_case.id")
    kind: PhaseKind = enum_field(PhaseKind, "kind")
    position: int
    minutes: int
    started_at: datetime | None = None
    ends_at: datetime | None = None
    seconds_left: int | None = None
    done_at: datetime | None = None
    stations_shown: int = 0
