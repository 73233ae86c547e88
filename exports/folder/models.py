"""The table of session folders. Their files lie below the data folder and can be made again at any time."""

import datetime as dt

from sqlmodel import Field

from app.core.tables import TenantOwned, owned_by


class SessionFolder(TenantOwned, table=True):
    """A folder of a meeting in one measure: who may see just this may share it.

    `fingerprint` is of what goes into it, `parts` (JSON) names that, so that it can be asked later whether a reader
    may still have it and what has changed. Without `made_at` it is being made by its job. Sizes are bytes.
    """

    __tablename__ = "session_folder"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = owned_by("meeting.id")
    language: str = Field(max_length=8)
    fingerprint: str = Field(max_length=64)
    parts: str = "{}"
    asked_by_id: int = Field(foreign_key="person.id", index=True)
    asked_at: dt.datetime
    job_id: int | None = Field(default=None, foreign_key="job.id", index=True)
    made_at: dt.datetime | None = None
    expires_at: dt.datetime | None = Field(default=None, index=True)
    pages: int = 0
    left_out: int = 0
    pdf: str = Field(default="", max_length=64)
    pdf_size: int = 0
    pdf_sha256: str = Field(default="", max_length=64)
    zip: str = Field(default="", max_length=64)
    zip_size: int = 0
    zip_sha256: str = Field(default="", max_length=64)
