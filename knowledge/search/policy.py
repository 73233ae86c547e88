"""Who may search, and keep what. What each person finds follows from the audience of the documents. Pure."""

from typing import Protocol

from app.core.permissions import ALLOWED, Actor, Verdict, allowed_if, shown_if


class Kept(Protocol):
    """Something that a person keeps for themselves."""

    @property
    def person_id(self) -> int: ...


def may_search(actor: Actor) -> Verdict:
    """Everybody who is signed in; each finds what they may read."""
    del actor
    return ALLOWED


def may_use_saved(actor: Actor, saved: Kept) -> Verdict:
    """A saved search is its owner's; for everybody else it does not exist."""
    return shown_if(saved.person_id == actor.person_id)


def may_edit_synonyms(actor: Actor) -> Verdict:
    """The county's list of synonyms is the coordination's."""
    return allowed_if(actor.has_role("coordination"), "Das ist Aufgabe der Koordination.")
