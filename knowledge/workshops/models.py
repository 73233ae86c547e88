"""The tables of workshops: who is invited, which cases are reconstructed, who may attend which case."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.workshops.states import InvitationMethod, WorkshopFormat, WorkshopState


class Workshop(TenantOwned, table=True):
    """A half day of case reconstruction. `confidentiality_confirmed` counts people (DP-18).

    `version` rises with every change of the plan, `revision` only where the date, the times or the place change:
    then whoever was invited hears of it. `cancelled_because` says why it was called off.
    """

    __tablename__ = "workshop"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    title: str
    date: dt.date
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    place: str | None = None
    format: WorkshopFormat = enum_field(WorkshopFormat, "format", default=WorkshopFormat.IN_PERSON)
    moderation_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    minute_taker_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    question: str | None = None
    confidentiality_confirmed: int = 0
    state: WorkshopState = enum_field(WorkshopState, "state", default=WorkshopState.PLANNED, index=True)
    released_on: dt.date | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    revision: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    cancelled_because: str | None = None


class WorkshopOrganisation(TenantOwned, table=True):
    """An organisation that is invited to a workshop; at `email` if one is given, else its people with an account."""

    __tablename__ = "workshop_organisation"
    __table_args__ = (UniqueConstraint("workshop_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = owned_by("workshop.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    position: int = 0
    email: str | None = Field(default=None, max_length=254)


class WorkshopCase(TenantOwned, table=True):
    """A case that a workshop reconstructs; a case belongs to one workshop at most."""

    __tablename__ = "workshop_case"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = owned_by("workshop.id")
    case_id: int = Field(foreign_key="case.id", ondelete="CASCADE", unique=True)
    position: int = 0
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None


class WorkshopCaseOrganisation(TenantOwned, table=True):
    """An organisation that attends this case, within the consent of the person (DP-5)."""

    __tablename__ = "workshop_case_organisation"
    __table_args__ = (UniqueConstraint("workshop_case_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_case_id: int = owned_by("workshop_case.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    position: int = 0


class WorkshopInvitation(TenantOwned, table=True):
    """A calendar mail that was written for somebody: the invitation, its change, or the word that it is off.

    `sequence` counts what this address got, `revision` says which state of the plan it told. `mail_once` finds the mail
    in the outbox, which forgets it after a while. Who leads the workshop is invited without an organisation.
    """

    __tablename__ = "workshop_invitation"
    __table_args__ = (UniqueConstraint("workshop_id", "recipient", "sequence"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = owned_by("workshop.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    recipient: str = Field(max_length=254)
    method: InvitationMethod = enum_field(InvitationMethod, "method")
    sequence: int
    revision: int
    at: dt.datetime
    mail_once: str = Field(max_length=96)
