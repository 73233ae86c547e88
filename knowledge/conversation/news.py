"""What is new for one person since a moment: mentions, changes of what they follow, deadlines, and what features add.

It is derived from the audit, which is numbered in the order of committing, and filtered by what the person may read at
the moment of asking: a thing that was closed to them since is in no line and in no count.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, func, select

from app.core.clock import LOCAL
from app.core.i18n import _, ngettext, show_date
from app.core.permissions import Actor
from app.core.records import AuditEntry
from app.core.web import House
from app.people.models import Person
from knowledge.conversation import queries, rules
from knowledge.conversation.changes import in_words
from knowledge.conversation.digest import DigestLine, News, registered_news
from knowledge.conversation.merged import place_of
from knowledge.conversation.models import Comment, CommentMention
from knowledge.conversation.subjects import Subject, readable
from knowledge.gaps.models import Gap

SHOWN = timedelta(days=14)
"""How far the page of news looks back."""
AHEAD = timedelta(days=14)
"""How far it looks ahead at deadlines."""


@dataclass(frozen=True)
class Span:
    """From after one audit entry up to another, with their moments."""

    since: datetime
    until: datetime
    since_seq: int
    until_seq: int


def span(session: Session, since: datetime, until: datetime, since_seq: int | None = None) -> Span:
    """The span of the session's tenant; its first number is looked up if it is not known. Two statements."""
    last = session.exec(select(func.max(AuditEntry.seq))).one() or 0
    if since_seq is None:
        statement = select(func.max(AuditEntry.seq)).where(col(AuditEntry.at) <= since)
        since_seq = session.exec(statement).one() or 0
    return Span(since, until, since_seq, last)


def news_of(session: Session, house: House, actor: Actor, of: Span, *, mentions: bool = True) -> list[News]:
    """All news of the person in the span; sections without lines are left out."""
    followed = [subject for _watch, subject in queries.watched(session, actor)]
    entries = _entries(session, of, followed)
    after, until = (moment.astimezone(LOCAL).date() for moment in (of.since, of.until))
    sections = [
        News(_("Sie wurden erwähnt"), tuple(_mentions(session, actor, entries) if mentions else ())),
        News(_("Was sich geändert hat"), tuple(_changes(actor, followed, entries))),
        News(_("Bald fällig"), tuple(_deadlines(session, followed, after, until))),
    ]
    return [each for each in sections if each.lines] + registered_news(session, house, actor, of.since)


def _entries(session: Session, of: Span, followed: Iterable[Subject]) -> list[AuditEntry]:
    """What was done in the span to things that the person follows, and to comments."""
    keys: dict[str, list[str]] = {}
    for subject in followed:
        keys.setdefault(subject.kind, []).append(subject.key)
    about = [
        and_(col(AuditEntry.object_type) == kind, col(AuditEntry.object_key).in_(of_kind))
        for kind, of_kind in keys.items()
    ]
    statement = (
        select(AuditEntry)
        .where(
            col(AuditEntry.seq) > of.since_seq,
            col(AuditEntry.seq) <= of.until_seq,
            or_(col(AuditEntry.object_type) == "comment", *about),
        )
        .order_by(col(AuditEntry.seq))
    )
    return list(session.exec(statement))


def _mentions(session: Session, actor: Actor, entries: Iterable[AuditEntry]) -> list[DigestLine]:
    ids = {int(entry.object_key) for entry in entries if entry.action in ("comment.written", "comment.edited")}
    if not ids:
        return []
    rows = session.exec(
        select(Comment, Person.name)
        .join(CommentMention, col(CommentMention.comment_id) == col(Comment.id))
        .join(Person, col(Person.id) == col(Comment.person_id))
        .where(col(Comment.id).in_(ids), col(CommentMention.person_id) == actor.person_id)
        .order_by(col(Comment.id))
    ).all()
    found = _places(session, actor, {(comment.kind, comment.thing_id) for comment, _name in rows})
    return [
        DigestLine(
            titled(found[comment.kind, comment.thing_id]),
            f"{found[comment.kind, comment.thing_id].url}#kommentar-{comment.id}",
            _("von %(name)s", name=name),
        )
        for comment, name in rows
        if (comment.kind, comment.thing_id) in found
    ]


