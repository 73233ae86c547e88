"""The tables of search: the outbox, a county's synonyms, and what each person searched for and saved.

The outbox holds no content, only kind and key. What a person searched for is theirs alone.
"""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.search.documents import Kind


class SearchOutbox(TenantOwned, table=True):
    """A document that changed. Several rows for one document mean the same as one."""

    __tablename__ = "search_outbox"

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = enum_field(Kind, "kind")
    key: str = Field(max_length=200)


class SearchSynonym(TenantOwned, table=True):
    """A county's own group of words with one meaning, one a line; see `synonyms.Group`.

    `shipped` is the first word of the shipped group in whose place this one stands; without `active` it only hides it.
    """

    __tablename__ = "search_synonym"
    __table_args__ = (UniqueConstraint("tenant_id", "shipped"),)

    id: int | None = Field(default=None, primary_key=True)
    words: str
    one_way: bool = False
    active: bool = True
    shipped: str | None = Field(default=None, max_length=120)


class RecentSearch(TenantOwned, table=True):
    """What a person searched for and when last; erased after ninety days."""

    __tablename__ = "search_recent"
    __table_args__ = (UniqueConstraint("person_id", "text"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = owned_by("person.id")
    text: str = Field(max_length=300)
    at: datetime = Field(index=True)


class SavedSearch(TenantOwned, table=True):
    """A search that a person keeps: the parameters of its address as JSON. Hits found after `seen_at` are new."""

    __tablename__ = "search_saved"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = owned_by("person.id")
    name: str = Field(max_length=120)
    parameters: str
    notify: bool = False
    seen_at: datetime


class SavedSearchHit(TenantOwned, table=True):
    """A document that a saved search finds, since when. No content, only kind and key."""

    __tablename__ = "search_saved_hit"
    __table_args__ = (UniqueConstraint("saved_id", "kind", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    saved_id: int = owned_by("search_saved.id")
    kind: Kind = enum_field(Kind, "kind")
    key: str = Field(max_length=200)
    found_at: datetime
