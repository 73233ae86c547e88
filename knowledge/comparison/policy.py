"""Who may compare cases. Pure; which cases are in it is decided case by case in `knowledge/cases/policy.py`."""

from app.core.permissions import Actor, Verdict, allowed_if, shown_if


def may_compare(actor: Actor) -> Verdict:
    """Everyone who can have a case to read; an administrator has none (DP-14)."""
    return shown_if(not actor.has_role("admin"))


def may_filter_by_municipality(actor: Actor) -> Verdict:
    """Where a case happened, even only in what kind of place, is the coordination's alone."""
    return allowed_if(
        actor.has_role("coordination") and not actor.has_role("admin"), "Die Kommune sieht nur die Koordination."
    )
