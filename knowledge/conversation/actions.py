"""Writing, changing, removing and resolving comments, and telling those who are named in them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from app.core.clock import LOCAL
from app.core.errors import ChangedMeanwhile, InvalidInput, NotFound
from app.core.i18n import _
from app.core.mail import send_later
from app.core.work import Work
from app.people.models import Person
from knowledge.conversation import policy, readers, rules
from knowledge.conversation.following import follow
from knowledge.conversation.letters import absolute, in_language
from knowledge.conversation.merged import merged_in, place_of
from knowledge.conversation.models import Comment, CommentMention
from knowledge.conversation.subjects import Subject, hold
from knowledge.conversation.wishes import wish_of
from knowledge.privacy.confirming import places_for, refuse_unconfirmed

COMMENTS = "comments"
"""The live signal: something was said about a thing, changed or taken away."""


@dataclass(frozen=True)
class Written:
    """A comment that was saved, and the names in it of people who may not read the thing and were not told."""

    comment: Comment
    subject: Subject
    untold: tuple[str, ...] = ()


def write_comment(
    work: Work, kind: str, thing_id: int, text: str, *, answers: int | None = None, harmless: Collection[str] = ()
) -> Written:
    """Say something about a thing, or answer a comment about it; whoever is named follows it from now on."""
    subject = _subject(work, kind, thing_id)
    work.require(policy.may_comment(work.actor))
    if not hold(work.session, subject):
        raise NotFound(_("Diese Seite gibt es nicht."))
    refuse_doubtful(work.session, text, harmless)
    head = _head(work, subject, answers)
    comment = Comment(
        kind=subject.kind,
        thing_id=head.thing_id if head else subject.id,
        parent_id=head.id if head else None,
        person_id=work.actor.person_id,
        at=work.now,
        text=text.strip(),
    )
    work.session.add(comment)
    work.session.flush()
    work.record("comment.written", comment, kind=subject.kind, of=subject.id)
    follow(work, work.actor.person_id, subject.kind, subject.id)
    untold = _tell_the_named(work, comment, frozenset())
    work.announce(f"{subject.kind}:{subject.id}", COMMENTS)
    return Written(comment, subject, untold)


def edit_comment(
    work: Work, comment_id: int, text: str, harmless: Collection[str] = (), *, shown: str | None = None
) -> Written:
    """Correct one's own comment while it is fresh; people who are named anew are told.

    `shown` is the stamp of the text that the form began with: ChangedMeanwhile if another one stands there now.
    """
    comment, subject = _comment(work, comment_id)
    work.require(policy.may_edit_comment(work.actor, comment, work.now))
    if shown is not None and shown != rules.stamp_of(comment.text):
        raise ChangedMeanwhile(_("Der Kommentar wurde inzwischen in einem anderen Fenster geändert."), comment.text)
    refuse_doubtful(work.session, text, harmless)
    known = frozenset(
        work.session.exec(select(CommentMention.person_id).where(col(CommentMention.comment_id) == comment.id))
    )
    if comment.text != text.strip():
        comment.text, comment.edited_at = text.strip(), work.now
    work.session.add(comment)
    work.record("comment.edited", comment, kind=subject.kind, of=subject.id)
    untold = _tell_the_named(work, comment, known)
    work.announce(f"{subject.kind}:{subject.id}", COMMENTS)
    return Written(comment, subject, untold)


def remove_comment(work: Work, comment_id: int) -> Written:
    """Take a comment away: its text and its mentions go for good, its place stays."""
    comment, subject = _comment(work, comment_id)
    work.require(policy.may_remove_comment(work.actor, comment))
    comment.text, comment.removed_at, comment.removed_by_id = "", work.now, work.actor.person_id
    work.session.add(comment)
    work.session.exec(delete(CommentMention).where(col(CommentMention.comment_id) == comment.id))
    work.record("comment.removed", comment, kind=subject.kind, of=subject.id)
    work.announce(f"{subject.kind}:{subject.id}", COMMENTS)
    return Written(comment, subject)


def resolve_comment(work: Work, comment_id: int, done: bool) -> Written:
    """Say that a conversation has come to its end, or take it up again."""
    comment, subject = _comment(work, comment_id)
    if comment.parent_id is not None:
        raise InvalidInput(_("Abgeschlossen wird das ganze Gespräch, nicht eine Antwort."))
    work.require(policy.may_resolve_comment(work.actor, comment))
    comment.resolved_at = work.now if done else None
    comment.resolved_by_id = work.actor.person_id if done else None
    work.session.add(comment)
    work.record("comment.resolved", comment, kind=subject.kind, of=subject.id, done=done)
    work.announce(f"{subject.kind}:{subject.id}", COMMENTS)
    return Written(comment, subject)


def refuse_doubtful(session: Session, text: str, harmless: Collection[str]) -> None:
    """Unchecked with the passages that could point at a person; colleagues' names may stand."""
    names = session.exec(select(Person.name)).all()
    allowed = {word for name in names for word in (name, *name.split()) if len(word) > 2}
    allowed |= places_for(session)
    refuse_unconfirmed([rules.without_named(text, names)], harmless, allowed=allowed)


