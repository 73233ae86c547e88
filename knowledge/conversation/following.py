"""Watching: who follows a thing, by their own button, or because they wrote, own it or were named there."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.core.permissions import Actor
from app.core.work import Work
from knowledge.conversation import policy, subjects
from knowledge.conversation.models import Watch
from knowledge.conversation.states import WatchState
from knowledge.conversation.subjects import Subject


def watch_of(session: Session, person_id: int, kind: str, thing_id: int) -> Watch | None:
    """The person's row for a thing."""
    statement = select(Watch).where(
        col(Watch.person_id) == person_id, col(Watch.kind) == kind, col(Watch.thing_id) == thing_id
    )
    return session.exec(statement).first()


def follow(work: Work, person_id: int, kind: str, thing_id: int) -> None:
    """Have a person follow a thing because of what happened, unless they once said that they do not want to."""
    row = _row(work, person_id, kind, thing_id)
    if row.state == WatchState.NONE:
        row.state, row.since = WatchState.WATCHING, work.now
    work.session.add(row)
    work.session.flush()


def choose(work: Work, kind: str, thing_id: int, wanted: bool) -> Watch:
    """Follow a thing, or stop."""
    work.require(policy.may_read_subject(subjects.is_readable(work.session, work.actor, kind, thing_id)))
    row = _row(work, work.actor.person_id, kind, thing_id)
    row.state, row.since = WatchState.WATCHING if wanted else WatchState.STOPPED, work.now
    work.session.add(row)
    work.record("watch.chosen", row, kind=kind, of=thing_id, wanted=wanted)
    return row


def mark_read(session: Session, actor: Actor, now: datetime, subject: Subject, comment_id: int) -> None:
    """Note that the person has read the comments up to this one. For their own eyes: no audit, nobody is told."""
    row = watch_of(session, actor.person_id, subject.kind, subject.id)
    row = row or Watch(person_id=actor.person_id, kind=subject.kind, thing_id=subject.id, since=now)
    row.read_until = max(row.read_until, comment_id)
    session.add(row)


def _row(work: Work, person_id: int, kind: str, thing_id: int) -> Watch:
    found = watch_of(work.session, person_id, kind, thing_id)
    return found or Watch(person_id=person_id, kind=kind, thing_id=thing_id, since=work.now)
