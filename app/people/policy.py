"""Who may see which page about people. Pure."""

from app.core.permissions import ALLOWED, Actor, Verdict


def may_see_own_desk(actor: Actor) -> Verdict:
    """Everybody who is signed in has a desk: what waits for them."""
    del actor
    return ALLOWED


def may_sign_out(actor: Actor) -> Verdict:
    """Everybody may leave."""
    del actor
    return ALLOWED