def _subject(work: Work, kind: str, thing_id: int) -> Subject:
    subject = place_of(work.session, work.actor, kind, thing_id)
    if subject is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return subject


def _comment(work: Work, comment_id: int) -> tuple[Comment, Subject]:
    statement = select(Comment).where(col(Comment.id) == comment_id).with_for_update()
    comment = work.session.exec(statement).first()
    if comment is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return comment, _subject(work, comment.kind, comment.thing_id)


def _head(work: Work, subject: Subject, answers: int | None) -> Comment | None:
    """The comment that begins the conversation; an answer to an answer stands beside it, there is one level."""
    if answers is None:
        return None
    things = [subject.id, *merged_in(work.session, work.actor, subject.kind, subject.id)]
    about = select(Comment).where(col(Comment.kind) == subject.kind, col(Comment.thing_id).in_(things))
    given = work.session.exec(about.where(col(Comment.id) == answers)).first()
    if given is not None and given.parent_id is not None:
        given = work.session.exec(about.where(col(Comment.id) == given.parent_id)).first()
    if given is None:
        raise InvalidInput(_("Den Kommentar, auf den Sie antworten, gibt es nicht mehr."))
    return given


def _tell_the_named(work: Work, comment: Comment, known: frozenset[int]) -> tuple[str, ...]:
    """Note who is named and may read the thing, have them follow it, and write to those who want to know at once."""
    people = {person.id or 0: person for person in readers.active_people(work.session)}
    named = rules.named(comment.text, {id_: person.name for id_, person in people.items()})
    new = [people[id_] for id_ in sorted(named - known - {work.actor.person_id})]
    today = work.now.astimezone(LOCAL).date()
    told = readers.readers_among(work.session, new, comment.kind, comment.thing_id, today)
    for person, _actor, subject in told:
        person_id = person.id or 0
        work.session.add(CommentMention(comment_id=comment.id or 0, person_id=person_id, at=work.now))
        follow(work, person_id, subject.kind, subject.id)
        if wish_of(work.session, person_id).mentions_at_once:
            _write_to(work, person, subject, comment)
    told_ids = {person.id for person, _actor, _subject in told}
    return tuple(person.name for person in new if person.id not in told_ids)


def _write_to(work: Work, person: Person, subject: Subject, comment: Comment) -> None:
    with in_language(person.language):
        link = absolute(f"{subject.url}#kommentar-{comment.id}")
        text = _(
            "%(name)s hat Sie in einem Kommentar erwähnt.\n\n%(title)s\n%(link)s\n\n"
            "Was gesagt wurde, steht nur in der Anwendung.",
            name=work.actor.name,
            title=f"{subject.key} {subject.title}".strip(),
            link=link,
        )
        send_later(
            work.session,
            to=person.email,
            subject=_("Sie wurden erwähnt: %(title)s", title=subject.title),
            text=text,
            reference=f"comment:{comment.id}",
            unsubscribe=absolute("/benachrichtigungen"),
            once=f"mention:{comment.id}:{person.id}",
        )
