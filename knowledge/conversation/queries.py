"""Reading what was said and kept: the conversation about a thing, its versions, and what stands beside its page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from app.core import clock
from app.core.permissions import Actor
from app.people.models import Organisation, Person
from knowledge.conversation import policy
from knowledge.conversation.following import watch_of
from knowledge.conversation.merged import merged_in, place_of
from knowledge.conversation.models import Comment, KeptVersion, Watch
from knowledge.conversation.states import WatchState
from knowledge.conversation.subjects import Subject, is_readable, readable
from knowledge.conversation.versions import Versioned, versioned

PER_PAGE = 50
BESIDE = 5


@dataclass(frozen=True)
class Line:
    """A comment as one reader sees it, with what they may do with it; `origin` is the merged gap that it was about."""

    comment: Comment
    author: str
    organisation: str
    is_new: bool
    may_edit: bool
    may_remove: bool
    may_resolve: bool
    origin: str = ""


@dataclass(frozen=True)
class Talk:
    """A comment and the answers to it, the oldest first."""

    head: Line
    answers: tuple[Line, ...]


@dataclass(frozen=True)
class Conversation:
    """A page of the conversation about a thing. `newest` is the number of the last comment of all pages."""

    talks: tuple[Talk, ...] = ()
    total: int = 0
    comments: int = 0
    unread: int = 0
    newest: int = 0
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True)
class Beside:
    """What stands beside the page of a thing: the end of its conversation, whether one follows it, its versions."""

    kind: str
    thing_id: int
    conversation: Conversation
    watching: bool
    versions: int
    may_comment: bool
    more: bool


def beside(session: Session, actor: Actor, kind: str, thing_id: int) -> Beside:
    """For a thing that was found readable. Four statements at most."""
    watch = watch_of(session, actor.person_id, kind, thing_id)
    found = _conversation(session, actor, _thing(session, actor, kind, thing_id), watch, None)
    return Beside(
        kind=kind,
        thing_id=thing_id,
        conversation=found,
        watching=is_watching(watch),
        versions=_number_of_versions(session, actor, kind, thing_id),
        may_comment=bool(policy.may_comment(actor)),
        more=found.total > len(found.talks),
    )


def is_watching(watch: Watch | None) -> bool:
    """Whether the row says that the person follows the thing."""
    return watch is not None and watch.state == WatchState.WATCHING


def conversation(session: Session, actor: Actor, subject: Subject, page: int = 0) -> tuple[Conversation, bool]:
    """A page of the conversation, the last one for page 0, and whether the reader follows the thing."""
    watch = watch_of(session, actor.person_id, subject.kind, subject.id)
    thing = _thing(session, actor, subject.kind, subject.id)
    total = session.exec(select(func.count(col(Comment.id))).where(_heads(thing))).one()
    pages = max(1, -(-total // PER_PAGE))
    return _conversation(session, actor, thing, watch, min(page, pages) if page > 0 else pages), is_watching(watch)


@dataclass(frozen=True)
class _Thing:
    """What a conversation is about: the thing, and the keys of those that went into it."""

    kind: str
    id: int
    merged: Mapping[int, str]


def _thing(session: Session, actor: Actor, kind: str, thing_id: int) -> _Thing:
    return _Thing(kind, thing_id, merged_in(session, actor, kind, thing_id))


def _of(thing: _Thing) -> ColumnElement[bool]:
    return and_(col(Comment.kind) == thing.kind, col(Comment.thing_id).in_([thing.id, *thing.merged]))


def _heads(thing: _Thing) -> ColumnElement[bool]:
    return and_(_of(thing), col(Comment.parent_id).is_(None))


def _conversation(session: Session, actor: Actor, thing: _Thing, watch: Watch | None, page: int | None) -> Conversation:
    """One statement: the comments of some heads with their authors, and the figures of the whole conversation."""
    read_until = watch.read_until if watch else 0
    heads = select(Comment.id).where(_heads(thing))
    if page is None:
        heads = heads.order_by(col(Comment.id).desc()).limit(BESIDE)
    else:
        heads = heads.order_by(col(Comment.id)).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    unread = and_(_of(thing), col(Comment.id) > read_until, col(Comment.person_id) != actor.person_id)
    statement: Any = (
        select(  # type: ignore[call-overload]
            Comment,
            Person.name,
            Organisation.name,
            select(func.count(col(Comment.id))).where(_heads(thing)).scalar_subquery(),
            select(func.count(col(Comment.id))).where(_of(thing)).scalar_subquery(),
            select(func.count(col(Comment.id))).where(unread, col(Comment.removed_at).is_(None)).scalar_subquery(),
            select(func.max(Comment.id)).where(_of(thing)).scalar_subquery(),
        )
        .join(Person, col(Person.id) == col(Comment.person_id))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(_of(thing), func.coalesce(col(Comment.parent_id), col(Comment.id)).in_(heads.subquery().select()))
        .order_by(col(Comment.id))
    )
    rows = session.exec(statement).all()
    if not rows:
        return Conversation()
    lines = [
        replace(_line(actor, row[0], row[1], row[2], read_until), origin=thing.merged.get(row[0].thing_id, ""))
        for row in rows
    ]
    total, comments, unread_, newest = rows[0][3:]
    return Conversation(_talks(lines), total, comments, unread_, newest, page or 1)


def _line(actor: Actor, comment: Comment, author: str, organisation: str, read_until: int) -> Line:
    return Line(
        comment=comment,
        author=author,
        organisation=organisation,
        is_new=(comment.id or 0) > read_until and comment.person_id != actor.person_id and comment.removed_at is None,
        may_edit=bool(policy.may_edit_comment(actor, comment, clock.now())),
        may_remove=bool(policy.may_remove_comment(actor, comment)),
        may_resolve=comment.parent_id is None and bool(policy.may_resolve_comment(actor, comment)),
    )


def _talks(lines: list[Line]) -> tuple[Talk, ...]:
    answers: dict[int, list[Line]] = {}
    for line in lines:
        if line.comment.parent_id is not None:
            answers.setdefault(line.comment.parent_id, []).append(line)
    heads = [line for line in lines if line.comment.parent_id is None]
    return tuple(Talk(head, tuple(answers.get(head.comment.id or 0, ()))) for head in heads)


@dataclass(frozen=True)
class FoundComment:
    """A comment with the thing it is about, for a reader who may open that thing."""

    comment: Comment
    subject: Subject


def comment_by_id(session: Session, actor: Actor, comment_id: int) -> FoundComment | None:
    """The comment, if the reader may open what it is about."""
    comment = session.exec(select(Comment).where(col(Comment.id) == comment_id)).first()
    if comment is None:
        return None
    subject = place_of(session, actor, comment.kind, comment.thing_id)
    return FoundComment(comment, subject) if subject else None


def page_of(session: Session, actor: Actor, subject: Subject, comment: Comment) -> int:
    """The page of the conversation about the subject on which a comment stands."""
    head = comment.parent_id or comment.id or 0
    thing = _thing(session, actor, subject.kind, subject.id)
    before = session.exec(select(func.count(col(Comment.id))).where(_heads(thing), col(Comment.id) < head)).one()
    return before // PER_PAGE + 1


@dataclass(frozen=True)
class Kept:
    """A version as the list shows it; `texts` by field."""

    number: int
    at: datetime
    person: str | None
    note: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class FoundVersions:
    """All versions of a thing, the newest first, with how its kind keeps them."""

    subject: Subject
    versioned: Versioned
    kept: tuple[Kept, ...]

    def number(self, number: int) -> Kept | None:
        """The version of this number."""
        return next((each for each in self.kept if each.number == number), None)


def versions_of(session: Session, actor: Actor, kind: str, thing_id: int) -> FoundVersions | None:
    """The versions of a thing that the reader may open."""
    subject, known = is_readable(session, actor, kind, thing_id), versioned(kind)
    if subject is None or known is None:
        return None
    rows = session.exec(
        select(KeptVersion, Person.name)
        .outerjoin(Person, col(Person.id) == col(KeptVersion.person_id))
        .where(col(KeptVersion.kind) == kind, col(KeptVersion.thing_id) == thing_id)
        .order_by(col(KeptVersion.number).desc())
    )
    kept = tuple(Kept(row.number, row.at, name, row.note, json.loads(row.texts)) for row, name in rows)
    return FoundVersions(subject, known, kept)


def _number_of_versions(session: Session, actor: Actor, kind: str, thing_id: int) -> int:
    known = versioned(kind)
    if known is None or not known.may_read(actor):
        return 0
    statement = select(func.count(col(KeptVersion.id))).where(
        col(KeptVersion.kind) == kind, col(KeptVersion.thing_id) == thing_id
    )
    return session.exec(statement).one()


def watched(session: Session, actor: Actor) -> list[tuple[Watch, Subject]]:
    """What the person follows, as far as they may still open it, the newest first."""
    rows = session.exec(
        select(Watch)
        .where(col(Watch.person_id) == actor.person_id, col(Watch.state) == WatchState.WATCHING)
        .order_by(col(Watch.since).desc(), col(Watch.id).desc())
    ).all()
    found = readable(session, actor, [(row.kind, row.thing_id) for row in rows])
    return [(row, found[row.kind, row.thing_id]) for row in rows if (row.kind, row.thing_id) in found]
