"""The tables of versions, comments, mentions, watching and digests.

What they are about is named as the thread names it: `kind` and `thing_id`. Nothing here is shown before the thing
itself was found readable for the reader.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from knowledge.conversation.states import Rhythm, WatchState


class KeptVersion(TenantOwned, table=True):
    """The texts of a thing (JSON, field → text) as they stood after a change. The database refuses to alter a row."""

    __tablename__ = "kept_version"
    __table_args__ = (UniqueConstraint("kind", "thing_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=32)
    thing_id: int
    number: int
    at: datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    note: str = ""
    texts: str


class Comment(TenantOwned, table=True):
    """What somebody said about a thing; `parent_id` makes it an answer. A removed one keeps its place, not its text."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_kind_thing_id", "kind", "thing_id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=32)
    thing_id: int
    parent_id: int | None = owned_by("comment.id", nullable=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = Field(index=True)
    text: str
    edited_at: datetime | None = None
    removed_at: datetime | None = None
    removed_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    resolved_at: datetime | None = None
    resolved_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class CommentMention(TenantOwned, table=True):
    """That a comment names a person who could read its thing when it was written."""

    __tablename__ = "comment_mention"
    __table_args__ = (UniqueConstraint("comment_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    comment_id: int = owned_by("comment.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime


class Watch(TenantOwned, table=True):
    """What a person follows, and up to when they have read its comments."""

    __tablename__ = "watch"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "thing_id"),
        Index("ix_watch_kind_thing_id", "kind", "thing_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = owned_by("person.id")
    kind: str = Field(max_length=32)
    thing_id: int
    state: WatchState = enum_field(WatchState, "state", default=WatchState.NONE)
    since: datetime
    read_until: int = 0


class NewsWish(TenantOwned, table=True):
    """How a person wants to be told; without a row the defaults hold."""

    __tablename__ = "news_wish"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = owned_by("person.id")
    rhythm: Rhythm = enum_field(Rhythm, "rhythm", default=Rhythm.DAILY)
    mentions_at_once: bool = False


class DigestRun(TenantOwned, table=True):
    """That a person's news up to the audit entry `until_seq` went into the digest of a day; written with its mail.

    Audit entries are numbered in the order in which they were committed, so nothing is left out between two digests.
    """

    __tablename__ = "digest_run"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = owned_by("person.id")
    day: date
    until: datetime
    until_seq: int
    lines: int = 0
