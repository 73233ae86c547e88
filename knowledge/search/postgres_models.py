"""The tables of the search index on PostgreSQL: builds, who may read, documents, their texts, postings, term counts.

They are a cache of the county's data, written by `postgres_store` alone and empty on SQLite, where Whoosh keeps the
postings. What a person may read is decided by the audience: documents with the same audience share one row of it,
and every posting and every count carries that row's number, so no statement needs the documents to know what to hide.
"""

from sqlalchemy import JSON, REAL, BigInteger, Double, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from app.core.tables import TenantOwned, owned_by

TEXTS = JSON().with_variant(ARRAY(Text()), "postgresql")
BYTEWISE = String().with_variant(String(collation="C"), "postgresql")
"""Compared letter by letter, which is quick and the same on every installation."""


class SearchBuild(TenantOwned, table=True):
    """One build of a tenant's index; readers use the one that is `current`. `revision` counts its commits.

    `lexicon` is JSON: the nouns that take compounds apart, with their counts; `documents` is how many it was made from.
    """

    __tablename__ = "search_build"

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(max_length=32)
    current: bool = False
    revision: int = 0
    documents: int = 0
    lexicon: str = Field(sa_type=Text)


class SearchAudience(TenantOwned, table=True):
    """A set of audience tokens that documents share; `name` is its hash, `length` the sum of their lengths."""

    __tablename__ = "search_audience"
    __table_args__ = (UniqueConstraint("build_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    build_id: int = owned_by("search_build.id", index=False)
    name: str = Field(max_length=64)
    tokens: list[str] = Field(sa_type=TEXTS)
    documents: int = 0
    length: float = Field(default=0.0, sa_type=Double)


class SearchFacets(TenantOwned, table=True):
    """A set of facet terms that documents share; `name` is its hash. Counting goes over sets, which are far fewer."""

    __tablename__ = "search_facets"
    __table_args__ = (UniqueConstraint("build_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    build_id: int = owned_by("search_build.id", index=False)
    name: str = Field(max_length=64)
    facets: list[str] = Field(sa_type=TEXTS)


class SearchedDocument(TenantOwned, table=True):
    """One findable thing, as far as filters and orders need it. `name` is its key in lower case, `updated` seconds."""

    __tablename__ = "search_document"
    __table_args__ = (
        UniqueConstraint("build_id", "kind", "key"),
        Index("ix_search_document_build_id_name", "build_id", "name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    build_id: int = owned_by("search_build.id", index=False)
    audience_id: int = owned_by("search_audience.id")
    facets_id: int = owned_by("search_facets.id")
    kind: str = Field(max_length=32)
    key: str = Field(max_length=200)
    name: str = Field(sa_type=BYTEWISE)
    version: str = Field(max_length=16)
    updated: int = Field(sa_type=BigInteger)
    length: float = Field(sa_type=REAL)


class SearchedText(TenantOwned, table=True):
    """What is shown of a document and looked through again; `words` are its different folded words, for spelling."""

    __tablename__ = "search_text"

    document_id: int = owned_by("search_document.id", primary_key=True)
    title: str = Field(sa_type=Text)
    url: str = Field(sa_type=Text)
    excerpt: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text)
    words: list[str] = Field(sa_type=TEXTS)


class SearchPosting(TenantOwned, table=True):
    """A term in a document: how often, each field by its weight, and where, as numbers between commas.

    Titles count from -10,000, so that no phrase runs from the title into the body; parts of compounds have no place.
    `length`, `audience_id` and `facets_id` are the document's, so that scoring reads postings alone. Only the document
    is a reference: a rebuild writes millions of these rows, and to check further ones would take as long as the rest.
    """

    __tablename__ = "search_posting"

    tenant_id: int = Field(default=None, nullable=False)
    build_id: int = Field(primary_key=True)
    term: str = Field(sa_type=BYTEWISE, primary_key=True)
    document_id: int = owned_by("search_document.id", primary_key=True)
    audience_id: int
    facets_id: int
    weight: float = Field(sa_type=REAL)
    length: float = Field(sa_type=REAL)
    places: str | None = Field(default=None, sa_type=Text)

    __table_args__ = (Index("ix_search_posting_document_id", "document_id"),)


class SearchTerm(TenantOwned, table=True):
    """In how many documents of one audience a term or a folded word stands; `since` is the revision that brought it."""

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_build_id_since", "build_id", "since"),)

    build_id: int = owned_by("search_build.id", primary_key=True)
    term: str = Field(sa_type=BYTEWISE, primary_key=True)
    is_word: bool = Field(primary_key=True)
    audience_id: int = Field(primary_key=True)
    documents: int
    since: int
