"""Who may look at the pictures. Pure."""

from app.core.permissions import Actor, Verdict, allowed_if


def may_look_at_pictures(actor: Actor) -> Verdict:
    """Whoever may read the catalogue: the pictures count the same gaps, those that the reader may read."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")
