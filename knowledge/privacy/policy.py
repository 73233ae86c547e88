"""Who may have a text looked over. A pure predicate; what is looked over is the person's own typing, kept nowhere."""

from app.core.permissions import ALLOWED, Actor, Verdict


def may_check_text(actor: Actor) -> Verdict:
    """Whoever is signed in: everybody writes somewhere, a comment at least."""
    del actor
    return ALLOWED
