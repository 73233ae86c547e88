"""The table of documents: the text of a paper with where it came from. The file itself is not kept."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field
from app.people.states import Visibility
from knowledge.documents.states import PaperKind


class Document(TenantOwned, table=True):
    """A paper. `text` is Markdown, `sha256` the digest of the file, or of the text where one file held many papers."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=128)
    title: str
    text: str
    source_name: str = Field(default="", max_length=255)
    paper: PaperKind = enum_field(PaperKind, "paper", default=PaperKind.OTHER, index=True)
    dated: date | None = Field(default=None, index=True)
    visibility: Visibility = enum_field(Visibility, "visibility", default=Visibility.NETWORK, index=True)
    sha256: str = Field(max_length=64, index=True)
    imported_at: datetime = Field(index=True)
    imported_by_id: int = Field(foreign_key="person.id", index=True)