def _places(session: Session, actor: Actor, things: Collection[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """Where these are read now: the thing itself, or for a merged gap the one that took it in."""
    found = dict(readable(session, actor, things))
    for kind, thing_id in things:
        place = None if (kind, thing_id) in found else place_of(session, actor, kind, thing_id)
        if place is not None:
            found[kind, thing_id] = place
    return found


def titled(subject: Subject) -> str:
    """Key and title."""
    return f"{subject.key} {subject.title}".strip()


def _changes(actor: Actor, followed: Collection[Subject], entries: Iterable[AuditEntry]) -> list[DigestLine]:
    """One line per thing: what others did to it, and how many comments they wrote."""
    by_key = {(subject.kind, subject.key): subject for subject in followed}
    by_id = {(subject.kind, subject.id): subject for subject in followed}
    told: dict[Subject, list[str]] = {}
    comments: dict[Subject, set[str]] = {}
    for entry in entries:
        facts = json.loads(entry.facts)
        if entry.object_type == "comment":
            subject = by_id.get((facts.get("kind"), facts.get("of")))
        else:
            subject = by_key.get((entry.object_type, entry.object_key))
        if subject is None:
            continue
        if entry.action == "comment.removed":
            comments.setdefault(subject, set()).discard(entry.object_key)
        elif entry.person_id == actor.person_id:
            continue
        elif entry.action == "comment.written":
            comments.setdefault(subject, set()).add(entry.object_key)
        elif words := in_words(entry.action, facts):
            told.setdefault(subject, []).append(words)
    return [
        DigestLine(titled(subject), subject.url, _detail(told.get(subject, []), len(comments.get(subject, ()))))
        for subject in followed
        if told.get(subject) or comments.get(subject)
    ]


def _detail(told: Iterable[str], comments: int) -> str:
    words = list(dict.fromkeys(told))
    if comments:
        words.append(ngettext("%(num)s Kommentar", "%(num)s Kommentare", comments))
    return ", ".join(words)


def _deadlines(session: Session, followed: Iterable[Subject], after: date, until: date) -> list[DigestLine]:
    """Deadlines of followed gaps of which people are reminded in these days."""
    gaps = {subject.id: subject for subject in followed if subject.kind == "gap"}
    return [
        DigestLine(titled(gaps[id_]), gaps[id_].url, _("Frist am %(day)s", day=show_date(deadline)))
        for id_, deadline in deadlines_of(session, gaps)
        if rules.is_reminded(deadline, after, until)
    ]


def deadlines_of(session: Session, ids: Collection[int]) -> list[tuple[int, date]]:
    """The deadlines of these gaps, the nearest first."""
    if not ids:
        return []
    statement = select(col(Gap.id), col(Gap.deadline)).where(col(Gap.id).in_(ids), col(Gap.deadline).is_not(None))
    rows = session.exec(statement.order_by(col(Gap.deadline), col(Gap.key)))
    return [(id_ or 0, deadline) for id_, deadline in rows if deadline is not None]


def coming(session: Session, actor: Actor, today: date) -> list[DigestLine]:
    """The deadlines of followed gaps in the next two weeks, for the page of news."""
    gaps = {subject.id: subject for _watch, subject in queries.watched(session, actor) if subject.kind == "gap"}
    return [
        DigestLine(titled(gaps[id_]), gaps[id_].url, _("Frist am %(day)s", day=show_date(deadline)))
        for id_, deadline in deadlines_of(session, gaps)
        if today <= deadline <= today + AHEAD
    ]
