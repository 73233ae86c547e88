"""What can be talked about, loaded for one reader: whoever may not read a thing gets nothing of it, not even its title.

Things are named as the thread names them, kind and id, but loaded more lightly than its nodes: without a page around
them, so that live streams and background work can ask too. The right is the same one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.visibility import readable_gaps, readable_topics, visible_levels
from knowledge.solutions.models import Solution


@dataclass(frozen=True)
class Subject:
    """A thing that its reader may open: where, and under which title and key."""

    kind: str
    id: int
    key: str
    title: str
    url: str


Found = Callable[[Session, Actor, Collection[int]], list[Subject]]


def _gaps(session: Session, actor: Actor, ids: Collection[int]) -> list[Subject]:
    statement = select(Gap.id, Gap.key, Gap.title).where(col(Gap.id).in_(ids), readable_gaps(actor))
    return [Subject("gap", id_ or 0, key, title, f"/fehlstellen/{key}") for id_, key, title in session.exec(statement)]


def _topics(session: Session, actor: Actor, ids: Collection[int]) -> list[Subject]:
    statement = select(Topic.id, Topic.key, Topic.title).where(col(Topic.id).in_(ids), readable_topics(actor))
    return [Subject("topic", id_ or 0, key, title, f"/themen/{key}") for id_, key, title in session.exec(statement)]


def _solutions(session: Session, actor: Actor, ids: Collection[int]) -> list[Subject]:
    statement = select(Solution.id, Solution.key, Solution.title).where(
        col(Solution.id).in_(ids), col(Solution.visibility).in_(visible_levels(actor))
    )
    return [
        Subject("solution", id_ or 0, key, title, f"/loesungen/{key}") for id_, key, title in session.exec(statement)
    ]


_kinds: dict[str, Found] = {"gap": _gaps, "topic": _topics, "solution": _solutions}


_tables: dict[str, type[Gap] | type[Topic] | type[Solution]] = {"gap": Gap, "topic": Topic, "solution": Solution}


def hold(session: Session, subject: Subject) -> bool:
    """Keep the thing from being deleted until the transaction ends; False if it just was.

    An import that is taken back looks for comments under a lock on what it deletes; this is the other half. SQLite
    has one writer at a time and needs neither.
    """
    table = _tables.get(subject.kind)
    if table is None:
        return True
    held = select(table.id).where(col(table.id) == subject.id).with_for_update(read=True, key_share=True)
    return session.exec(held).first() is not None


def register_subject(kind: str, found: Found) -> None:
    """Let people talk about another kind of thing: how those are found that a reader may open, in one statement."""
    _kinds[kind] = found


def kinds() -> tuple[str, ...]:
    """What can be talked about and followed."""
    return tuple(_kinds)


def readable(session: Session, actor: Actor, things: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Subject]:
    """Those of the things that the reader may open. One statement per kind."""
    by_kind: dict[str, set[int]] = {}
    for kind, thing_id in things:
        by_kind.setdefault(kind, set()).add(thing_id)
    found = [
        subject for kind, ids in by_kind.items() if kind in _kinds for subject in _kinds[kind](session, actor, ids)
    ]
    return {(subject.kind, subject.id): subject for subject in found}


def is_readable(session: Session, actor: Actor, kind: str, thing_id: int) -> Subject | None:
    """The thing, if this reader may open it."""
    return readable(session, actor, [(kind, thing_id)]).get((kind, thing_id))
