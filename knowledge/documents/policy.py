"""Who may read documents, and who takes them in. Pure predicates."""

from app.core.permissions import Actor, Verdict, allowed_if, shown_if
from knowledge.gaps.policy import Visible, sees


def may_read_documents(actor: Actor) -> Verdict:
    """The list is open to every signed-in person; each row asks `may_read_document`."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_read_document(actor: Actor, document: Visible) -> Verdict:
    """By the document's level of visibility, like a gap."""
    return shown_if(sees(actor, document.visibility))


def may_import(actor: Actor) -> Verdict:
    """The coordination keeps the knowledge base."""
    return allowed_if(actor.has_role("coordination"), "Altbestände übernimmt die Koordination.")
