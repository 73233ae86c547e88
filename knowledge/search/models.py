"""The outbox of search: which documents changed and still have to be indexed. No content, only kind and key."""

from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field
from knowledge.search.documents import Kind


class SearchOutbox(TenantOwned, table=True):
    """A document that changed. Several rows for one document mean the same as one."""

    __tablename__ = "search_outbox"

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = enum_field(Kind, "kind")
    key: str = Field(max_length=200)
