"""The tables of papers: text, route, what it is about, its steps and its attachments."""

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from meetings.papers.states import PaperKind, PaperState, Recommendation, StationRole


class Paper(TenantOwned, table=True):
    """A paper; its texts are Markdown. `reference` is given when it is submitted, counted by deciding body and year.

    `public` False: for the non-public part. `final_text` is the wording as it was decided, where it differs from the
    submitted `proposal`, which stays.
    """

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("tenant_id", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    reference: str | None = Field(default=None, max_length=80)
    title: str
    kind: PaperKind = enum_field(PaperKind, "kind", default=PaperKind.DECISION)
    state: PaperState = enum_field(PaperState, "state", default=PaperState.DRAFT, index=True)
    public: bool = True
    originator_id: int = Field(foreign_key="organisation.id", index=True)
    lead_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_by_id: int = Field(foreign_key="person.id", index=True)
    created_at: dt.datetime
    submitted_at: dt.datetime | None = None
    legal_basis: str = ""
    situation: str = ""
    proposal: str = ""
    effects: str = ""
    costs: str = ""
    final_text: str | None = None
    version: int = 1


class PaperStation(TenantOwned, table=True):
    """A step of the route through the bodies; `item_id` is where it is dealt with. What a body advises is not what is
    decided: the decision stands with the item."""

    __tablename__ = "paper_station"
    __table_args__ = (UniqueConstraint("paper_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = owned_by("paper.id")
    position: int = 0
    body_id: int = Field(foreign_key="body.id", index=True)
    role: StationRole = enum_field(StationRole, "role")
    target_date: dt.date | None = None
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", ondelete="SET NULL", index=True)
    recommendation: Recommendation | None = enum_field(Recommendation, "recommendation", default=None)
    recommendation_text: str | None = None
    recommended_on: dt.date | None = None


class PaperSubject(TenantOwned, table=True):
    """What a paper is about: exactly one gap, topic, solution or agreement."""

    __tablename__ = "paper_subject"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN gap_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN solution_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="exactly_one_subject",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = owned_by("paper.id")
    position: int = 0
    gap_id: int | None = Field(default=None, foreign_key="gap.id", index=True)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    solution_id: int | None = Field(default=None, foreign_key="solution.id", index=True)
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)


class PaperStep(TenantOwned, table=True):
    """A step in the life of a paper, with the comment that came with it. Rows are only added."""

    __tablename__ = "paper_step"

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = owned_by("paper.id")
    at: dt.datetime
    person_id: int = Field(foreign_key="person.id", index=True)
    source: PaperState = enum_field(PaperState, "source")
    target: PaperState = enum_field(PaperState, "target")
    comment: str = ""


class PaperAttachment(TenantOwned, table=True):
    """A file that belongs to a paper, `stored` under a random name below the data folder; `size` in bytes.

    `place` orders the attachments; a newer file at the same place has the next `version`. Erased: file and name are
    gone, the row says that there was one.
    """

    __tablename__ = "paper_attachment"
    __table_args__ = (UniqueConstraint("paper_id", "place", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = owned_by("paper.id")
    place: int
    version: int = 1
    name: str = Field(max_length=200)
    media: str = Field(max_length=128)
    size: int
    sha256: str = Field(max_length=64)
    stored: str = Field(max_length=64, index=True)
    added_at: dt.datetime
    added_by_id: int = Field(foreign_key="person.id", index=True)
    erased_at: dt.datetime | None = None
