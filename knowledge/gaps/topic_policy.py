"""Who may shape topics. Reading is in `policy.py`. Pure predicates."""

from typing import Protocol

from app.core.permissions import Actor, Verdict, allowed_if, hidden, refused
from knowledge.gaps.policy import Visible, sees
from knowledge.gaps.topic_rules import OPEN_STATES

_COORDINATION_ONLY = "Themen pflegt die Koordination."


class Shaped(Visible, Protocol):
    """A topic as the predicates see it."""

    @property
    def state(self) -> str:
        """One of `TopicState`."""
        ...

    @property
    def is_merged(self) -> bool:
        """Whether another topic took it in."""
        ...


def may_read_topics(actor: Actor) -> Verdict:
    """The list is open to every signed-in person; each row asks `may_read_topic`."""
    return allowed_if(actor.tenant_id > 0, "Bitte melden Sie sich an.")


def may_write_topics(actor: Actor) -> Verdict:
    """Create, bundle, submit: the coordination (domain.md 3.2)."""
    return allowed_if(actor.has_role("coordination"), _COORDINATION_ONLY)


def may_change_topic(actor: Actor, topic: Shaped) -> Verdict:
    """As `may_write_topics`, and only until a body has decided; whoever may not read it must not learn of it."""
    if not sees(actor, topic.visibility):
        return hidden()
    if not actor.has_role("coordination"):
        return refused(_COORDINATION_ONLY)
    if topic.is_merged:
        return refused("Dieses Thema ist in einem anderen aufgegangen.")
    return allowed_if(
        topic.state in OPEN_STATES,
        "Über dieses Thema hat ein Gremium entschieden; Titel, Steckbrief und Fehlstellen bleiben, wie sie vorlagen.",
    )
