"""Who may say, change, remove and resolve what. Pure; whether the thing itself is readable is asked first."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from app.core.permissions import ALLOWED, Actor, Verdict, all_of, allowed_if, shown_if

EDITABLE = timedelta(minutes=15)
"""How long an author may correct a comment; afterwards others have read and answered it."""


class Said(Protocol):
    """A comment."""

    @property
    def person_id(self) -> int:
        """Who wrote it."""
        ...

    @property
    def at(self) -> datetime:
        """When."""
        ...

    @property
    def removed_at(self) -> datetime | None:
        """When it was taken away."""
        ...


def may_see_own_news(actor: Actor) -> Verdict:
    """Everybody has news, a list of what they follow, and wishes."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_read_subject(subject: object | None) -> Verdict:
    """A thing is only loaded for readers who may open it; for everybody else it does not exist."""
    return shown_if(subject is not None)


def may_talk_about(actor: Actor, subject: object) -> Verdict:
    """Whoever may read a thing may talk about it and follow it."""
    del actor
    return may_read_subject(subject)


def may_comment(actor: Actor) -> Verdict:
    """Everyone who works in the network; the administrator's account is for accounts."""
    return allowed_if(actor.roles != {"admin"}, "Mit diesem Konto werden Zugänge verwaltet, keine Beiträge.")


def may_edit_comment(actor: Actor, comment: Said, now: datetime) -> Verdict:
    """The author, for a quarter of an hour."""
    return all_of(
        allowed_if(comment.person_id == actor.person_id, "Einen Kommentar ändert nur, wer ihn geschrieben hat."),
        allowed_if(comment.removed_at is None, "Dieser Kommentar wurde entfernt."),
        allowed_if(
            now - comment.at <= EDITABLE,
            "Ein Kommentar lässt sich nur in den ersten fünfzehn Minuten ändern. Antworten Sie bitte mit einem neuen.",
        ),
    )


def may_remove_comment(actor: Actor, comment: Said) -> Verdict:
    """The author and the coordination."""
    return all_of(
        allowed_if(comment.removed_at is None, "Dieser Kommentar wurde entfernt."),
        allowed_if(
            comment.person_id == actor.person_id or actor.has_role("coordination"),
            "Einen Kommentar entfernt, wer ihn geschrieben hat, oder die Koordination.",
        ),
    )


def may_resolve_comment(actor: Actor, comment: Said) -> Verdict:
    """Whoever began the conversation, and the coordination."""
    return allowed_if(
        comment.person_id == actor.person_id or actor.has_role("coordination"),
        "Ein Gespräch schließt ab, wer es begonnen hat, oder die Koordination.",
    )


def may_open_comment(actor: Actor, found: Any) -> Verdict:
    """A comment is loaded for readers of its thing only; what they may do with it, the action asks."""
    del actor, found
    return ALLOWED


def may_read_versions(actor: Actor, found: Any) -> Verdict:
    """Readers of the thing whom its feature lets read old texts; for the others the page does not exist."""
    return shown_if(bool(found.versioned.may_read(actor)))


def may_restore_version(actor: Actor, found: Any) -> Verdict:
    """Whom the feature lets put a version back."""
    verdict: Verdict = found.versioned.may_restore(actor)
    return all_of(may_read_versions(actor, found), verdict)
