"""Who may see that mails wait or failed, and send one again. Pure."""

from app.core.permissions import Actor, Verdict, allowed_if


def may_see_outgoing_mail(actor: Actor) -> Verdict:
    """Administration and coordination: that a mail waits and why; what it says is between it and its receiver."""
    return allowed_if(actor.has_role("admin", "coordination"), "Die ausgehende Post sieht nur die Verwaltung.")
