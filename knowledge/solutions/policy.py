"""Who may read and write solutions, failed ones included. Pure predicates."""

from app.core.permissions import Actor, Verdict, allowed_if, shown_if
from knowledge.gaps.policy import Visible, sees


def may_read_solutions(actor: Actor) -> Verdict:
    """The list is open to every signed-in person; each row asks `may_read_solution`."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_read_solution(actor: Actor, solution: Visible) -> Verdict:
    """By the solution's level of visibility, like a gap."""
    return shown_if(sees(actor, solution.visibility))


def may_edit_solution(actor: Actor) -> Verdict:
    """The coordination keeps the knowledge base; others propose through it."""
    return allowed_if(actor.has_role("coordination"), "Lösungen pflegt die Koordination.")


def may_change_solution(actor: Actor, solution: Visible) -> Verdict:
    """As `may_edit_solution`; whoever may not even read it must not learn that it exists."""
    return may_edit_solution(actor) if sees(actor, solution.visibility) else shown_if(False)
